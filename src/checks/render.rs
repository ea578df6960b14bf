//! `Renderer`: a log in words, as JSON. It formats what a check found and decides nothing.

use super::facts;
use super::log::{ARGUMENT, Entry, Log, NO_ELEMENT, UNKNOWN, WHOLE};
use super::table::{Field, Object};
use crate::issue::packed::{CAPITAL_FIELD, FACT, FIELD, SILENT_FACT, SUGGESTING, TEXTS};
use crate::issue::{Basis, Code, Severity};
use crate::json::write::{Writer, push_byte, push_bytes, push_escaped};
use crate::json::{self, Cursor, Span, text};
use crate::order::sort;
use crate::registry::Image;
use crate::room::push;

/// The most characters of somebody's text in a message.
const MAX_SHOWN: usize = 64;
/// More bytes than what is shown of a key can have: 255 characters of two escapes each.
const MAX_SUBJECT: usize = 3072;
/// Suggestions are the one thing here that costs: an answer has at most this many.
const MAX_SUGGESTIONS: u32 = 16;

/// What offsets count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Units {
    /// Bytes were handed in.
    #[default]
    Bytes,
    /// Text was: UTF-16 units.
    Utf16,
    /// An object was: it has no offsets.
    None,
}

impl Units {
    /// How many of them stand before a place; `counted` is the last place that was asked for, and how many stood there.
    #[inline(always)]
    pub(super) fn before(self, at: u32, document: &[u8], counted: &mut (u32, u32)) -> Option<u32> {
        match self {
            Units::None => None,
            Units::Bytes => Some(at),
            Units::Utf16 => {
                let (place, units) = *counted;
                let between = text::units(Span { at: place.min(at), len: place.abs_diff(at) }.of(document));
                let count = if place > at { units - between } else { units + between };
                *counted = (at, count);
                Some(count)
            }
        }
    }
}

/// What stands behind a word of `a, b or c`, by how many are left.
#[inline(always)]
pub(super) const fn between(left: usize) -> &'static [u8] {
    match left {
        0 => b"",
        1 => b" or ",
        _ => b", ",
    }
}

/// What a log is about, and what putting it into words needs.
pub struct Page<'a> {
    /// The document that was checked.
    pub document: &'a [u8],
    /// The key handed in beside it (a JSON value), where there is one.
    pub argument: &'a [u8],
    /// The table of the document.
    pub table: &'static Object,
    /// The table of its elements, where it is a list.
    pub elements: Option<&'static Object>,
    /// The member that has the elements; empty where the document itself is the list.
    pub list: &'static str,
    /// Whether the document is a single value: then no path names its field.
    pub single: bool,
    /// The registry that was asked.
    pub registry: Option<Image<'a>>,
    /// What offsets count.
    pub units: Units,
    /// What stands before the document in what was handed in.
    pub offset: u64,
}

/// Writes pages of one answer, which share its budget of suggestions.
pub struct Renderer<'a> {
    /// The answer so far.
    pub writer: Writer,
    page: Page<'a>,
    limit: u32,
    suggestions: u32,
    /// A place of the document and the UTF-16 units before it, so that counting goes on from there, either way.
    counted: (u32, u32),
    /// The members of the issue under way that are its facts.
    pub(super) facts: Writer,
}

/// What one issue is about.
pub(super) struct About<'i> {
    pub(super) entry: &'i Entry,
    /// The table of the object that the entry is in.
    pub(super) table: &'static Object,
    /// The entry's row of it; an empty one where it has none.
    pub(super) row: &'static Field,
    /// The text of the string that the entry stands on; other values as they are written. Of what
    /// is about a whole row its key.
    pub(super) text: &'i mut [u8],
}

impl<'a> Renderer<'a> {
    /// A renderer of a page, with the limit of its log.
    pub fn new(page: Page<'a>, log: &Log) -> Self {
        Self {
            writer: Writer::default(),
            page,
            limit: log.limit,
            suggestions: 0,
            counted: (0, 0),
            facts: Writer::default(),
        }
    }

    /// Goes on to another document of the same answer, with what stands before it.
    pub fn turn(&mut self, document: &'a [u8], offset: u64) {
        self.page.document = document;
        self.page.offset = offset;
        self.counted = (0, 0);
    }

    /// Everything in the log: `{"issues":[…],"warnings":[…]}`.
    pub fn all(&mut self, log: &Log) {
        self.writer.open(b'{');
        self.both(log, 0, log.groups.len(), false);
        self.writer.close(b'}');
    }

