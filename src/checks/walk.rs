//! `walk`: an object against its table of fields. Every rule that concerns one member stands here,
//! once; rules over several members look at the [`Walked`] object afterwards.

use super::log::{Log, UNKNOWN, WHOLE};
use super::table::{Field, MAX_FIELDS, NONE, Need, Object, Rule};
use crate::issue::Code;
pub use crate::json::number::BEYOND_DOUBLE;
use crate::json::number::{FRACTION, NEGATIVE, ZERO};
use crate::json::text::is_blank;
use crate::json::{self, Cursor, Expected, FaultKind, Kind, Number, Span};
use crate::key;
use crate::timestamp;

/// The most characters of a display name (A), in UTF-16 units.
pub const MAX_NAME: usize = 255;

/// A member's value, where it was read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Value {
    /// All its bytes.
    pub span: Span,
    /// Which of the rule's words it is; for flags 1 is true.
    pub choice: u8,
}

impl Value {
    /// Whether this text is empty.
    pub const fn is_empty(&self) -> bool {
        self.span.len <= 2
    }
}

/// What an object has: masks with a bit for each row of its table, and the values.
#[derive(Debug)]
pub struct Walked {
    /// Members that are there, `null` or not.
    pub named: u32,
    /// Members that are `null`, or an open choice not made.
    pub null: u32,
    /// Members whose value keeps its rule.
    pub usable: u32,
    /// Whether it is an object at all.
    pub is_object: bool,
    /// The opening brace.
    pub open: u32,
    /// The closing brace.
    pub close: u32,
    /// The timestamp's milliseconds, where it has one.
    pub time: Option<i64>,
    values: [Value; MAX_FIELDS],
    /// Where texts with escapes are decoded.
    made: Vec<u8>,
}

impl Default for Walked {
    fn default() -> Self {
        Self::new()
    }
}

impl Walked {
    /// An object without members.
    pub const fn new() -> Self {
        const NONE: Value = Value { span: Span { at: 0, len: 0 }, choice: 0 };
        Self {
            named: 0,
            null: 0,
            usable: 0,
            is_object: false,
            open: 0,
            close: 0,
            time: None,
            values: [NONE; MAX_FIELDS],
            made: Vec::new(),
        }
    }

    /// The members that are there and not `null`.
    pub const fn present(&self) -> u32 {
        self.named & !self.null
    }

    /// Whether the member is there and not `null`.
    pub const fn has(&self, field: u8) -> bool {
        self.present() & bit(field) != 0
    }

    /// Whether the member is `null`.
    pub const fn is_null(&self, field: u8) -> bool {
        self.null & bit(field) != 0
    }

    /// The member's value, where it keeps its rule.
    pub fn value(&self, field: u8) -> Option<&Value> {
        if self.usable & bit(field) == 0 {
            return None;
        }
        self.values.get(usize::from(field))
    }

    /// The member's text, where it keeps its rule; otherwise empty.
    pub fn text<'t>(&'t mut self, document: &'t [u8], field: u8) -> &'t [u8] {
        if self.usable & bit(field) == 0 {
            return &[];
        }
        json::text(document, self.place(field), &mut self.made)
    }

    /// Whether the member keeps its rule and is a text that is not empty.
    pub fn says(&self, field: u8) -> bool {
        self.usable & bit(field) != 0 && self.place(field).len > 2
    }

    /// Which of its rule's words the member is, where it keeps its rule.
    pub fn choice(&self, field: u8) -> Option<usize> {
        self.value(field).map(|value| usize::from(value.choice))
    }

    /// Where the member's value stands, whatever it is; the closing brace where it is missing.
    pub fn place(&self, field: u8) -> Span {
        match self.values.get(usize::from(field)) {
            Some(value) if self.named & bit(field) != 0 => value.span,
            _ => Span { at: self.close, len: 1 },
        }
    }

    /// Reports a fault at the member's place.
    #[cold]
    #[inline(never)]
    pub fn report(&self, code: Code, field: u8, log: &mut Log) {
        log.report(code, field, self.place(field));
    }

    /// Reports a fault at the member's place that is about another field, too.
    #[cold]
    #[inline(never)]
    pub fn report_beside(&self, code: Code, field: u8, other: u8, log: &mut Log) {
        log.report_detail(code, field, other, self.place(field));
    }

    fn keep(&mut self, field: u8, value: Value) {
        if let Some(place) = self.values.get_mut(usize::from(field)) {
            *place = value;
        }
    }
}

/// The mask of one field.
pub const fn bit(field: u8) -> u32 {
    1 << (field & 31)
}

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

/// Goes on behind the list that the walk stopped at.
pub fn resume(
    cursor: &mut Cursor,
    room: u32,
    object: &'static Object,
    walked: &mut Walked,
    field: u8,
    log: &mut Log,
) -> bool {
    let span = cursor.since(walked.place(field).at);
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
    walked.close = cursor.at() - 1;
    log.closing();
    for field in 0..object.fields.len() as u8 {
        if walked.named & bit(field) == 0 && object.field(field).need == Need::Required {
            walked.report(Code::Required, field, log);
        }
    }
    false
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
    match rule {
        Rule::Filled if found.is_empty() => return Some(Code::Empty),
        Rule::Filled | Rule::Text => return None,
        Rule::OpenChoice(_) if found.is_empty() => {
            walked.null |= bit(field);
            return None;
        }
        _ => {}
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
            let mut units = 0;
            // A UTF-16 unit for each character, a second one for those of four bytes.
            for byte in text {
                units += usize::from(*byte & 0xc0 != 0x80) + usize::from(*byte >= 0xf0);
            }
            if is_blank(text) {
                Some(Code::Empty)
            } else if units > MAX_NAME {
                Some(Code::TooLong)
            } else {
                None
            }
        }
        _ => {
            let faults = key::faults(text);
            let mut last = None;
            for (broken, code) in [
                (faults.empty, Code::Empty),
                (faults.start, Code::InvalidStart),
                (faults.character, Code::InvalidCharacter),
                (faults.too_long, Code::TooLong),
            ] {
                // The last one is the caller's to report, as for every other rule.
                if broken && let Some(before) = last.replace(code) {
                    log.report(before, field, found.span);
                }
            }
            last
        }
    }
}
