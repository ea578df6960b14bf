//! The typed facts of an issue: which ones a code has says its row, what they are is said here.

use super::log::{ARGUMENT, Entry, WHOLE};
use super::render::Renderer;
use super::respond;
use super::table::{Field, Object, Rule};
use super::walk::BEYOND_DOUBLE;
use crate::defaults::DEFAULTS;
use crate::issue::{Code, Fact, FactKind};
use crate::json::{Expected, Kind};
use crate::key::{self, MAX_KEY, to_key};
use crate::suggest;

/// The most characters of somebody's text in a fact.
const MAX_TEXT: usize = 255;

const DOUBLE: &[&str] = &["a number that a double can hold"];
const LIST: &[&str] = &["an array", "an object with an array `data`"];
const TARGETS: &[&str] = &["`recommendationId` with `rank`", "`creativeId`"];
const TIMESTAMP: &[&str] = &["a timestamp such as `2026-03-16T14:35:00Z`"];
const WHOLE_FROM_0: &[&str] = &["a whole number of at least 0"];
const WHOLE_FROM_1: &[&str] = &["a whole number of at least 1"];

/// The facts of an entry.
pub(super) fn of(
    renderer: &mut Renderer,
    entry: &Entry,
    table: &'static Object,
    row: Option<&'static Field>,
) -> Vec<(&'static str, Fact)> {
    let text = renderer.text(entry).into_owned();
    let mut facts = Vec::new();
    for kind in entry.code.row().facts {
        let fact = match kind {
            FactKind::Expected => Some(expected(renderer, entry, row)),
            FactKind::Received | FactKind::Found => Some(received(renderer, entry, row, &text)),
            FactKind::Limit if entry.code == Code::TooLong => Some(Fact::Number(MAX_KEY as u32)),
            FactKind::Limit | FactKind::First => Some(Fact::Number(entry.span.len)),
            FactKind::Key => Some(key(renderer, entry, &text)),
            FactKind::Suggestion => suggestion(renderer, entry, table, row, &text).map(Fact::Text),
            FactKind::Current | FactKind::Other => Some(Fact::Text(table.name_of(entry.detail).into())),
            FactKind::Position => key::faults(&text).character.map(|(position, _)| Fact::Number(position)),
            FactKind::Character => character_of(entry, &text).map(|found| Fact::Text(found.into())),
            FactKind::Default => default_of(row).map(|word| Fact::Text(word.into())),
            FactKind::Repair => match row.map(|row| row.name) {
                Some("name") => Some(cut(&renderer.row_key())),
                _ => default_of(row).map(|word| Fact::Text(word.into())),
            },
            FactKind::Status => {
                let status = renderer.registry().and_then(|image| image.find(text.as_bytes())?.facts.status());
                status.map(|status| Fact::Phrase(status.word()))
            }
            // Counted by the renderer, or known to JavaScript alone.
            FactKind::Count | FactKind::HttpStatus | FactKind::ServerCode | FactKind::ServerMessage => None,
        };
        facts.extend(fact.map(|fact| (kind.name(), fact)));
    }
    facts
}

/// What should have been there.
fn expected(renderer: &Renderer, entry: &Entry, row: Option<&'static Field>) -> Fact {
    match (entry.code, row.map(|row| row.rule)) {
        (Code::InvalidJson, _) => Fact::Phrases(Expected::at(entry.detail).unwrap_or(Expected::Value).phrase()),
        (Code::InvalidType, rule) => {
            let whole = if entry.field == ARGUMENT { Kind::String } else { Kind::Object };
            Fact::Kinds(rule.and_then(Rule::kind).unwrap_or(whole).words())
        }
        (Code::NotARegistry, _) => Fact::Phrases(LIST),
        (Code::MissingTarget | Code::LegacyTarget, _) => Fact::Phrases(TARGETS),
        (Code::Immutable, _) => Fact::Word(renderer.argument().into_owned()),
        (Code::SystemTypeConflict, _) => Fact::Word(kept(&renderer.row_key(), row).into()),
        (_, Some(Rule::Choice(words) | Rule::OpenChoice(words))) => Fact::Words(words),
        (_, Some(Rule::Timestamp)) => Fact::Phrases(TIMESTAMP),
        (_, Some(Rule::Whole(least))) if entry.detail != BEYOND_DOUBLE => {
            Fact::Phrases(if least == 0 { WHOLE_FROM_0 } else { WHOLE_FROM_1 })
        }
        _ => Fact::Phrases(DOUBLE),
    }
}

