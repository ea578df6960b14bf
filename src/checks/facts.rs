//! The typed facts of an issue: which ones a code has says its row, what they are is said here.

use super::log::{ARGUMENT, WHOLE};
use super::render::{About, Renderer, between, push_value};
use super::respond;
use super::table::{NONE, Name, Rule, Words, letters};
use super::walk::BEYOND_DOUBLE;
use crate::issue::packed::{Packer, fact_name, nth};
use crate::issue::{Code, FactKind};
use crate::json::text::utf8_len;
use crate::json::write::{push_byte, push_bytes, push_escaped, push_number};
use crate::json::{Expected, Kind, Span};
use crate::key::{self, MAX_KEY, push_key};
use crate::suggest::{self, Search};

/// The most characters of somebody's text in a fact.
const MAX_TEXT: usize = 255;

/// What may be expected, in words: first what JSON's grammar allows, by its number, then these.
const OURS: &[&str] = &[
    "a number that a double can hold",
    "an array",
    "an object with an array `data`",
    "`recommendationId` with `rank`",
    "`creativeId`",
    "a timestamp such as `2026-03-16T14:35:00Z`",
    "a whole number of at least 0",
    "a whole number of at least 1",
    "string",
    "number",
    "boolean",
    "object",
    "array",
    "null",
];
const DOUBLE: u32 = Expected::ALL.len() as u32;
const LIST: u32 = DOUBLE + 1;
const TARGETS: u32 = LIST + 2;
const TIMESTAMP: u32 = TARGETS + 2;
const WHOLE_FROM_0: u32 = TIMESTAMP + 1;
const WHOLE_FROM_1: u32 = WHOLE_FROM_0 + 1;
/// The kinds of value, by the place of their bit.
const KINDS: u32 = WHOLE_FROM_1 + 1;

const PACKER: Packer = {
    let mut packer = Packer::NEW;
    let mut rest = Expected::ALL;
    while let [expected, tail @ ..] = rest {
        packer.add(expected.phrase());
        rest = tail;
    }
    let mut rest = OURS;
    while let [phrase, tail @ ..] = rest {
        packer.add(phrase);
        rest = tail;
    }
    packer
};
static PHRASES: [u8; PACKER.len] = PACKER.bytes();

fn phrase(place: u32) -> &'static [u8] {
    nth(&PHRASES, place as usize)
}

fn kind_word(kind: Kind) -> u32 {
    KINDS + (kind as u32).trailing_zeros()
}

macro_rules! kinds {
    ($($name:ident $variant:ident)+) => { $( const $name: u8 = FactKind::$variant as u8; )+ };
}

#[rustfmt::skip]
kinds! {
    EXPECTED Expected  RECEIVED Received  FOUND Found  LIMIT Limit  FIRST First  COUNT Count  SUGGESTION Suggestion
    POSITION Position  CHARACTER Character  STATUS Status  KEY Key  CURRENT Current  OTHER Other  DEFAULT Default
    REPAIR Repair
}

