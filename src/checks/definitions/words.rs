//! The log of a definition in words, as JSON: what stands deep in a document has its path there, and its bounds in the
//! rows of its shape. The templates are those of every other issue.

use super::fit::{Note, kind_of};
use super::shapes::Rule;
use super::{Kind, MAX_KEYS, Read};
use crate::checks::log::{Entry, Log};
use crate::checks::render::{Units, between};
use crate::issue::packed::{CAPITAL_FIELD, FACT, FIELD, SILENT_FACT, SUGGESTING, fact_name};
use crate::issue::{Code, FactKind, Severity};
use crate::json::text::utf8_len;
use crate::json::write::{Writer, push_byte, push_bytes, push_escaped, push_number};
use crate::json::{Expected, Kind as Json, Span, double};
use crate::order::sort;
use crate::registry::Image;
use crate::room::push;
use crate::suggest::Search;

/// The most characters of somebody's text in a message, and in a fact.
const MAX_SHOWN: usize = 64;
const MAX_TEXT: usize = 255;
/// How many bytes of issues an answer has at most: so many, and so many times those of its document; and the last issue.
const MAX_ANSWER: usize = 4 << 20;
const MAX_TIMES: usize = 16;
/// An answer has at most this many suggestions.
const MAX_SUGGESTIONS: u32 = 16;

struct Words<'w, 'a> {
    writer: &'w mut Writer,
    facts: Writer,
    read: &'w Read<'a>,
    title: &'static str,
    document: &'a [u8],
    image: Option<Image<'w>>,
    units: Units,
    /// A place in the document, and how many units stand before it.
    counted: (u32, u32),
    limit: u32,
    /// Behind so many bytes no other issue begins.
    room: usize,
    suggestions: u32,
}

/// Writes everything in the log of a definition: `"issues":[…],"warnings":[…]`.
pub(crate) fn write(
    read: &Read,
    kind: Option<Kind>,
    document: &[u8],
    image: Option<Image>,
    units: Units,
    log: &Log,
    writer: &mut Writer,
) {
    let title = match kind {
        Some(Kind::ContactPolicy) => "the contact policy",
        Some(Kind::BehavioralMetric) => "the behavioral metric",
        Some(Kind::Experiment) => "the experiment",
        Some(Kind::SummaryDefinition) => "the summary definition",
        None => "the definitions",
    };
    let facts = Writer::default();
    let (limit, counted) = (log.limit, (0, 0));
    let room = writer.text.len() + MAX_ANSWER + MAX_TIMES * document.len();
    let mut words = Words { writer, facts, read, title, document, image, units, counted, limit, room, suggestions: 0 };
    for (name, severity) in [(b"issues".as_slice(), Severity::Error), (b"warnings", Severity::Warning)] {
        words.writer.name(name);
        words.writer.open(b'[');
        words.list(log, severity);
        words.writer.close(b']');
    }
}

impl Words<'_, '_> {
    fn list(&mut self, log: &Log, severity: Severity) {
        let mut order = Vec::new();
        for (index, entry) in log.entries.iter().enumerate() {
            if entry.severity == severity {
                push(&mut order, u64::from(entry.span.at) << 32 | index as u64);
            }
        }
        sort(&mut order);
        let total = if severity == Severity::Error { log.errors() } else { log.warnings() };
        let shown = order.iter().take(self.limit as usize);
        let mut left_out = total;
        for packed in shown {
            // Long names stand in the path of each: what there is no room for is counted.
            if self.writer.text.len() > self.room {
                break;
            }
            let index = *packed as u32 as usize;
            if let Some(entry) = log.entries.get(index) {
                let notes = &self.read.notes;
                let note = notes.binary_search_by_key(&index, |note| note.entry).ok();
                let note = note.and_then(|place| notes.get(place)).copied();
                self.issue(entry, note);
                left_out -= 1;
            }
        }
        if left_out > 0 {
            let span = Span { at: 0, len: left_out };
            let entry = Entry { code: Code::TooManyIssues, severity, field: 0, detail: 0, group: 0, span };
            self.issue(&entry, None);
        }
    }