/// What is there: its kind, or its text where the rule is about the text.
fn received(renderer: &Renderer, entry: &Entry, row: Option<&'static Field>, text: &str) -> Fact {
    let source = renderer.source(entry);
    match (entry.code, row.map(|row| row.rule)) {
        (Code::InvalidJson, _) => character_at(source, entry.span.at),
        (Code::InvalidType | Code::NotARegistry, _) => kind_at(source, entry),
        // The value of a member that no rule is about is nobody's business.
        (Code::OutOfRange, None | Some(Rule::ReadOnly)) => Fact::Kind(Kind::Number.word()),
        _ => cut(text),
    }
}

/// The key that an issue is about.
fn key(renderer: &Renderer, entry: &Entry, text: &str) -> Fact {
    if entry.code == Code::SystemTypeConflict { cut(&renderer.row_key()) } else { cut(text) }
}

/// The nearest right thing.
fn suggestion(
    renderer: &mut Renderer,
    entry: &Entry,
    table: &'static Object,
    row: Option<&'static Field>,
    text: &str,
) -> Option<String> {
    match (entry.code, row.map(|row| row.rule)) {
        (Code::InvalidCharacter | Code::InvalidStart, _) => Some(to_key(text)).filter(|key| !key.is_empty()),
        (Code::DuplicateKey, _) => renderer.registry().map(|image| image.propose_key(text)),
        (_, Some(Rule::Choice(words) | Rule::OpenChoice(words))) => {
            suggest::nearest(&text.to_ascii_lowercase(), words.iter().copied()).map(String::from)
        }
        (Code::InvalidValue, _) => None,
        _ if text.len() > suggest::MAX_WORD || !renderer.may_suggest() => None,
        (Code::UnknownField, _) => {
            let current = respond::current_name(text).filter(|current| table.find(current.as_bytes()).is_some());
            let known = table.fields.iter().map(|row| row.name).filter(|name| !name.is_empty());
            current.or_else(|| suggest::nearest(text, known)).map(String::from)
        }
        _ => renderer.registry()?.suggest(text).map(String::from),
    }
}

fn character_of(entry: &Entry, text: &str) -> Option<char> {
    let faults = key::faults(text);
    if entry.code == Code::InvalidStart { faults.start } else { faults.character.map(|(_, found)| found) }
}

/// What stands in for a choice that is missing or of no use.
fn default_of(row: Option<&Field>) -> Option<&'static str> {
    match row?.name {
        "classification" => Some("neutral"),
        "category" => Some("response"),
        _ => None,
    }
}

/// What a system type keeps, whatever a list says of it.
fn kept(key: &str, row: Option<&Field>) -> &'static str {
    let system = DEFAULTS.iter().find(|system| system.key == key);
    match (row.map_or("", |row| row.name), system) {
        ("classification", Some(system)) => system.classification.word(),
        ("category", Some(system)) => system.category.word(),
        ("isSystem", _) => "true",
        ("status", _) => "active",
        _ => "null",
    }
}

/// The kind of what stands at an entry.
fn kind_at(source: &[u8], entry: &Entry) -> Fact {
    let first = source.get(entry.span.at as usize).copied().unwrap_or(0);
    let missing = entry.field == WHOLE && entry.span.len == 0;
    Fact::Kind(Kind::of(first).filter(|_| !missing).map_or("nothing", Kind::word))
}

/// The character that JSON's grammar does not allow.
fn character_at(source: &[u8], at: u32) -> Fact {
    let rest = source.get(at as usize..).unwrap_or_default();
    let four = String::from_utf8_lossy(rest.get(..4).unwrap_or(rest));
    match four.chars().next() {
        None => Fact::Phrase("the end of the text"),
        Some(found) if found.is_control() => Fact::Phrase("a control character"),
        Some(found) => Fact::Text(found.into()),
    }
}

fn cut(text: &str) -> Fact {
    Fact::Text(text.chars().take(MAX_TEXT).collect())
}