/// Says a fact of an entry, by the number of its [`FactKind`], where there is something to say.
pub(super) fn say(renderer: &mut Renderer, about: &mut About, kind: u8) -> bool {
    let entry = about.entry;
    renderer.facts.name(fact_name(kind));
    let mut text = &*about.text;
    match kind {
        EXPECTED => {
            expected(renderer, about);
            return true;
        }
        RECEIVED | FOUND => {
            received(renderer, about);
            return true;
        }
        LIMIT | FIRST | COUNT => {
            renderer.say_number(if entry.code == Code::TooLong { MAX_KEY as u32 } else { entry.span.len });
            return true;
        }
        SUGGESTION => return suggestion(renderer, about),
        POSITION => {
            // What a key may have are characters of one byte: as many as UTF-16 units.
            renderer.say_number(allowed(text) as u32);
            return true;
        }
        CHARACTER => {
            let at = if entry.code == Code::InvalidStart { 0 } else { allowed(text) };
            text = first_character(text.get(at..).unwrap_or_default());
        }
        STATUS => {
            let status = renderer.registry().and_then(|image| image.find(text)?.facts.status());
            let Some(status) = status else { return false };
            renderer.say(status.word().as_bytes(), Style::Plain);
            return true;
        }
        KEY => {}
        CURRENT | OTHER => text = about.table.name_of(entry.detail),
        // What stands in for a value that is missing or of no use; for a name it is the key.
        DEFAULT | REPAIR => match about.row.rule {
            Rule::Choice(Words::Classification) | Rule::OpenChoice(Words::Classification) => text = b"neutral",
            Rule::Choice(Words::Category) | Rule::OpenChoice(Words::Category) => text = b"response",
            // Of what a list's row has, the name alone.
            Rule::Filled => {}
            _ => return false,
        },
        // Known to JavaScript alone.
        _ => return false,
    }
    renderer.say(text, Style::Shown);
    true
}

/// What should have been there: `a, b or c`.
fn expected(renderer: &mut Renderer, about: &About) {
    let (entry, rule) = (about.entry, about.row.rule);
    let mut style = Style::Plain;
    let mut place = u32::from(entry.detail);
    let mut words: &[Name] = &[];
    let mut left = 1;
    let mut argument = Vec::new();
    match entry.code {
        Code::InvalidJson => {}
        Code::InvalidType => {
            style = Style::Kind;
            let whole = if entry.field == ARGUMENT { Kind::String } else { Kind::Object };
            place = kind_word(rule.kind().unwrap_or(whole));
        }
        Code::NotARegistry => (place, left) = (LIST, 2),
        Code::MissingTarget | Code::LegacyTarget => (place, left) = (TARGETS, 2),
        Code::Immutable => {
            style = Style::Whole;
            push_value(renderer.argument(), Span::default(), &mut argument);
        }
        Code::SystemTypeConflict => {
            style = Style::Whole;
            push_bytes(&mut argument, kept(about));
        }
        _ => match rule {
            Rule::Choice(choice) | Rule::OpenChoice(choice) => {
                style = Style::Shown;
                words = choice.list();
                left = words.len();
            }
            Rule::Timestamp => place = TIMESTAMP,
            Rule::Whole(0) if entry.detail != BEYOND_DOUBLE => place = WHOLE_FROM_0,
            Rule::Whole(_) if entry.detail != BEYOND_DOUBLE => place = WHOLE_FROM_1,
            _ => place = DOUBLE,
        },
    }
    renderer.facts.open(b'[');
    while left > 0 {
        let text = match words.get(words.len().wrapping_sub(left)) {
            Some(word) => letters(word),
            None if style == Style::Whole => &argument,
            None => phrase(place),
        };
        renderer.say(text, style);
        place += 1;
        left -= 1;
        renderer.push(between(left));
    }
    renderer.facts.close(b']');
}

/// What is there: its kind, or its text where the rule is about the text.
fn received(renderer: &mut Renderer, about: &About) {
    let entry = about.entry;
    let rest = renderer.source(entry).get(entry.span.at as usize..).unwrap_or_default();
    let first = rest.first().copied().unwrap_or(0);
    let (text, style): (&[u8], Style) = match entry.code {
        // The character in front, which JSON's grammar does not allow there.
        Code::InvalidJson => match first {
            _ if rest.is_empty() => (b"the end of the text", Style::Plain),
            0..b' ' | 0x7f => (b"a control character", Style::Plain),
            0xc2 if matches!(rest.get(1), Some(0x80..0xa0)) => (b"a control character", Style::Plain),
            _ => (first_character(rest), Style::Shown),
        },
        Code::InvalidType | Code::NotARegistry => {
            let missing = entry.field == WHOLE && entry.span.len == 0;
            let kind = if missing { None } else { Kind::of(first) };
            let word = match kind {
                Some(kind) => phrase(kind_word(kind)),
                None => b"nothing",
            };
            (word, Style::Kind)
        }
        // The value of a member that no rule is about is nobody's business.
        Code::OutOfRange if matches!(about.row.rule, Rule::ReadOnly) => (b"number", Style::Kind),
        _ => (&*about.text, Style::Shown),
    };
    renderer.say(text, style);
}