    /// The entries of a run of the log's groups, as one list of either severity; with `outer` of
    /// those only that belong to no element.
    pub fn both(&mut self, log: &Log, first: usize, end: usize, outer: bool) {
        self.writer.raw(b"\"issues\":[");
        self.list(log, first, end, outer, Severity::Error);
        self.writer.close(b']');
        self.writer.raw(b"\"warnings\":[");
        self.list(log, first, end, outer, Severity::Warning);
        self.writer.close(b']');
    }

    /// The entries of one severity.
    pub fn list(&mut self, log: &Log, first: usize, end: usize, outer: bool, severity: Severity) {
        let mut order = Vec::new();
        let mut left_out = 0;
        for place in first..end {
            let Some(group) = log.groups.get(place) else { break };
            if outer && group.element != NO_ELEMENT {
                continue;
            }
            left_out += if severity == Severity::Error { group.errors } else { group.warnings };
            let mut index = group.first;
            while let Some(entry) = log.entries.get(index as usize)
                && entry.group as usize == place
            {
                if entry.severity == severity {
                    push(&mut order, u64::from(entry.span.at) << 32 | u64::from(index));
                }
                index += 1;
            }
        }
        // Document order; what was found first at a place comes first.
        sort(&mut order);
        let mut room = self.limit;
        for packed in &order {
            if let Some(entry) = log.entries.get(*packed as u32 as usize)
                && room > 0
            {
                room -= 1;
                left_out -= 1;
                self.issue(log, entry);
            }
        }
        if left_out > 0 {
            let span = Span { at: 0, len: left_out };
            let code = Code::TooManyIssues;
            self.issue(log, &Entry { code, severity, field: WHOLE, detail: 0, group: u32::MAX, span });
        }
    }

    fn issue(&mut self, log: &Log, entry: &Entry) {
        let code = entry.code;
        self.writer.raw(b"{\"code\":\"");
        let mut texts_before = code as u32;
        for byte in &TEXTS {
            if *byte == b' ' {
                if texts_before == 0 {
                    break;
                }
                texts_before -= 1;
            } else if texts_before == 0 {
                push_byte(&mut self.writer.text, *byte);
            }
        }
        let is_error = entry.severity == Severity::Error;
        self.end_string(b"\"severity\":\"", if is_error { b"error" } else { b"warning" });
        let of_document = code.basis() == Basis::Document;
        self.end_string(b"\"basis\":\"", if of_document { b"document" } else { b"registry" });
        self.end_string(b"\"path\":[", b"");

        let mut table = self.page.table;
        let mut text = Vec::new();
        if let Some(group) = log.groups.get(entry.group as usize) {
            if matches!(code, Code::SystemTypeConflict | Code::RowRepaired) {
                let (document, at) = (self.page.document, group.subject.at);
                // Of the key as much as may be shown: every fault of its row says it again.
                let shown = document.get(..at as usize + MAX_SUBJECT).unwrap_or(document);
                json::push_text(shown, at, &mut text);
            }
            if let Some(inner) = self.page.elements
                && group.element != NO_ELEMENT
            {
                table = inner;
                if !self.page.list.is_empty() {
                    self.writer.string(self.page.list.as_bytes());
                }
                self.writer.number(u64::from(group.element));
            }
        }
        if text.is_empty() {
            push_value(self.source(entry), entry.span, &mut text);
        }
        let row = table.field(entry.field);
        // A member that no table names has its name in the document.
        let row_name = table.name_of(entry.field);
        let is_unknown = entry.field == UNKNOWN;
        let named = !self.page.single && (is_unknown || !row_name.is_empty());
        if code == Code::IncompleteList {
            self.path_to(entry.span.at);
        } else if named {
            self.writer.string(if is_unknown { &text } else { row_name });
        }
        self.writer.close(b']');
        self.writer.raw(b"\"message\":\"");
        self.facts.text.clear();
        let mut about = About { entry, table, row, text: &mut text };
        let mut suggesting = 0;
        for byte in code.packed() {
            let mark = self.writer.text.len();
            match *byte {
                SUGGESTING => suggesting = mark,
                FIELD | CAPITAL_FIELD if named => {
                    if *byte == CAPITAL_FIELD {
                        self.push(b"Field ");
                    }
                    self.push_shown(if is_unknown { about.text } else { row_name });
                }
                FIELD | CAPITAL_FIELD => {
                    self.push(if entry.field == ARGUMENT { b"the key" } else { table.title.as_bytes() });
                    if *byte == CAPITAL_FIELD
                        && let Some(first) = self.writer.text.get_mut(mark)
                    {
                        first.make_ascii_uppercase();
                    }
                }
                FACT.. => {
                    let facts = self.facts.text.len();
                    if !facts::say(self, &mut about, byte & 31) {
                        self.facts.text.truncate(facts);
                        if suggesting > 0 {
                            self.writer.text.truncate(suggesting);
                            break;
                        }
                        self.push(b"absent");
                    }
                    if *byte >= SILENT_FACT {
                        self.writer.text.truncate(mark);
                    }
                }
                _ => push_byte(&mut self.writer.text, *byte),
            }
        }
        push_byte(&mut self.writer.text, b'"');
        if entry.field != ARGUMENT && code != Code::TooManyIssues {
            self.offset(entry.span.at);
        }
        if !self.facts.text.is_empty() {
            self.writer.comma();
            push_bytes(&mut self.writer.text, &self.facts.text);
        }
        self.writer.close(b'}');
    }

