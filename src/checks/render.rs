//! `Page`: a log in words. It formats what a check found and decides nothing.

use std::borrow::Cow;

use super::log::{ARGUMENT, Entry, Log, NO_ELEMENT, UNKNOWN};
use super::table::{Field, Object};
use super::{facts, next_name};
use crate::issue::{Code, Fact, Issue, Severity, Step};
use crate::json::text::plain;
use crate::json::write::push_number;
use crate::json::{Cursor, Span, push_text};
use crate::order::sort;
use crate::registry::Image;

/// The most characters of somebody's text in a message.
const MAX_SHOWN: usize = 64;

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

/// What a log is about, and what putting it into words needs.
pub struct Page<'a> {
    /// The document that was checked.
    pub document: &'a [u8],
    /// The key handed in beside it (a JSON value), where there is one.
    pub argument: &'a [u8],
    /// The table of the document.
    pub table: &'static Object,
    /// Where its elements stand and their table, where it is a list.
    pub elements: Option<(&'static [&'static str], &'static Object)>,
    /// Whether the document is a single value: then no path names its field.
    pub single: bool,
    /// The registry that was asked.
    pub registry: Option<Image<'a>>,
    /// What offsets count.
    pub units: Units,
    /// What stands before the document in what was handed in.
    pub offset: u64,
}

/// Errors and warnings in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Issues {
    /// The errors.
    pub issues: Vec<Issue>,
    /// The warnings.
    pub warnings: Vec<Issue>,
}

/// Suggestions are the one thing here that costs: an answer has at most this many.
const MAX_SUGGESTIONS: u32 = 16;

/// Renders pages of one answer, which share its budget of suggestions.
pub struct Renderer<'a> {
    page: Page<'a>,
    limit: usize,
    suggestions: u32,
    /// A place of the document and the UTF-16 units before it, so that counting goes on from there.
    counted: (u32, u32),
}

/// What one issue is about.
pub(super) struct About<'i> {
    pub(super) entry: &'i Entry,
    /// The table of the object that the entry is in.
    pub(super) table: &'static Object,
    /// The entry's row of it; an empty one where it has none.
    pub(super) row: &'static Field,
    /// Its name; empty where it has none.
    pub(super) row_name: &'static str,
    /// The text of the string that the entry stands on; other values as they are written.
    pub(super) text: &'i str,
    /// The key of the element.
    pub(super) key: &'i str,
}

impl<'a> Renderer<'a> {
    /// A renderer of a page, with the limit of its log.
    pub fn new(page: Page<'a>, log: &Log) -> Self {
        Self { page, limit: log.limit as usize, suggestions: 0, counted: (0, 0) }
    }

    /// Goes on to another document of the same answer, with what stands before it.
    pub fn turn(&mut self, document: &'a [u8], offset: u64) {
        self.page.document = document;
        self.page.offset = offset;
        self.counted = (0, 0);
    }

    /// Everything in the log, as one list of either severity.
    pub fn all(&mut self, log: &Log) -> Issues {
        self.groups(log, 0, log.groups.len(), false)
    }

    /// The entries of a run of the log's groups, as one list of either severity; with `outer` of
    /// those only that belong to no element.
    pub fn groups(&mut self, log: &Log, first: usize, end: usize, outer: bool) -> Issues {
        let mut order = Vec::new();
        let (mut errors, mut warnings) = (0, 0);
        for place in first..end {
            let Some(group) = log.groups.get(place) else { break };
            if outer && group.element != NO_ELEMENT {
                continue;
            }
            errors += group.errors;
            warnings += group.warnings;
            let mut index = group.first;
            while let Some(entry) = log.entries.get(index as usize)
                && entry.group as usize == place
            {
                order.push(u64::from(entry.span.at) << 32 | u64::from(index));
                index += 1;
            }
        }
        // Document order; what was found first at a place comes first.
        sort(&mut order);
        let issues = self.list(log, &order, Severity::Error, errors);
        Issues { issues, warnings: self.list(log, &order, Severity::Warning, warnings) }
    }