/// Says the nearest right thing, where there is one.
fn suggestion(renderer: &mut Renderer, about: &mut About) -> bool {
    let text = &mut *about.text;
    let code = about.entry.code;
    let mut made = Vec::new();
    let found = match (code, about.row.rule) {
        (Code::InvalidCharacter | Code::InvalidStart, _) => {
            push_key(text, &mut made);
            &made
        }
        (Code::DuplicateKey, _) => {
            if let Some(image) = renderer.registry() {
                image.push_free_key(text, &mut made);
            }
            &made
        }
        (_, Rule::Choice(words) | Rule::OpenChoice(words)) => {
            // The last that is said of it.
            text.make_ascii_lowercase();
            let mut search = Search::new(text);
            for word in words.list() {
                search.offer(letters(word));
            }
            search.best
        }
        (Code::InvalidValue, _) => return false,
        _ if text.len() > suggest::MAX_WORD || !renderer.may_suggest() => return false,
        (Code::UnknownField, _) => {
            let mut search = Search::new(text);
            search.best = respond::current_name(text).as_bytes();
            if about.table.find(search.best) == NONE {
                search.best = b"";
                for place in 0..about.table.len {
                    search.offer(about.table.name_of(place));
                }
            }
            search.best
        }
        _ => match renderer.registry() {
            Some(image) => image.nearest(text),
            None => return false,
        },
    };
    if found.is_empty() {
        return false;
    }
    renderer.say(found, Style::Shown);
    true
}

/// What a system type keeps, whatever a list says of it.
fn kept(about: &About) -> &'static [u8] {
    match about.row.rule {
        Rule::Choice(words) => words.at(usize::from(about.entry.detail)),
        Rule::Flag => b"true",
        _ => b"null",
    }
}

/// How many characters of a key stand in front of what it may not have.
fn allowed(text: &[u8]) -> usize {
    let mut count = 0;
    while let Some(byte) = text.get(count)
        && key::is_allowed(*byte)
    {
        count += 1;
    }
    count
}

fn first_character(text: &[u8]) -> &[u8] {
    text.get(..utf8_len(text, 0).max(1)).unwrap_or_default()
}

/// How a text stands in a message.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// Somebody's: in backticks, on one line, not longer than a form has room for.
    Shown,
    /// The same, and whole as a fact.
    Whole,
    /// Ours: as it is.
    Plain,
    /// A kind of value: with its article.
    Kind,
}

impl Renderer<'_> {
    /// A number, as a fact and in the message.
    fn say_number(&mut self, number: u32) {
        self.facts.number(u64::from(number));
        push_number(&mut self.writer.text, u64::from(number));
    }

    /// A text, as a fact and in the message.
    fn say(&mut self, text: &[u8], style: Style) {
        self.facts.comma();
        push_byte(&mut self.facts.text, b'"');
        let most = if style == Style::Whole { usize::MAX } else { MAX_TEXT };
        push_escaped(&mut self.facts.text, text, most, false);
        push_byte(&mut self.facts.text, b'"');
        if matches!(style, Style::Shown | Style::Whole) {
            return self.push_shown(text);
        }
        if style == Style::Kind {
            self.push(match text {
                [b'a' | b'o', ..] => b"an ",
                // `null` and `nothing`, not `number`.
                [b'n', _, b'l' | b't', ..] => b"",
                _ => b"a ",
            });
        }
        push_escaped(&mut self.writer.text, text, usize::MAX, false);
    }
}
