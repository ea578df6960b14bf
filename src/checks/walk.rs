//! `walk`: an object against its table of fields. Every rule that concerns one member stands here,
//! once; rules over several members look at the [`Walked`] object afterwards.

use super::log::{Log, UNKNOWN, WHOLE};
use super::table::{Field, NONE, Need, Object, Rule};
pub use super::walked::{Value, Walked, bit};
use crate::issue::Code;
pub use crate::json::number::BEYOND_DOUBLE;
use crate::json::number::{FRACTION, NEGATIVE, ZERO};
use crate::json::simd::Chunk;
use crate::json::text::{is_blank, past_plain_here, units};
use crate::json::{self, Cursor, Expected, FaultKind, Kind, Number, Span};
use crate::key;
use crate::timestamp;

/// The most characters of a display name (A), in UTF-16 units.
pub const MAX_NAME: u32 = 255;
const _: () = assert!(MAX_NAME as usize == key::MAX_KEY, "`too_long` says one limit for both");

/// Reads the value under the cursor against a table; [`Walked::is_object`] says whether it is one.
/// Where a list is to be read it stops: `true`, and the cursor stands on the list's `[`. Its reader
/// then asks [`resume`] for the rest.
pub fn walk(cursor: &mut Cursor, room: u32, object: &'static Object, walked: &mut Walked, log: &mut Log) -> bool {
    (walked.named, walked.null, walked.usable, walked.time) = (0, 0, 0, None);
    let first = cursor.past_space();
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
        if usual(cursor, room.saturating_sub(1), expected == Expected::NameOrClose, object, walked, log) {
            expected = Expected::Name;
            continue;
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
    for field in 0..object.fields.len() as u8 {
        if walked.named & bit(field) == 0 && object.field(field).need == Need::Required {
            walked.report(Code::Required, field, log);
        }
    }
    false
}

/// Past members such as nearly all are: without white space, with a short plain name that has a row and was
/// not there before. Whether there was one; in front of any other everything is as before.
#[inline(always)]
fn usual(
    cursor: &mut Cursor,
    room: u32,
    is_first: bool,
    object: &'static Object,
    walked: &mut Walked,
    log: &mut Log,
) -> bool {
    let document = cursor.document();
    let byte = |at: usize| match document.get(at) {
        Some(byte) => u32::from(*byte),
        None => 0,
    };
    // What stands in front of the name: of the first the brace that was passed.
    let mut before = u32::from(if is_first { b'{' } else { b',' });
    let start = cursor.at() as usize - usize::from(is_first);
    let mut at = start;
    while byte(at) == before && byte(at + 1) == u32::from(b'"') {
        let chunk = Chunk::at(document, at + 2);
        let len = chunk.plain();
        let value_at = at + len + 4;
        if byte(at + len + 2) != u32::from(b'"') || byte(at + len + 3) != u32::from(b':') || byte(value_at) <= 0x20 {
            break;
        }
        let field = object.find_chunk(chunk, len as u32);
        if field == NONE || walked.named & bit(field) != 0 {
            break;
        }
        let row = object.field(field);
        if matches!(row.rule, Rule::List) {
            break;
        }
        before = u32::from(b',');
        walked.named |= bit(field);
        if matches!(row.rule, Rule::Filled | Rule::Text) {
            at = past_plain_here(document, value_at);
            if at > value_at + 2 {
                walked.usable |= bit(field);
                let span = Span { at: value_at as u32, len: (at - value_at) as u32 };
                walked.keep(field, Value { span, choice: 0 });
                continue;
            }
        }
        cursor.go(value_at);
        value(cursor, room, field, row, walked, log);
        at = cursor.at() as usize;
    }
    if at > start {
        cursor.go(at);
    }
    at > start
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
                if *word.as_bytes() == *text {
                    return None;
                }
                found.choice += 1;
            }
            Some(Code::InvalidValue)
        }
        Rule::Timestamp => {
            let Some(time) = timestamp::parse(text) else { return Some(Code::InvalidValue) };
            walked.time = Some(time.ms);
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
