//! `Fit`: a definition against the shape of its kind: the bounds that are broken, and where it names outcome types.

use super::shapes::{Member, Need, Rule};
use crate::checks::log::Log;
use crate::issue::{Code, Severity};
use crate::json::number::{BEYOND_DOUBLE, FRACTION, NEGATIVE, Number};
use crate::json::text::{is_blank, units};
use crate::json::tree::Tree;
use crate::json::{Kind, Span, double};
use crate::room::push;

/// The names by which conditions speak of the outcome.
const COMPARED: [&str; 4] = ["outcomeType", "outcome_key", "outcomeTypeKey", "outcome"];
/// The names that the field of a condition may have.
const FIELD_NAMES: [&str; 2] = ["field", "dimension"];

/// What an entry of the log is about, beside its place.
#[derive(Clone, Copy)]
pub(crate) struct Note<'a> {
    /// The entry.
    pub entry: usize,
    /// The value; the object around it where it is missing.
    pub place: u32,
    /// The row of its shape.
    pub member: Option<&'static Member>,
    /// Whether it is not there.
    pub missing: bool,
    /// The key that it is about, where that does not stand in the document.
    pub key: &'a [u8],
    /// What several values sum to, where it is about that.
    pub sum: Option<f64>,
}

/// What was found in a definition so far.
pub(crate) struct Fit<'f, 'a> {
    pub tree: &'f Tree<'a>,
    pub log: &'f mut Log,
    pub notes: Vec<Note<'a>>,
    /// The values that name an outcome type, each with its row.
    pub keys: Vec<(u32, &'static Member)>,
}

impl Note<'_> {
    /// About a whole value.
    pub const fn of(place: u32) -> Self {
        Self { entry: 0, place, member: None, missing: false, key: &[], sum: None }
    }
}

impl<'f, 'a> Fit<'f, 'a> {
    pub fn new(tree: &'f Tree<'a>, log: &'f mut Log) -> Self {
        Self { tree, log, notes: Vec::new(), keys: Vec::new() }
    }

    /// Reports what is wrong with a value.
    pub fn report(&mut self, code: Code, severity: Severity, place: u32, member: &'static Member) {
        self.note(code, severity, Note { member: Some(member), ..Note::of(place) });
    }

    /// Reports that a member is missing in an object.
    pub fn missing(&mut self, severity: Severity, place: u32, member: &'static Member) {
        self.note(Code::Required, severity, Note { member: Some(member), missing: true, ..Note::of(place) });
    }

    /// Reports something, with what it is about.
    pub fn note(&mut self, code: Code, severity: Severity, note: Note<'a>) {
        let mut span = self.tree.node(note.place).map_or(Span::default(), |node| node.span);
        if note.missing {
            span = Span { at: span.at + span.len.saturating_sub(1), len: 1 };
        }
        let entry = self.log.entries.len();
        match severity {
            Severity::Error => self.log.demand(code, 0, span),
            Severity::Warning => self.log.warn(code, 0, span),
        }
        if self.log.entries.len() > entry {
            push(&mut self.notes, Note { entry, ..note });
        }
    }

    /// An object against its rows. Objects in it have rows of their own: as many levels as the shapes have.
    pub fn object(&mut self, place: u32, members: &'static [Member]) {
        for member in members {
            let tree = self.tree;
            let mut values = tree.children(place).filter(|child| tree.is_named(*child, member.name));
            let value = values.next();
            if let Some(again) = values.next() {
                self.report(Code::DuplicateField, Severity::Error, again, member);
                continue;
            }
            match (value.filter(|value| !tree.is(*value, Kind::Null)), member.need) {
                (Some(value), _) => self.value(value, member),
                (None, Need::Required) => self.missing(Severity::Error, place, member),
                (None, Need::Wanted) => self.missing(Severity::Warning, place, member),
                (None, Need::Optional) => {}
            }
        }
    }