    fn list(&mut self, log: &Log, order: &[u64], severity: Severity, count: u32) -> Vec<Issue> {
        let mut issues = Vec::new();
        for packed in order {
            if let Some(entry) = log.entries.get(*packed as u32 as usize)
                && entry.severity == severity
                && issues.len() < self.limit
            {
                issues.push(self.issue(log, entry));
            }
        }
        let left_out = count - issues.len() as u32;
        if left_out > 0 {
            let facts = Vec::from([("count", Fact::Number(left_out))]);
            issues.push(issue(Code::TooManyIssues, severity, Vec::new(), None, facts, "", false));
        }
        issues
    }

    fn issue(&mut self, log: &Log, entry: &Entry) -> Issue {
        let mut path = Vec::new();
        let mut table = self.page.table;
        let mut key = String::new();
        if let Some(group) = log.groups.get(entry.group as usize) {
            key = string_at(self.page.document, group.subject);
            if let (Some((members, inner)), true) = (self.page.elements, group.element != NO_ELEMENT) {
                table = inner;
                for name in members {
                    path.push(Step::Name(String::from(*name)));
                }
                path.push(Step::Index(group.element));
            }
        }
        let about_argument = entry.field == ARGUMENT;
        let text = string_at(self.source(entry), entry.span);
        let row = table.field(entry.field);
        let unknown = entry.field == UNKNOWN;
        let row_name = table.name_of(entry.field);
        let mut name = if unknown { text.as_str() } else { row_name };
        let named = !self.page.single && (unknown || !name.is_empty());
        if entry.code == Code::IncompleteList {
            path = path_to(self.page.document, entry.span.at);
        } else if named {
            path.push(Step::Name(String::from(name)));
        }
        if !named {
            name = if about_argument { "the key" } else { table.title };
        }
        let offset = if about_argument { None } else { self.offset(entry.span.at) };
        let facts = facts::of(self, &About { entry, table, row, row_name, text: &text, key: &key });
        issue(entry.code, entry.severity, path, offset, facts, name, named)
    }

    fn offset(&mut self, at: u32) -> Option<u64> {
        let mut count = at;
        match self.page.units {
            Units::None => return None,
            Units::Bytes => {}
            Units::Utf16 => {
                let (mut place, mut units) = self.counted;
                if place > at {
                    (place, units) = (0, 0);
                }
                // A UTF-16 unit for each character, a second one for those of four bytes.
                for byte in (Span { at: place, len: at - place }).of(self.page.document) {
                    units += u32::from(*byte & 0xc0 != 0x80) + u32::from(*byte >= 0xf0);
                }
                self.counted = (at, units);
                count = units;
            }
        }
        Some(self.page.offset + u64::from(count))
    }

