//! The typed facts of an issue: which ones a code has says its row, what they are is said here.

use super::log::{ARGUMENT, WHOLE};
use super::render::{About, Renderer};
use super::respond;
use super::table::Rule;
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
pub(super) fn of(renderer: &mut Renderer, about: &About) -> Vec<(&'static str, Fact)> {
    let mut facts = Vec::new();
    for kind in about.entry.code.row().facts {
        if let Some(fact) = fact(renderer, about, *kind) {
            facts.push((kind.name(), fact));
        }
    }
    facts
}

fn fact(renderer: &mut Renderer, about: &About, kind: FactKind) -> Option<Fact> {
    let entry = about.entry;
    let mut text = about.text;
    match kind {
        FactKind::Expected => return Some(expected(renderer, about)),
        FactKind::Received | FactKind::Found => return Some(received(renderer, about)),
        FactKind::Limit | FactKind::First => {
            let limit = if entry.code == Code::TooLong { MAX_KEY as u32 } else { entry.span.len };
            return Some(Fact::Number(limit));
        }
        FactKind::Suggestion => return suggestion(renderer, about).map(Fact::Text),
        FactKind::Position => return key::faults(text).character.map(|(position, _)| Fact::Number(position)),
        FactKind::Character => {
            let faults = key::faults(text);
            let character = faults.character.map(|(_, found)| found);
            let found = if entry.code == Code::InvalidStart { faults.start } else { character };
            return Some(Fact::Text(String::from(found?)));
        }
        FactKind::Status => {
            let found = renderer.registry()?.find(text.as_bytes())?;
            return Some(Fact::Phrase(found.facts.status()?.word()));
        }
        FactKind::Key if entry.code == Code::SystemTypeConflict => text = about.key,
        FactKind::Key => {}
        FactKind::Current | FactKind::Other => text = about.table.name_of(entry.detail),
        // What stands in for a value that is missing or of no use.
        FactKind::Default | FactKind::Repair => {
            text = match about.row_name {
                "classification" => "neutral",
                "category" => "response",
                "name" => about.key,
                _ => return None,
            }
        }
        // Counted by the renderer, or known to JavaScript alone.
        FactKind::Count | FactKind::HttpStatus | FactKind::ServerCode | FactKind::ServerMessage => return None,
    }
    Some(cut(text))
}

/// What should have been there.
fn expected(renderer: &Renderer, about: &About) -> Fact {
    let (entry, rule) = (about.entry, about.row.rule);
    Fact::Phrases(match entry.code {
        Code::InvalidJson => Expected::at(entry.detail).unwrap_or(Expected::Value).phrase(),
        Code::InvalidType => {
            let whole = if entry.field == ARGUMENT { Kind::String } else { Kind::Object };
            return Fact::Kinds(rule.kind().unwrap_or(whole).words());
        }
        Code::NotARegistry => LIST,
        Code::MissingTarget | Code::LegacyTarget => TARGETS,
        Code::Immutable => return Fact::Word(renderer.argument()),
        Code::SystemTypeConflict => return Fact::Word(String::from(kept(about))),
        _ => match rule {
            Rule::Choice(words) | Rule::OpenChoice(words) => return Fact::Words(words.list()),
            Rule::Timestamp => TIMESTAMP,
            Rule::Whole(least) if entry.detail != BEYOND_DOUBLE => {
                if least == 0 {
                    WHOLE_FROM_0
                } else {
                    WHOLE_FROM_1
                }
            }
            _ => DOUBLE,
        },
    })
}

/// What is there: its kind, or its text where the rule is about the text.
fn received(renderer: &Renderer, about: &About) -> Fact {
    let entry = about.entry;
    let rest = renderer.source(entry).get(entry.span.at as usize..).unwrap_or_default();
    match entry.code {
        Code::InvalidJson => character_of(rest),
        Code::InvalidType | Code::NotARegistry => {
            let missing = entry.field == WHOLE && entry.span.len == 0;
            let kind = if missing { None } else { rest.first().and_then(|byte| Kind::of(*byte)) };
            Fact::Kind(kind.map_or("nothing", Kind::word))
        }
        // The value of a member that no rule is about is nobody's business.
        Code::OutOfRange if matches!(about.row.rule, Rule::ReadOnly) => Fact::Kind(Kind::Number.word()),
        _ => cut(about.text),
    }
}

/// The nearest right thing.
fn suggestion(renderer: &mut Renderer, about: &About) -> Option<String> {
    let text = about.text;
    let code = about.entry.code;
    let mut known = Vec::new();
    match (code, about.row.rule) {
        (Code::InvalidCharacter | Code::InvalidStart, _) => {
            let key = to_key(text);
            return if key.is_empty() { None } else { Some(key) };
        }
        (Code::DuplicateKey, _) => return Some(renderer.registry()?.propose_key(text)),
        (_, Rule::Choice(words) | Rule::OpenChoice(words)) => known.extend_from_slice(words.list()),
        (Code::InvalidValue, _) => return None,
        _ if text.len() > suggest::MAX_WORD || !renderer.may_suggest() => return None,
        (Code::UnknownField, _) => {
            let current = respond::current_name(text);
            for place in 0..about.table.fields.len() as u8 {
                let name = about.table.name_of(place);
                if current == Some(name) {
                    return Some(String::from(name));
                }
                known.push(name);
            }
        }
        _ => return renderer.registry()?.suggest(text).map(String::from),
    }
    let lower = text.to_ascii_lowercase();
    suggest::nearest(if code == Code::UnknownField { text } else { &lower }, known).map(String::from)
}

/// What a system type keeps, whatever a list says of it.
fn kept(about: &About) -> &'static str {
    let system = DEFAULTS.iter().find(|system| system.key == about.key);
    match (about.row_name, system) {
        ("classification", Some(system)) => system.classification.word(),
        ("category", Some(system)) => system.category.word(),
        ("isSystem", _) => "true",
        ("status", _) => "active",
        _ => "null",
    }
}

/// The character in front, which JSON's grammar does not allow there.
fn character_of(rest: &[u8]) -> Fact {
    let four = String::from_utf8_lossy(rest.get(..4).unwrap_or(rest));
    match four.chars().next() {
        None => Fact::Phrase("the end of the text"),
        Some('\0'..' ' | '\u{7f}'..'\u{a0}') => Fact::Phrase("a control character"),
        Some(found) => Fact::Text(String::from(found)),
    }
}

fn cut(text: &str) -> Fact {
    let mut short = String::new();
    for (place, found) in text.chars().enumerate() {
        if place == MAX_TEXT {
            break;
        }
        short.push(found);
    }
    Fact::Text(short)
}