    fn issue(&mut self, entry: &Entry, note: Option<Note>) {
        let code = entry.code;
        self.writer.open(b'{');
        self.writer.string_member(b"code", code.text().as_bytes());
        self.writer.string_member(b"severity", entry.severity.word().as_bytes());
        self.writer.string_member(b"basis", code.basis().word().as_bytes());
        self.writer.name(b"path");
        self.writer.open(b'[');
        let member = note.and_then(|note| note.member);
        if let Some(note) = note {
            self.read.tree.path(note.place, self.writer);
            if let (true, Some(member)) = (note.missing, member) {
                self.writer.string(member.name.as_bytes());
            }
        }
        self.writer.close(b']');
        self.writer.name(b"message");
        push_byte(&mut self.writer.text, b'"');
        self.facts.text.clear();
        let mut suggesting = 0;
        for byte in code.packed() {
            let mark = self.writer.text.len();
            match *byte {
                SUGGESTING => suggesting = mark,
                FIELD | CAPITAL_FIELD => {
                    let capital = *byte == CAPITAL_FIELD;
                    match member {
                        Some(member) => {
                            self.push(if capital { b"Field " } else { b"" });
                            self.shown(member.name.as_bytes());
                        }
                        None => self.push(self.title.as_bytes()),
                    }
                    if let (true, Some(first)) = (capital, self.writer.text.get_mut(mark)) {
                        first.make_ascii_uppercase();
                    }
                }
                FACT.. => {
                    let facts = self.facts.text.len();
                    if !self.fact(entry, note, byte & 31) {
                        self.facts.text.truncate(facts);
                        if suggesting > 0 {
                            self.writer.text.truncate(suggesting);
                            break;
                        }
                    }
                    if *byte >= SILENT_FACT {
                        self.writer.text.truncate(mark);
                    }
                }
                byte => push_byte(&mut self.writer.text, byte),
            }
        }
        push_byte(&mut self.writer.text, b'"');
        if code != Code::TooManyIssues {
            self.offset(entry.span.at);
        }
        if !self.facts.text.is_empty() {
            self.writer.comma();
            push_bytes(&mut self.writer.text, &self.facts.text);
        }
        self.writer.close(b'}');
    }

    fn offset(&mut self, at: u32) {
        if let Some(count) = self.units.before(at, self.document, &mut self.counted) {
            self.writer.number_member(b"offset", u64::from(count));
        }
    }

    /// Says a fact, by the number of its kind; whether there is one.
    fn fact(&mut self, entry: &Entry, note: Option<Note>, kind: u8) -> bool {
        let fact = FactKind::ALL.get(usize::from(kind)).copied();
        self.facts.name(fact_name(kind));
        let mut text = Vec::new();
        match note {
            Some(Note { key, .. }) if !key.is_empty() => push_bytes(&mut text, key),
            Some(note) => self.read.tree.push_text(note.place, &mut text),
            None => {}
        }
        match fact {
            Some(FactKind::Expected) => self.expected(entry, note),
            Some(FactKind::Received | FactKind::Found) => self.received(entry, note, &text),
            Some(FactKind::Limit | FactKind::Count) => {
                let most = note.and_then(|note| note.member).and_then(|member| match member.rule {
                    Rule::Text(most, _) if entry.code == Code::TooLong => Some(most),
                    _ => None,
                });
                let number = u64::from(most.unwrap_or(entry.span.len));
                self.facts.number(number);
                push_number(&mut self.writer.text, number);
            }
            Some(FactKind::Suggestion) => return self.suggestion(entry, note, &text),
            Some(FactKind::Status) => {
                let found = self.image.and_then(|image| image.find(&text)?.facts.status());
                let Some(status) = found else { return false };
                self.say(status.word().as_bytes(), false);
            }
            _ => self.say(&text, true),
        }
        true
    }

    /// What should have been there: `a, b or c`.
    fn expected(&mut self, entry: &Entry, note: Option<Note>) {
        let mut made = Vec::new();
        let mut words: &[&str] = &[];
        let value = note.and_then(|note| self.read.tree.node(note.place));
        let is_element = value.is_some_and(|value| value.name.len == 0);
        match (entry.code, note.and_then(|note| note.member).map(|member| member.rule)) {
            (Code::InvalidJson, _) => {
                let expected = Expected::ALL.get(usize::from(entry.detail)).map_or("", |expected| expected.phrase());
                push_bytes(&mut made, expected.as_bytes());
            }
            (Code::InvalidType, rule) => {
                // Of a list whose elements are at fault, what they should be.
                let kind = match rule {
                    Some(Rule::Choices(..) | Rule::Keys) if is_element => Json::String,
                    Some(Rule::Objects(_)) if is_element => Json::Object,
                    Some(rule) => kind_of(rule).unwrap_or(Json::Object),
                    None => Json::Object,
                };
                return self.kind(kind);
            }
            (_, Some(Rule::Choice(known) | Rule::Advice(known))) => words = known,
            (Code::InvalidValue, Some(Rule::Choices(known, ..))) => words = known,
            (_, Some(Rule::Choices(_, most, _))) => {
                push_bytes(&mut made, b"at most ");
                push_number(&mut made, u64::from(most));
                push_bytes(&mut made, b" elements");
            }
            (_, Some(Rule::Whole(least, most))) => {
                push_bytes(&mut made, b"a whole number ");
                push_bytes(&mut made, if most < 1 << 53 { b"from " } else { b"of at least " });
                push_number(&mut made, least);
                if most < 1 << 53 {
                    push_bytes(&mut made, b" to ");
                    push_number(&mut made, most);
                }
            }
            (_, Some(Rule::Share)) => push_bytes(&mut made, b"a number from 0 to 100"),
            (Code::OutOfRange, Some(Rule::Key | Rule::Keys | Rule::Conditions)) => {
                push_bytes(&mut made, b"at most ");
                push_number(&mut made, MAX_KEYS as u64);
                push_bytes(&mut made, b" keys, with less than 1 MiB of names around them,");
            }
            _ => push_bytes(&mut made, b"shares that sum to 100"),
        }
        self.facts.open(b'[');
        if words.is_empty() {
            self.say(&made, false);
        }
        let mut left = words.len();
        for word in words {
            self.say(word.as_bytes(), true);
            left -= 1;
            self.push(between(left));
        }
        self.facts.close(b']');
    }

