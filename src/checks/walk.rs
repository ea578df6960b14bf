//! `walk`: an object against its table of fields. Every rule that concerns one member stands here,
//! once; rules over several members look at the [`Walked`] object afterwards.

use super::log::{Log, UNKNOWN, WHOLE};
use super::table::{Field, NONE, Need, Object, Rule, letters};
use super::walked::ESCAPED;
pub use super::walked::{Value, Walked, bit};
use crate::issue::Code;
pub use crate::json::number::BEYOND_DOUBLE;
use crate::json::number::{FRACTION, NEGATIVE, ZERO};
use crate::json::plain::Amount;
use crate::json::text::{is_blank, units};
use crate::json::{self, Cursor, Expected, FaultKind, Kind, Number, Plain, Span};
use crate::key;
use crate::timestamp;

/// The most characters of a display name (A), in UTF-16 units.
pub const MAX_NAME: u32 = 255;
const _: () = assert!(MAX_NAME as usize == key::MAX_KEY, "`too_long` says one limit for both");

/// Reads the value under the cursor against a table; [`Walked::is_object`] says whether it is one.
/// Where a list is to be read it stops: `true`, and the cursor stands on the list's `[`. Its reader
/// then asks [`resume`] for the rest.
pub fn walk(cursor: &mut Cursor, room: u32, object: &'static Object, walked: &mut Walked, log: &mut Log) -> bool {
    (walked.named, walked.null, walked.usable) = (0, 0, 0);
    let first = cursor.past_space_here();
    walked.open = cursor.at();
    walked.is_object = first == b'{';
    if first != b'{' {
        cursor.skip(room);
        log.report(Code::InvalidType, WHOLE, cursor.since(walked.open));
        return false;
    }
    if room == 0 {
        cursor.fail_at(walked.open, FaultKind::Depth);
    }
    cursor.step();
    members(cursor, room, object, walked, Expected::NameOrClose, log)
}

/// Goes on behind the list that the walk stopped at, with what was `named` there and where the list
/// begins: whatever was walked in it since.
#[allow(clippy::too_many_arguments, reason = "what a walk stopped with is two numbers")]
pub fn resume(
    cursor: &mut Cursor,
    room: u32,
    object: &'static Object,
    walked: &mut Walked,
    field: u8,
    named: u32,
    at: u32,
    log: &mut Log,
) -> bool {
    let span = cursor.since(at);
    (walked.named, walked.null, walked.usable) = (named, 0, bit(field));
    walked.keep(field, Value { span, choice: 0 });
    members(cursor, room, object, walked, Expected::Name, log)
}

/// The members from the cursor on; `expected` tells the first from the others.
#[inline(never)]
fn members(
    cursor: &mut Cursor,
    room: u32,
    object: &'static Object,
    walked: &mut Walked,
    mut expected: Expected,
    log: &mut Log,
) -> bool {
    loop {
        let before = cursor.at();
        if plain(cursor, room.saturating_sub(1), expected == Expected::NameOrClose, object, walked) {
            break;
        }
        if cursor.at() > before {
            expected = Expected::Name;
        }
        if expected == Expected::NameOrClose || !cursor.take(b',') {
            if cursor.take(b'}') {
                break;
            }
            if expected == Expected::Name {
                cursor.fail(Expected::CommaOrBrace);
            }
        }
        if cursor.past_space() != b'"' {
            cursor.fail(expected);
            return false;
        }
        expected = Expected::Name;
        if member(cursor, room - 1, object, walked, log) {
            return true;
        }
    }
    walked.close.at = cursor.at() - 1;
    log.closing();
    let mut missing = object.required & !walked.named;
    while missing != 0 {
        walked.report(Code::Required, missing.trailing_zeros() as u8, log);
        missing &= missing - 1;
    }
    false
}

/// Past members as nearly all are, up to the first that is not: those have a row, were not there before, and keep their
/// rule in the plain way. In front of any other everything is as before. Whether the object ends there: then it is closed.
#[inline(always)]
fn plain(cursor: &mut Cursor, room: u32, mut is_first: bool, object: &'static Object, walked: &mut Walked) -> bool {
    let Some(mut plain) = Plain::of(cursor) else { return false };
    loop {
        let stop = texts(&mut plain, is_first, object, walked);
        let at = plain.at();
        if stop >= NONE {
            cursor.go(at);
            return stop == CLOSED;
        }
        // A member whose value nests.
        if !plain.value(room) {
            cursor.go(walked.read as usize);
            return false;
        }
        walked.named |= bit(stop);
        walked.usable |= bit(stop);
        walked.keep(stop, Value { span: Span { at: at as u32, len: (plain.at() - at) as u32 }, choice: 0 });
        is_first = false;
    }
}