    /// The end of a string, and the beginning of what comes next.
    fn end_string(&mut self, next: &[u8], value: &[u8]) {
        push_byte(&mut self.writer.text, b'"');
        self.writer.raw(next);
        self.push(value);
    }

    pub(super) fn push(&mut self, text: &[u8]) {
        push_bytes(&mut self.writer.text, text);
    }

    /// Somebody's text in the message.
    pub(super) fn push_shown(&mut self, text: &[u8]) {
        self.push(b"`");
        push_escaped(&mut self.writer.text, text, MAX_SHOWN, true);
        self.push(b"`");
    }

    fn offset(&mut self, at: u32) {
        if let Some(count) = self.page.units.before(at, self.page.document, &mut self.counted) {
            self.writer.number_member(b"offset", self.page.offset + u64::from(count));
        }
    }

    /// The path of the member whose name stands at a place, objects and lists around it included;
    /// the document was read before.
    fn path_to(&mut self, at: u32) {
        /// Tells the place of a name from the index of an element.
        const NAME: u64 = 1 << 32;
        let mut cursor = Cursor::new(self.page.document);
        // The step under way, and those of the levels around it; the first stands for the document.
        let mut step = 0_u64;
        let mut steps = Vec::new();
        let mut begin = 0;
        while begin < at {
            let byte = cursor.past_space();
            begin = cursor.at();
            match byte {
                b'{' | b'[' => {
                    push(&mut steps, step);
                    step = 0;
                }
                b'}' | b']' => step = steps.pop().unwrap_or(0),
                b',' => step += 1,
                // A byte-order mark.
                0x80.. => {}
                _ => {
                    cursor.skip(0);
                    if cursor.take(b':') {
                        step = NAME | u64::from(begin);
                    }
                    continue;
                }
            }
            cursor.step();
        }
        push(&mut steps, step);
        for step in steps.get(1..).unwrap_or_default() {
            if *step < NAME {
                self.writer.number(*step);
                continue;
            }
            let text = &mut self.facts.text;
            text.clear();
            json::push_text(self.page.document, *step as u32, text);
            self.writer.string(text);
        }
    }

    /// What the entry is about: the document, or the key beside it.
    pub(super) fn source(&self, entry: &Entry) -> &'a [u8] {
        if entry.field == ARGUMENT { self.page.argument } else { self.page.document }
    }

    /// The key handed in beside the document.
    pub(super) fn argument(&self) -> &'a [u8] {
        self.page.argument
    }

    /// The registry that was asked.
    pub(super) fn registry(&self) -> Option<Image<'a>> {
        self.page.registry
    }

    /// Whether the answer may have one more suggestion.
    pub(super) fn may_suggest(&mut self) -> bool {
        self.suggestions += 1;
        self.suggestions <= MAX_SUGGESTIONS
    }
}

/// Appends the text of the string at a place; other values as they are written.
pub(crate) fn push_value(source: &[u8], span: Span, text: &mut Vec<u8>) {
    let mut cursor = Cursor::new(source);
    cursor.skip_bytes(span.at as usize);
    if cursor.peek() == b'"' {
        cursor.string();
        if !cursor.failed() {
            return json::push_text(source, span.at, text);
        }
    }
    push_bytes(text, span.of(source));
}
