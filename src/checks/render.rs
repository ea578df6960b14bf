//! `Page`: a log in words. It formats what a check found and decides nothing.

use std::borrow::Cow;

use super::facts;
use super::log::{ARGUMENT, Entry, Group, Log, NO_ELEMENT, UNKNOWN, WHOLE};
use super::table::Object;
use crate::issue::{Code, Fact, Issue, Severity, Step};
use crate::json::write::push_number;
use crate::json::{Cursor, Span};
use crate::order::order_by;
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
    /// The key of the row that is being rendered.
    subject: Span,
    /// A place of the document and the UTF-16 units before it, so that counting goes on from there.
    counted: (usize, u32),
}

impl<'a> Renderer<'a> {
    /// A renderer of a page, with the limit of its log.
    pub fn new(page: Page<'a>, log: &Log) -> Self {
        Self { page, limit: log.limit as usize, suggestions: 0, subject: Span::default(), counted: (0, 0) }
    }

    /// Goes on to another page of the same answer.
    pub fn turn(&mut self, page: Page<'a>) {
        self.page = page;
        self.counted = (0, 0);
    }

    /// Everything in the log, as one list of either severity.
    pub fn all(&mut self, log: &Log) -> Issues {
        let places: Vec<usize> = (0..log.groups.len()).collect();
        self.groups(log, &places)
    }

    /// The entries of some groups of the log, as one list of either severity.
    pub fn groups(&mut self, log: &Log, places: &[usize]) -> Issues {
        let mut found: Vec<(&Group, Entry)> = Vec::new();
        let mut counts = [0; 2];
        for &place in places {
            let Some(group) = log.groups.get(place) else { continue };
            counts = [counts[0] + group.errors, counts[1] + group.warnings];
            found.extend(log.entries_of(place).iter().map(|entry| (group, *entry)));
        }
        // Document order; what was found first at a place comes first.
        let ordered = order_by(&found, |(_, entry)| u64::from(entry.span.at));
        let mut list = |severity, count| {
            let in_order = ordered.iter().filter_map(|place| found.get(*place));
            let of_it = in_order.filter(|(_, entry)| entry.severity == severity);
            let mut issues: Vec<Issue> =
                of_it.take(self.limit).map(|(group, entry)| self.issue(group, entry)).collect();
            let left_out = count - issues.len() as u32;
            if left_out > 0 {
                let facts = Vec::from([("count", Fact::Number(left_out))]);
                issues.push(self.finish(Code::TooManyIssues, severity, Vec::new(), None, facts, None));
            }
            issues
        };
        Issues { issues: list(Severity::Error, counts[0]), warnings: list(Severity::Warning, counts[1]) }
    }

    fn issue(&mut self, group: &Group, entry: &Entry) -> Issue {
        let element = group.element;
        self.subject = group.subject;
        let (table, mut path) = match (self.page.elements, element) {
            (Some((members, table)), index) if index != NO_ELEMENT => {
                let mut path: Vec<Step> = members.iter().map(|name| Step::Name(name.to_string())).collect();
                path.push(Step::Index(index));
                (table, path)
            }
            _ => (self.page.table, Vec::new()),
        };
        let row = table.field(entry.field);
        let name = match entry.field {
            WHOLE | ARGUMENT => None,
            UNKNOWN => Some(self.text(entry)),
            _ => row.map(|row| Cow::Borrowed(row.name)),
        };
        if entry.code == Code::IncompleteList {
            path = path_to(self.page.document, entry.span.at);
        } else if let (Some(name), false) = (&name, self.page.single) {
            path.push(Step::Name(name.to_string()));
        }
        let facts = facts::of(self, entry, table, row);
        let offset = (entry.field != ARGUMENT).then(|| self.offset(entry.span.at)).flatten();
        let called = match (&name, row) {
            (Some(name), _) if !self.page.single => Called::Field(name),
            _ => Called::Thing(if entry.field == ARGUMENT { "the key" } else { table.title }),
        };
        self.finish(entry.code, entry.severity, path, offset, facts, Some(called))
    }

    fn finish(
        &self,
        code: Code,
        severity: Severity,
        path: Vec<Step>,
        offset: Option<u64>,
        facts: Vec<(&'static str, Fact)>,
        called: Option<Called>,
    ) -> Issue {
        let message = message(code, &facts, called);
        Issue { code, severity, basis: code.row().basis, path, message, offset, facts }
    }

    fn offset(&mut self, at: u32) -> Option<u64> {
        match self.page.units {
            Units::None => None,
            Units::Bytes => Some(self.page.offset + u64::from(at)),
            Units::Utf16 => {
                let (place, units) = self.counted;
                let (place, units) = if place <= at as usize { (place, units) } else { (0, 0) };
                let between = self.page.document.get(place..at as usize).unwrap_or_default();
                // A UTF-16 unit for each character, a second one for those of four bytes.
                let units = units
                    + between
                        .iter()
                        .map(|byte| u32::from(*byte & 0xc0 != 0x80) + u32::from(*byte >= 0xf0))
                        .sum::<u32>();
                self.counted = (at as usize, units);
                Some(self.page.offset + u64::from(units))
            }
        }
    }

    /// What the entry is about: the document, or the key beside it.
    pub(super) fn source(&self, entry: &Entry) -> &'a [u8] {
        if entry.field == ARGUMENT { self.page.argument } else { self.page.document }
    }