    /// A value against its rule.
    fn value(&mut self, place: u32, member: &'static Member) {
        let tree = self.tree;
        let Some(node) = tree.node(place) else { return };
        if kind_of(member.rule).is_some_and(|wanted| wanted != node.kind) {
            return self.report(Code::InvalidType, Severity::Error, place, member);
        }
        match member.rule {
            Rule::Text(most, filled) => {
                let mut text = Vec::new();
                tree.push_text(place, &mut text);
                if filled && is_blank(&text) {
                    self.report(Code::Empty, Severity::Error, place, member);
                } else if units(&text) > most {
                    self.report(Code::TooLong, Severity::Error, place, member);
                }
            }
            Rule::Choice(words) => self.word(place, words, Severity::Error, member),
            Rule::Advice(words) => self.word(place, words, Severity::Warning, member),
            Rule::Choices(words, most, advised) => {
                let severity = if advised { Severity::Warning } else { Severity::Error };
                if tree.children(place).count() > most as usize {
                    self.report(Code::OutOfRange, Severity::Error, place, member);
                }
                for child in tree.children(place) {
                    if tree.is(child, Kind::String) {
                        self.word(child, words, severity, member);
                    } else {
                        self.report(Code::InvalidType, Severity::Error, child, member);
                    }
                }
            }
            Rule::Whole(least, most) => self.number(place, least, most, member),
            Rule::Share => {
                let value = share(tree, place);
                if value.is_none_or(|value| !(0.0..=100.0).contains(&value)) {
                    self.report(Code::OutOfRange, Severity::Error, place, member);
                }
            }
            Rule::Key => self.key(place, member),
            Rule::Keys => {
                for child in tree.children(place) {
                    if tree.is(child, Kind::String) {
                        self.key(child, member);
                    } else {
                        self.report(Code::InvalidType, Severity::Error, child, member);
                    }
                }
            }
            Rule::Object(members) => self.object(place, members),
            Rule::Objects(members) => {
                for child in tree.children(place) {
                    if tree.is(child, Kind::Object) {
                        self.object(child, members);
                    } else {
                        self.report(Code::InvalidType, Severity::Error, child, member);
                    }
                }
            }
            Rule::Conditions => self.conditions(place, member),
            Rule::Flag => {}
        }
    }

    fn word(&mut self, place: u32, words: &[&str], severity: Severity, member: &'static Member) {
        if !words.iter().any(|word| self.tree.says(place, word)) {
            self.report(Code::InvalidValue, severity, place, member);
        }
    }

    fn number(&mut self, place: u32, least: u64, most: u64, member: &'static Member) {
        let Some(node) = self.tree.node(place) else { return };
        let number = Number::new(node.span.of(self.tree.document()));
        if number.bits & FRACTION != 0 && number.bits & BEYOND_DOUBLE == 0 {
            self.report(Code::InvalidValue, Severity::Error, place, member);
        } else if number.bits & NEGATIVE != 0 || number.whole().is_none_or(|value| value < least || value > most) {
            self.report(Code::OutOfRange, Severity::Error, place, member);
        }
    }

    fn key(&mut self, place: u32, member: &'static Member) {
        if self.tree.says(place, "") {
            return self.report(Code::Empty, Severity::Error, place, member);
        }
        push(&mut self.keys, (place, member));
    }

    /// The keys that the outcome is compared with: `{"field": "outcomeType", "value": …}` or `{"outcomeType": …}`, at
    /// whatever level.
    fn conditions(&mut self, place: u32, member: &'static Member) {
        let tree = self.tree;
        let mut seen = 0;
        for inner in std::iter::once(place).chain(tree.inside(place)) {
            let field = FIELD_NAMES.iter().find_map(|name| tree.member(inner, name));
            let speaks = field.is_some_and(|field| COMPARED.iter().any(|name| tree.says(field, name)));
            if let (true, Some(value)) = (speaks, tree.member(inner, "value")) {
                self.texts(value, &mut seen, member);
            } else if inner != place && COMPARED.iter().any(|name| tree.is_named(inner, name)) {
                self.texts(inner, &mut seen, member);
            }
        }
    }

    /// The texts of a value, itself or all in it, behind those that were seen: what is compared may compare in its turn.
    fn texts(&mut self, place: u32, seen: &mut u32, member: &'static Member) {
        let tree = self.tree;
        let end = tree.end(place);
        for place in place.max(*seen)..end {
            if tree.is(place, Kind::String) && !tree.says(place, "") {
                push(&mut self.keys, (place, member));
            }
        }
        *seen = end.max(*seen);
    }
}

/// The kind of value that a rule is about.
pub(crate) const fn kind_of(rule: Rule) -> Option<Kind> {
    match rule {
        Rule::Text(..) | Rule::Choice(_) | Rule::Advice(_) | Rule::Key => Some(Kind::String),
        Rule::Flag => Some(Kind::Boolean),
        Rule::Whole(..) | Rule::Share => Some(Kind::Number),
        Rule::Choices(..) | Rule::Keys | Rule::Objects(_) => Some(Kind::Array),
        Rule::Object(_) => Some(Kind::Object),
        Rule::Conditions => None,
    }
}

/// A number of a document as a double.
pub(crate) fn share(tree: &Tree, place: u32) -> Option<f64> {
    let node = tree.node(place).filter(|node| node.kind == Kind::Number)?;
    double::read(node.span.of(tree.document()))
}