    /// What the entry is about: the document, or the key beside it.
    pub(super) fn source(&self, entry: &Entry) -> &'a [u8] {
        if entry.field == ARGUMENT { self.page.argument } else { self.page.document }
    }

    /// The key handed in beside the document.
    pub(super) fn argument(&self) -> String {
        let argument = self.page.argument;
        string_at(argument, Span { at: 0, len: argument.len() as u32 })
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

fn issue(
    code: Code,
    severity: Severity,
    path: Vec<Step>,
    offset: Option<u64>,
    facts: Vec<(&'static str, Fact)>,
    name: &str,
    named: bool,
) -> Issue {
    let message = message(code, &facts, name, named);
    Issue { code, severity, basis: code.row().basis, path, message, offset, facts }
}

/// The path of the member whose name stands at a place, objects and lists around it included.
fn path_to(document: &[u8], at: u32) -> Vec<Step> {
    let mut path = Vec::new();
    let mut cursor = Cursor::new(document);
    let mut is_object = cursor.past_space() == b'{';
    let mut place = 0;
    cursor.step();
    loop {
        let mut step = Step::Index(place);
        let mut name_at = u32::MAX;
        if is_object {
            name_at = next_name(&mut cursor);
            if name_at == 0 {
                return path;
            }
            let mut name = Vec::new();
            push_text(document, name_at, &mut name);
            step = Step::Name(String::from(plain(&name).unwrap_or_default()));
        } else if cursor.past_space() == b',' {
            cursor.step();
            cursor.past_space();
        }
        let inside = cursor;
        cursor.skip(u32::MAX);
        if cursor.failed() {
            return path;
        }
        place += 1;
        if at < cursor.at() {
            path.push(step);
            if at == name_at {
                return path;
            }
            cursor = inside;
            is_object = cursor.peek() == b'{';
            place = 0;
            cursor.step();
        }
    }
}

/// The text of the string at a place; other values as they are written.
pub(crate) fn text_at(source: &[u8], span: Span) -> Cow<'_, str> {
    let mut cursor = Cursor::new(source);
    cursor.skip_bytes(span.at as usize);
    if cursor.peek() == b'"' {
        cursor.string();
        if !cursor.failed() {
            let mut made = Vec::new();
            push_text(source, span.at, &mut made);
            return Cow::Owned(String::from(plain(&made).unwrap_or_default()));
        }
    }
    String::from_utf8_lossy(span.of(source))
}

fn string_at(source: &[u8], span: Span) -> String {
    text_at(source, span).into_owned()
}

/// The code's template, filled in. `named` tells a field's name from what a whole thing is called.
fn message(code: Code, facts: &[(&'static str, Fact)], subject: &str, named: bool) -> String {
    let row = code.row();
    let mut template = row.message;
    if !row.suggesting.is_empty() && fact(facts, "suggestion").is_some() {
        template = row.suggesting;
    }
    let mut text = String::new();
    let mut name = String::new();
    let mut in_name = false;
    for found in template.chars() {
        match found {
            '{' => in_name = true,
            '}' => {
                push_part(&mut text, &name, facts, subject, named);
                name.clear();
                in_name = false;
            }
            _ if in_name => name.push(found),
            _ => text.push(found),
        }
    }
    text
}

/// What a name in braces stands for: a fact, or what the issue is about.
fn push_part(text: &mut String, name: &str, facts: &[(&'static str, Fact)], subject: &str, named: bool) {
    let capital = name == "Field";
    if let Some(fact) = fact(facts, name) {
        push_fact(text, fact);
    } else if !capital && name != "field" {
        text.push_str("absent");
    } else if named {
        text.push_str(if capital { "Field " } else { "" });
        push_shown(text, subject);
    } else {
        for (place, found) in subject.chars().enumerate() {
            text.push(if capital && place == 0 { found.to_ascii_uppercase() } else { found });
        }
    }
}

fn fact<'f>(facts: &'f [(&'static str, Fact)], name: &str) -> Option<&'f Fact> {
    for (known, fact) in facts {
        if *known == name {
            return Some(fact);
        }
    }
    None
}

fn push_fact(text: &mut String, fact: &Fact) {
    match fact {
        Fact::Text(shown) | Fact::Word(shown) => push_shown(text, shown),
        Fact::Number(number) => push_number(text, u64::from(*number)),
        Fact::Phrase(phrase) => text.push_str(phrase),
        Fact::Kind(kind) => push_kind(text, kind),
        Fact::Words(items) => push_choice(text, items, push_shown),
        Fact::Phrases(items) => push_choice(text, items, String::push_str),
        Fact::Kinds(items) => push_choice(text, items, push_kind),
    }
}

/// `a, b or c`
fn push_choice(text: &mut String, items: &[&str], push: fn(&mut String, &str)) {
    let mut left = items.len();
    for item in items {
        push(text, item);
        left -= 1;
        text.push_str(match left {
            0 => "",
            1 => " or ",
            _ => ", ",
        });
    }
}

/// Somebody's text: in backticks, on one line, not longer than a form has room for.
fn push_shown(text: &mut String, shown: &str) {
    let mut left = MAX_SHOWN;
    let mut rest = shown.chars();
    text.push('`');
    while let Some(found) = rest.next() {
        left -= 1;
        if left == 0 && rest.next().is_some() {
            text.push('…');
            break;
        }
        text.push(match found {
            '`' => '\'',
            '\0'..' ' | '\u{7f}'..'\u{a0}' | '\u{2028}' | '\u{2029}' => ' ',
            _ => found,
        });
    }
    text.push('`');
}

/// A kind of value, with its article.
fn push_kind(text: &mut String, kind: &str) {
    text.push_str(match kind {
        "object" | "array" => "an ",
        "null" | "nothing" => "",
        _ => "a ",
    });
    text.push_str(kind);
}