    /// The text of the string that an entry stands on; other values as they are written.
    pub(super) fn text(&self, entry: &Entry) -> Cow<'a, str> {
        text_at(self.source(entry), entry.span)
    }

    /// The key of the row that is being rendered.
    pub(super) fn row_key(&self) -> Cow<'a, str> {
        text_at(self.page.document, self.subject)
    }

    /// The key handed in beside the document.
    pub(super) fn argument(&self) -> Cow<'a, str> {
        let argument = self.page.argument;
        text_at(argument, Span { at: 0, len: argument.len() as u32 })
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

/// The path of the member whose name stands at a place, objects and lists around it included.
fn path_to(document: &[u8], at: u32) -> Vec<Step> {
    let mut path = Vec::new();
    let mut open = Cursor::new(document);
    let mut go_on = true;
    while std::mem::take(&mut go_on) {
        let (is_object, mut place) = (open.past_space() == b'{', 0);
        open.step();
        while !matches!(open.past_space(), b'}' | b']' | 0) {
            let name_at = open.at();
            let step = if is_object {
                let Ok(name) = open.string() else { return path };
                open.past_space();
                open.step();
                open.past_space();
                Step::Name(name.decode(document).into_owned())
            } else {
                Step::Index(place)
            };
            let inside = open;
            if open.skip(u32::MAX).is_err() {
                return path;
            }
            if at < open.at() {
                path.push(step);
                open = inside;
                go_on = at != name_at;
                break;
            }
            place += 1;
            if open.past_space() == b',' {
                open.step();
            }
        }
    }
    path
}

/// The text of the string at a place; other values as they are written.
pub(crate) fn text_at(source: &[u8], span: Span) -> Cow<'_, str> {
    let mut cursor = Cursor::new(source);
    cursor.skip_bytes(span.at as usize);
    if cursor.peek() == b'"'
        && let Ok(text) = cursor.string()
    {
        return text.decode(source);
    }
    String::from_utf8_lossy(span.of(source))
}

/// What a message calls its subject.
#[derive(Clone, Copy)]
enum Called<'n> {
    Field(&'n str),
    Thing(&'static str),
}

/// The code's template, filled in.
fn message(code: Code, facts: &[(&'static str, Fact)], called: Option<Called>) -> String {
    let row = code.row();
    let suggests = facts.iter().any(|(name, _)| *name == "suggestion");
    let template = if suggests && !row.suggesting.is_empty() { row.suggesting } else { row.message };
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (name, behind) = after.split_once('}').unwrap_or((after, ""));
        match (name, called) {
            ("Field", Some(Called::Field(name))) => {
                text.push_str("Field ");
                push_shown(&mut text, name);
            }
            ("field", Some(Called::Field(name))) => push_shown(&mut text, name),
            ("Field", Some(Called::Thing(title))) => {
                let (first, others) = title.split_at_checked(1).unwrap_or((title, ""));
                text.push_str(&first.to_ascii_uppercase());
                text.push_str(others);
            }
            ("field", Some(Called::Thing(title))) => text.push_str(title),
            _ => match facts.iter().find(|(known, _)| *known == name) {
                Some((_, fact)) => push_fact(&mut text, fact),
                None => text.push_str("absent"),
            },
        }
        rest = behind;
    }
    text.push_str(rest);
    text
}

fn push_fact(text: &mut String, fact: &Fact) {
    match fact {
        Fact::Text(shown) => push_shown(text, shown),
        Fact::Phrase(phrase) => text.push_str(phrase),
        Fact::Number(number) => push_number(text, u64::from(*number)),
        Fact::Kind(kind) => push_kind(text, kind),
        Fact::Word(word) => push_shown(text, word),
        Fact::Words(words) => push_choice(text, words, push_shown),
        Fact::Phrases(phrases) => push_choice(text, phrases, String::push_str),
        Fact::Kinds(kinds) => push_choice(text, kinds, push_kind),
    }
}

/// `a, b or c`
fn push_choice(text: &mut String, items: &[&str], push: fn(&mut String, &str)) {
    for (place, item) in items.iter().enumerate() {
        if place > 0 {
            text.push_str(if place + 1 == items.len() { " or " } else { ", " });
        }
        push(text, item);
    }
}

/// Somebody's text: in backticks, on one line, not longer than a form has room for.
fn push_shown(text: &mut String, shown: &str) {
    text.push('`');
    for (place, found) in shown.chars().enumerate() {
        if place == MAX_SHOWN - 1 && shown.chars().nth(MAX_SHOWN).is_some() {
            text.push('…');
            break;
        }
        text.push(match found {
            '`' => '\'',
            found if found.is_control() || matches!(found, '\u{2028}' | '\u{2029}') => ' ',
            found => found,
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