/// The object is closed.
const CLOSED: u8 = 0xff;

/// The same without values that nest: the field of the one that it stops in front of, [`CLOSED`], or [`NONE`].
#[inline(never)]
fn texts(place: &mut Plain, mut is_first: bool, object: &'static Object, walked: &mut Walked) -> u8 {
    let mut plain = *place;
    let mut read = plain;
    let mut named = walked.named;
    let stop = loop {
        if is_first || !plain.next_name() {
            if !is_first {
                let byte = plain.past_member();
                if byte == b'}' {
                    read = plain;
                    break CLOSED;
                }
                if byte == 0 {
                    break NONE;
                }
            }
            if plain.past_space() != b'"' {
                break NONE;
            }
            is_first = false;
        }
        let Some((chunk, len)) = plain.name() else { break NONE };
        let Some(field) = object.find_chunk(chunk, len) else { break NONE };
        if named & bit(field) != 0 {
            break NONE;
        }
        let row = object.field(field);
        let at = plain.at();
        let mut choice = 0;
        let keeps = if plain.byte() == b'"' {
            let (chunk, eights) = (plain.behind(), plain.eights_behind());
            if !plain.string() {
                break NONE;
            }
            let len = (plain.at() - at) as u32;
            match row.rule {
                // Most texts: told apart without a jump by their rule.
                _ if row.least > 0 => len >= u32::from(row.least),
                Rule::Timestamp => timestamp::is_usual(eights, len - 2),
                Rule::Choice(words) => {
                    choice = words.find(chunk, len - 2);
                    usize::from(choice) < words.list().len()
                }
                _ => false,
            }
        } else {
            match row.rule {
                Rule::Object if plain.byte() == b'{' => {
                    walked.read = read.at() as u32;
                    read = plain;
                    break field;
                }
                Rule::Number | Rule::Whole(_) => match (plain.number(), row.rule) {
                    (Amount::NotPlain, _) | (Amount::Other, Rule::Whole(_)) => false,
                    (Amount::Zero, Rule::Whole(least)) => least == 0,
                    _ => true,
                },
                Rule::Flag => {
                    choice = u8::from(plain.byte() == b't');
                    plain.byte() != b'n' && plain.word()
                }
                _ => false,
            }
        };
        if !keeps {
            break NONE;
        }
        named |= bit(field);
        let span = Span { at: at as u32, len: (plain.at() - at) as u32 };
        walked.keep(field, Value { span, choice });
        read = plain;
    };
    walked.usable |= named & !walked.named;
    walked.named = named;
    *place = read;
    stop
}

/// One member: its name, its colon, its value; whether that is a list to be read.
fn member(cursor: &mut Cursor, room: u32, object: &'static Object, walked: &mut Walked, log: &mut Log) -> bool {
    let at = cursor.at();
    cursor.string();
    let lone_surrogate = cursor.lone_surrogate;
    let name = cursor.since(at);
    let mut field = NONE;
    if !cursor.escaped {
        field = object.find(Span { at: at + 1, len: name.len.saturating_sub(2) }.of(cursor.document()));
    } else if !lone_surrogate {
        field = object.find(json::text(cursor.document(), name, &mut walked.made));
    }
    let first = cursor.colon();
    if field == NONE {
        let mut bits = outside(cursor, first, room);
        if object.closed {
            log.report(Code::UnknownField, UNKNOWN, name);
            if lone_surrogate {
                bits = LONE_SURROGATE;
            }
            if let Some(code) = differs(bits) {
                log.report(code, UNKNOWN, name);
            }
        }
        return false;
    }
    if walked.named & bit(field) != 0 {
        cursor.skip(room);
        walked.usable &= !bit(field);
        log.report(Code::DuplicateField, field, name);
        return false;
    }
    walked.named |= bit(field);
    let row = object.field(field);
    if first == b'[' && matches!(row.rule, Rule::List) {
        walked.usable |= bit(field);
        walked.keep(field, Value { span: cursor.since(cursor.at()), choice: 0 });
        return true;
    }
    value(cursor, room, field, row, walked, log);
    false
}

/// Beside the bits of a number: half a surrogate pair in a text.
const LONE_SURROGATE: u8 = 16;