    fn kind(&mut self, kind: Json) {
        self.facts.open(b'[');
        self.kind_word(kind);
        self.facts.close(b']');
    }

    /// A kind of value, in the message with its article.
    fn kind_word(&mut self, kind: Json) {
        let word = match kind {
            Json::String => "string",
            Json::Number => "number",
            Json::Boolean => "boolean",
            Json::Object => "object",
            Json::Array => "array",
            Json::Null => "null",
        };
        self.push(match kind {
            Json::Object | Json::Array => b"an ",
            Json::Null => b"",
            _ => b"a ",
        });
        self.say(word.as_bytes(), false);
    }

    /// What is there: its kind, or its text where the rule is about the text.
    fn received(&mut self, entry: &Entry, note: Option<Note>, text: &[u8]) {
        let node = note.and_then(|note| self.read.tree.node(note.place));
        let rest = self.document.get(entry.span.at as usize..).unwrap_or_default();
        match (entry.code, node) {
            (Code::InvalidJson, _) => match rest.first() {
                None => self.say(b"the end of the text", false),
                Some(0..b' ' | 0x7f) => self.say(b"a control character", false),
                Some(0xc2) if matches!(rest.get(1), Some(0x80..0xa0)) => self.say(b"a control character", false),
                Some(_) => self.say(rest.get(..utf8_len(rest, 0).max(1)).unwrap_or_default(), true),
            },
            (Code::InvalidType, Some(node)) => self.kind_word(node.kind),
            _ if note.is_some_and(|note| note.sum.is_some()) => {
                let mut sum = Vec::new();
                double::push(&mut sum, note.and_then(|note| note.sum).unwrap_or(0.0));
                self.say(&sum, false);
            }
            (Code::OutOfRange, Some(node)) if node.kind == Json::Array => {
                let mut count = Vec::new();
                let children = note.map_or(0, |note| self.read.tree.children(note.place).count());
                push_number(&mut count, children as u64);
                self.say(&count, false);
            }
            _ => self.say(text, true),
        }
    }

    /// Says the nearest right thing, where there is one.
    fn suggestion(&mut self, entry: &Entry, note: Option<Note>, text: &[u8]) -> bool {
        self.suggestions += 1;
        if self.suggestions > MAX_SUGGESTIONS {
            return false;
        }
        let words = match note.and_then(|note| note.member).map(|member| member.rule) {
            Some(Rule::Choice(words) | Rule::Advice(words) | Rule::Choices(words, ..)) => words,
            _ => &[],
        };
        let mut lower = Vec::new();
        push_bytes(&mut lower, text);
        lower.make_ascii_lowercase();
        let found = match (entry.code, self.image) {
            (Code::InvalidValue, _) => {
                let mut search = Search::new(&lower);
                for word in words {
                    search.offer(word.as_bytes());
                }
                search.best
            }
            (_, Some(image)) => image.nearest(text),
            _ => &[],
        };
        if found.is_empty() {
            return false;
        }
        self.say(found, true);
        true
    }

    fn push(&mut self, text: &[u8]) {
        push_bytes(&mut self.writer.text, text);
    }

    /// Somebody's text in the message.
    fn shown(&mut self, text: &[u8]) {
        self.push(b"`");
        push_escaped(&mut self.writer.text, text, MAX_SHOWN, true);
        self.push(b"`");
    }

    /// A text as a fact and in the message, there in backticks where it is somebody's.
    fn say(&mut self, text: &[u8], quoted: bool) {
        self.facts.comma();
        push_byte(&mut self.facts.text, b'"');
        push_escaped(&mut self.facts.text, text, MAX_TEXT, false);
        push_byte(&mut self.facts.text, b'"');
        if quoted {
            self.shown(text);
        } else {
            push_escaped(&mut self.writer.text, text, usize::MAX, false);
        }
    }
}
