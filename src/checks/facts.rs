//! The typed facts of an issue, one arm a code.

use std::borrow::Cow;

use super::log::{ARGUMENT, Entry, WHOLE};
use super::render::Renderer;
use super::respond;
use super::table::{Field, Object, Rule};
use super::walk::BEYOND_DOUBLE;
use crate::defaults::DEFAULTS;
use crate::issue::{Code, Fact};
use crate::json::{Expected, Kind};
use crate::key::{self, MAX_KEY, to_key};
use crate::suggest;

/// The most characters of somebody's text in a fact.
const MAX_TEXT: usize = 255;

const DOUBLE: &[&str] = &["a number that a double can hold"];
const TARGETS: &[&str] = &["`recommendationId` with `rank`", "`creativeId`"];
const TIMESTAMP: &[&str] = &["a timestamp such as `2026-03-16T14:35:00Z`"];
const WHOLE_FROM: [&[&str]; 2] = [&["a whole number of at least 0"], &["a whole number of at least 1"]];

type Facts = Vec<(&'static str, Fact)>;

/// The facts of an entry.
pub(super) fn of(renderer: &mut Renderer, entry: &Entry, table: &'static Object, row: Option<&Field>) -> Facts {
    let key = || cut(&renderer.text(entry));
    match entry.code {
        Code::InvalidJson => Vec::from([
            ("expected", Fact::Phrases(Expected::at(entry.detail).unwrap_or(Expected::Value).phrase())),
            ("received", character(renderer.source(entry), entry.span.at)),
        ]),
        Code::TooLarge | Code::TooDeep | Code::TooManyTypes | Code::TooManyItems | Code::EmptyBatch => {
            Vec::from([("limit", Fact::Number(entry.span.len))])
        }
        Code::TooLong => Vec::from([("limit", Fact::Number(MAX_KEY as u32))]),
        Code::InvalidType => {
            let whole = if entry.field == ARGUMENT { Kind::String } else { Kind::Object };
            let wanted = row.and_then(|row| row.rule.kind()).unwrap_or(whole);
            Vec::from([("expected", Fact::Kinds(Vec::from([wanted.word()]))), ("received", received(renderer, entry))])
        }
        Code::InvalidValue | Code::OutOfRange => value(renderer, entry, row),
        Code::InvalidCharacter | Code::InvalidStart => {
            let text = renderer.text(entry);
            let faults = key::faults(&text);
            let mut facts = Vec::new();
            let found = match faults.character.filter(|_| entry.code == Code::InvalidCharacter) {
                Some((position, found)) => {
                    facts.push(("position", Fact::Number(position)));
                    Some(found)
                }
                None => faults.start,
            };
            facts.push(("character", text_fact(found.map(String::from).unwrap_or_default())));
            let made = to_key(&text);
            if !made.is_empty() {
                facts.push(("suggestion", Fact::Text(made)));
            }
            facts
        }
        Code::NotARegistry => Vec::from([
            ("expected", Fact::Phrases(&["an array", "an object with an array `data`"])),
            ("received", received(renderer, entry)),
        ]),
        Code::UnknownOutcomeType | Code::UnconfirmedOutcomeType | Code::UnknownReference => {
            let word = renderer.text(entry);
            let mut facts = Vec::from([("key", cut(&word))]);
            if let Some(registry) = renderer.registry()
                && word.len() <= suggest::MAX_WORD
                && renderer.may_suggest()
            {
                facts.extend(registry.suggest(&word).map(|found| ("suggestion", text_fact(found.into()))));
            }
            facts
        }
        Code::DuplicateKey => {
            let mut facts = Vec::from([("key", key())]);
            let word = renderer.text(entry);
            if let Some(registry) = renderer.registry() {
                facts.push(("suggestion", text_fact(registry.propose_key(&word))));
            }
            facts
        }
        Code::InactiveOutcomeType | Code::InactiveReference => {
            let word = renderer.text(entry);
            let status = renderer.registry().and_then(|image| image.find(word.as_bytes())?.facts.status());
            Vec::from([("key", cut(&word)), ("status", Fact::Phrase(status.map_or("", |status| status.word())))])
        }
        Code::RetiredOutcomeType
        | Code::SystemType
        | Code::NotListed
        | Code::OddKey
        | Code::RepeatedKey
        | Code::RetiredKey
        | Code::HistoryKept
        | Code::StillReferenced
        | Code::RetiredReference => Vec::from([("key", key())]),
        Code::Immutable => {
            Vec::from([("expected", Fact::Words(Vec::from([renderer.argument().into_owned()]))), ("received", key())])
        }
        Code::MissingTarget | Code::LegacyTarget => Vec::from([("expected", Fact::Phrases(TARGETS))]),
        Code::ConflictingFields => Vec::from([("other", text_fact(table.name_of(entry.detail).into()))]),
        Code::UnknownField => {
            let name = renderer.text(entry);
            let known = table.fields.iter().map(|row| row.name).filter(|name| !name.is_empty());
            let current = || respond::current_name(&name).filter(|current| table.find(current.as_bytes()).is_some());
            let nearest =
                renderer.may_suggest().then(|| current().or_else(|| suggest::nearest(&name, known))).flatten();
            nearest.map(|name| ("suggestion", text_fact(name.into()))).into_iter().collect()
        }
        Code::Defaulted => default_of(row, None).into_iter().collect(),
        Code::DeprecatedField => Vec::from([("suggestion", text_fact(table.name_of(entry.detail).into()))]),
        Code::TimestampForm => Vec::from([("expected", Fact::Phrases(TIMESTAMP)), ("received", key())]),
        Code::FutureTimestamp => Vec::from([("received", key())]),
        Code::RepeatedIdempotencyKey => Vec::from([("first", Fact::Number(entry.span.len))]),
        Code::RowRepaired => default_of(row, Some(renderer.row_key())).into_iter().collect(),
        Code::SystemTypeConflict => conflict(renderer, row),
        _ => Vec::new(),
    }
}

/// What a value should have been, and what it is.
fn value(renderer: &mut Renderer, entry: &Entry, row: Option<&Field>) -> Facts {
    let rule = row.map_or(Rule::Number, |row| row.rule);
    let text = renderer.text(entry);
    let mut facts = Facts::new();
    let mut nearest = None;
    facts.push((
        "expected",
        match rule {
            Rule::Choice(words) | Rule::OpenChoice(words) => {
                nearest = suggest::nearest(&text.to_lowercase(), words.iter().copied());
                Fact::Words(words.iter().map(|word| word.to_string()).collect())
            }
            Rule::Timestamp => Fact::Phrases(TIMESTAMP),
            Rule::Whole(0) if entry.detail != BEYOND_DOUBLE => Fact::Phrases(WHOLE_FROM[0]),
            Rule::Whole(_) if entry.detail != BEYOND_DOUBLE => Fact::Phrases(WHOLE_FROM[1]),
            _ => Fact::Phrases(DOUBLE),
        },
    ));
    // The value of a member that no table names is nobody's business.
    let shown = match row {
        Some(_) if !matches!(rule, Rule::ReadOnly) => cut(&text),
        _ => Fact::Kind(Kind::Number.word()),
    };
    facts.push(("received", shown));
    facts.extend(nearest.map(|word| ("suggestion", text_fact(word.into()))));
    facts
}

/// What stands in for a value that is missing or of no use.
fn default_of(row: Option<&Field>, key: Option<Cow<str>>) -> Option<(&'static str, Fact)> {
    let default = match (row?.name, key) {
        ("classification", _) => text_fact("neutral".into()),
        ("category", _) => text_fact("response".into()),
        ("name", Some(key)) => cut(&key),
        _ => return None,
    };
    Some(("default", default))
}

/// What a system type keeps, whatever a list says of it.
fn conflict(renderer: &Renderer, row: Option<&Field>) -> Facts {
    let key = renderer.row_key();
    let keeps = DEFAULTS.iter().find(|system| system.key == key);
    let kept = match (row.map_or("", |row| row.name), keeps) {
        ("classification", Some(system)) => system.classification.word(),
        ("category", Some(system)) => system.category.word(),
        ("isSystem", _) => "true",
        ("status", _) => "active",
        _ => "null",
    };
    Vec::from([("key", cut(&key)), ("expected", Fact::Words(Vec::from([kept.to_string()])))])
}

/// The kind of what stands at an entry.
fn received(renderer: &Renderer, entry: &Entry) -> Fact {
    let first = renderer.source(entry).get(entry.span.at as usize).copied().unwrap_or(0);
    let missing = entry.field == WHOLE && entry.span.len == 0;
    Fact::Kind(Kind::of(first).filter(|_| !missing).map_or("nothing", Kind::word))
}

/// The character that JSON's grammar does not allow.
fn character(source: &[u8], at: u32) -> Fact {
    let rest = source.get(at as usize..).unwrap_or_default();
    let four = String::from_utf8_lossy(rest.get(..4).unwrap_or(rest));
    match four.chars().next() {
        None => Fact::Phrase("the end of the text"),
        Some(found) if found.is_control() => Fact::Phrase("a control character"),
        Some(found) => text_fact(String::from(found)),
    }
}

fn text_fact(text: String) -> Fact {
    Fact::Text(text)
}

fn cut(text: &str) -> Fact {
    Fact::Text(text.chars().take(MAX_TEXT).collect())
}