/// Past a value; what there is to say of a number or a text, as bits.
#[inline(never)]
fn outside(cursor: &mut Cursor, first: u8, room: u32) -> u8 {
    let at = cursor.at();
    match first {
        b'"' => {
            cursor.string();
            if cursor.lone_surrogate { LONE_SURROGATE } else { 0 }
        }
        b'-' | b'0'..=b'9' => {
            cursor.number();
            Number::new(cursor.since(at).of(cursor.document())).bits
        }
        _ => {
            cursor.skip(room);
            0
        }
    }
}

/// What parsers read differently, whatever the rule.
fn differs(bits: u8) -> Option<Code> {
    if bits & LONE_SURROGATE != 0 {
        Some(Code::LoneSurrogate)
    } else if bits & BEYOND_DOUBLE != 0 {
        Some(Code::OutOfRange)
    } else {
        None
    }
}

/// The value of a field against its rule.
#[inline(never)]
pub fn value(cursor: &mut Cursor, room: u32, field: u8, row: &Field, walked: &mut Walked, log: &mut Log) {
    let at = cursor.at();
    let first = cursor.peek();
    let bits = outside(cursor, first, room);
    let span = cursor.since(at);
    // What begins no value was a fault: nothing that is said here counts.
    let kind = Kind::of(first);
    let has_words = matches!(row.rule, Rule::Choice(_) | Rule::OpenChoice(_));
    let escaped = first == b'"' && cursor.escaped && !has_words;
    let mut found = Value { span, choice: u8::from(first == b't') };
    let mut fault = differs(bits);
    let wanted = row.rule.kind();
    if wanted.is_none() {
        log.report(Code::ReadOnly, field, span);
    } else if kind == Some(Kind::Null) {
        walked.null |= bit(field);
        fault = match row.need {
            Need::Required => Some(Code::Required),
            Need::Optional => Some(Code::NullField),
            Need::Late | Need::Quiet => None,
        };
    } else if kind != wanted {
        fault = Some(Code::InvalidType);
    } else if fault.is_some() {
        // Said once, whatever the rule.
    } else if first == b'"' {
        fault = text(cursor.document(), field, row.rule, &mut found, walked, log);
    } else if let Rule::Whole(least) = row.rule {
        if bits & FRACTION != 0 {
            fault = Some(Code::InvalidValue);
        } else if bits & NEGATIVE != 0 || (least > 0 && bits & ZERO != 0) {
            fault = Some(Code::OutOfRange);
        }
    }
    if escaped {
        found.choice = ESCAPED;
    }
    walked.keep(field, found);
    match fault {
        Some(code) => log.report_detail(code, field, bits & BEYOND_DOUBLE, span),
        None if wanted.is_some() => walked.usable |= bit(field) & !walked.null,
        None => {}
    }
}

/// A text against its rule; what is wrong with it beyond what is reported here.
fn text(document: &[u8], field: u8, rule: Rule, found: &mut Value, walked: &mut Walked, log: &mut Log) -> Option<Code> {
    if found.is_empty() && matches!(rule, Rule::OpenChoice(_)) {
        walked.null |= bit(field);
        return None;
    }
    if matches!(rule, Rule::Filled | Rule::Text) {
        let is_missing = found.is_empty() && matches!(rule, Rule::Filled);
        return if is_missing { Some(Code::Empty) } else { None };
    }
    let text = json::text(document, found.span, &mut walked.made);
    match rule {
        Rule::Choice(words) | Rule::OpenChoice(words) => {
            for word in words.list() {
                if *letters(word) == *text {
                    return None;
                }
                found.choice += 1;
            }
            Some(Code::InvalidValue)
        }
        Rule::Timestamp => {
            let Some(time) = timestamp::parse(text) else { return Some(Code::InvalidValue) };
            if !time.clean {
                log.report(Code::TimestampForm, field, found.span);
            }
            None
        }
        Rule::Name => {
            if is_blank(text) {
                Some(Code::Empty)
            } else if units(text) > MAX_NAME {
                Some(Code::TooLong)
            } else {
                None
            }
        }
        _ => {
            let faults = key::faults(text);
            if faults.empty {
                return Some(Code::Empty);
            }
            // The last one is the caller's to report, as for every other rule.
            let mut last = None;
            if faults.start {
                last = Some(Code::InvalidStart);
            }
            if faults.character {
                if let Some(before) = last {
                    log.report(before, field, found.span);
                }
                last = Some(Code::InvalidCharacter);
            }
            if faults.too_long {
                if let Some(before) = last {
                    log.report(before, field, found.span);
                }
                last = Some(Code::TooLong);
            }
            last
        }
    }
}
