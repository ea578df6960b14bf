//! `walk`: an object against its table of fields. Every rule that concerns one member stands here,
//! once; rules over several members look at the [`Walked`] object afterwards.

use super::log::{Log, UNKNOWN, WHOLE};
use super::table::{Field, MAX_FIELDS, Need, Object, Rule};
use crate::issue::Code;
use crate::json::{Cursor, Expected, Fault, FaultKind, Kind, Number, Span, Text};
use crate::key;
use crate::timestamp;

/// The most characters of a display name (A), in UTF-16 units.
pub const MAX_NAME: usize = 255;

/// A member's value, where it was read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Value {
    /// All its bytes.
    pub span: Span,
    /// Its text, for strings.
    pub text: Text,
    /// Which of the rule's words it is; for flags 1 is true.
    pub choice: u8,
}

/// What an object has: masks with a bit for each row of its table, and the values.
#[derive(Clone, Debug)]
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
}

impl Default for Walked {
    fn default() -> Self {
        Self::new()
    }
}

impl Walked {
    /// An object without members.
    pub const fn new() -> Self {
        const EMPTY: Span = Span { at: 0, len: 0 };
        const NONE: Value =
            Value { span: EMPTY, text: Text { span: EMPTY, escaped: false, lone_surrogate: false }, choice: 0 };
        Self {
            named: 0,
            null: 0,
            usable: 0,
            is_object: false,
            open: 0,
            close: 0,
            time: None,
            values: [NONE; MAX_FIELDS],
        }
    }

    /// Whether the member is there and not `null`.
    pub const fn has(&self, field: u8) -> bool {
        self.named & !self.null & bit(field) != 0
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

/// Reads a list's elements: the cursor stands on its `[`, the depth that is left comes with it.
pub type Elements<'e, 'a> = &'e mut dyn FnMut(&mut Cursor<'a>, u32, &mut Log) -> Result<(), Fault>;

/// Reads the value under the cursor against a table; [`Walked::is_object`] says whether it is one.
pub fn walk<'a>(
    cursor: &mut Cursor<'a>,
    room: u32,
    object: &'static Object,
    walked: &mut Walked,
    log: &mut Log,
    mut elements: Option<Elements<'_, 'a>>,
) -> Result<(), Fault> {
    (walked.named, walked.null, walked.usable, walked.time) = (0, 0, 0, None);
    let first = cursor.past_space();
    walked.open = cursor.at();
    walked.is_object = first == b'{';
    if first != b'{' {
        cursor.skip(room)?;
        log.report(Code::InvalidType, WHOLE, since(cursor, walked.open));
        return Ok(());
    }
    if room == 0 {
        return Err(cursor.fault_of(FaultKind::Depth));
    }
    cursor.step();
    let mut expected = Expected::NameOrClose;
    if cursor.past_space() != b'}' {
        loop {
            if cursor.peek() != b'"' {
                return Err(cursor.fault(expected));
            }
            expected = Expected::Name;
            member(cursor, room - 1, object, walked, log, &mut elements)?;
            match cursor.past_space() {
                b',' => cursor.step(),
                b'}' => break,
                _ => return Err(cursor.fault(Expected::CommaOrBrace)),
            }
            cursor.past_space();
        }
    }
    walked.close = cursor.at();
    cursor.step();
    log.closing();
    for field in 0..object.fields.len() as u8 {
        let row = object.field(field);
        if row.need == Need::Required && walked.named & bit(field) == 0 && !row.name.is_empty() {
            log.report(Code::Required, field, walked.place(field));
        }
    }
    Ok(())
}

fn since(cursor: &Cursor, at: u32) -> Span {
    Span { at, len: cursor.at() - at }
}

/// One member: its name, its colon, its value.
fn member<'a>(
    cursor: &mut Cursor<'a>,
    room: u32,
    object: &'static Object,
    walked: &mut Walked,
    log: &mut Log,
    elements: &mut Option<Elements<'_, 'a>>,
) -> Result<(), Fault> {
    let at = cursor.at();
    let name = cursor.string()?;
    let span = since(cursor, at);
    cursor.past_space();
    cursor.expect(b':', Expected::Colon)?;
    cursor.past_space();
    let document = cursor.document();
    let place = if name.lone_surrogate {
        None
    } else if name.escaped {
        object.find(name.decode(document).as_bytes())
    } else {
        object.find(name.span.of(document))
    };
    let Some(field) = place else {
        let fault = outside(cursor, room)?;
        if object.closed {
            log.report(Code::UnknownField, UNKNOWN, span);
            let fault = if name.lone_surrogate { Some(Code::LoneSurrogate) } else { fault };
            if let Some(code) = fault {
                log.report(code, UNKNOWN, span);
            }
        }
        return Ok(());
    };
    let row = object.field(field);
    if walked.named & bit(field) != 0 {
        cursor.skip(room)?;
        walked.usable &= !bit(field);
        log.report(Code::DuplicateField, field, span);
        return Ok(());
    }
    walked.named |= bit(field);
    if let (Rule::List, b'[', Some(elements)) = (row.rule, cursor.peek(), elements) {
        let at = cursor.at();
        elements(cursor, room, log)?;
        walked.usable |= bit(field);
        walked.keep(field, Value { span: since(cursor, at), ..Value::default() });
        return Ok(());
    }
    value(cursor, room, field, row, walked, log)
}

/// Past a value that no rule is about; what parsers would still read differently.
fn outside(cursor: &mut Cursor, room: u32) -> Result<Option<Code>, Fault> {
    let document = cursor.document();
    match cursor.peek() {
        b'"' => Ok(cursor.string()?.lone_surrogate.then_some(Code::LoneSurrogate)),
        b'-' | b'0'..=b'9' => {
            let number = Number::new(cursor.number()?.of(document));
            Ok(number.is_beyond_double().then_some(Code::OutOfRange))
        }
        _ => cursor.skip(room).map(|()| None),
    }
}

/// The value of a field against its rule.
pub fn value(
    cursor: &mut Cursor,
    room: u32,
    field: u8,
    row: &Field,
    walked: &mut Walked,
    log: &mut Log,
) -> Result<(), Fault> {
    let at = cursor.at();
    let document = cursor.document();
    let Some(kind) = Kind::of(cursor.peek()) else {
        return Err(cursor.fault(Expected::Value));
    };
    let Some(wanted) = row.rule.kind() else {
        let fault = outside(cursor, room)?;
        let span = since(cursor, at);
        walked.keep(field, Value { span, ..Value::default() });
        log.report(Code::ReadOnly, field, span);
        if let Some(code) = fault {
            log.report(code, field, span);
        }
        return Ok(());
    };
    let mut found = Value::default();
    let mut fault = None;
    let mut detail = 0;
    match kind {
        Kind::Null => {
            cursor.literal(b"null")?;
            walked.null |= bit(field);
            fault = match row.need {
                Need::Required => Some(Code::Required),
                Need::Optional => Some(Code::NullField),
                Need::Late | Need::Quiet => None,
            };
        }
        _ if kind != wanted => {
            cursor.skip(room)?;
            fault = Some(Code::InvalidType);
        }
        Kind::String => {
            found.text = cursor.string()?;
            let span = since(cursor, at);
            fault = if found.text.lone_surrogate {
                Some(Code::LoneSurrogate)
            } else {
                text(document, field, row.rule, span, &mut found, walked, log)
            };
        }
        Kind::Number => {
            let number = Number::new(cursor.number()?.of(document));
            (fault, detail) = self::number(&number, row.rule);
        }
        Kind::Boolean => {
            found.choice = u8::from(cursor.peek() == b't');
            cursor.literal(if found.choice == 1 { b"true" } else { b"false" })?;
        }
        Kind::Object | Kind::Array => cursor.skip(room)?,
    }
    found.span = since(cursor, at);
    if fault.is_none() && !walked.is_null(field) {
        walked.usable |= bit(field);
    }
    walked.keep(field, found);
    if let Some(code) = fault {
        log.report_detail(code, field, detail, found.span);
    }
    Ok(())
}

/// A text against its rule; what is wrong with it beyond what is reported here.
fn text(
    document: &[u8],
    field: u8,
    rule: Rule,
    span: Span,
    found: &mut Value,
    walked: &mut Walked,
    log: &mut Log,
) -> Option<Code> {
    let empty = found.text.span.len == 0;
    match rule {
        Rule::Filled if empty => return Some(Code::Empty),
        Rule::Filled | Rule::Text => return None,
        Rule::OpenChoice(_) if empty => {
            walked.null |= bit(field);
            return None;
        }
        _ => {}
    }
    let text = found.text.decode(document);
    match rule {
        Rule::Choice(words) | Rule::OpenChoice(words) => {
            for word in words {
                if *word == text {
                    return None;
                }
                found.choice += 1;
            }
            Some(Code::InvalidValue)
        }
        Rule::Timestamp => {
            let Some(time) = timestamp::parse(text.as_bytes()) else { return Some(Code::InvalidValue) };
            walked.time = Some(time.ms);
            if !time.clean {
                log.report(Code::TimestampForm, field, span);
            }
            None
        }
        Rule::Name => {
            let mut units = 0;
            let mut blank = true;
            for found in text.chars() {
                units += found.len_utf16();
                blank &= found.is_whitespace();
            }
            match units {
                _ if blank => Some(Code::Empty),
                0..=MAX_NAME => None,
                _ => Some(Code::TooLong),
            }
        }
        _ => {
            let faults = key::faults(text.as_bytes());
            let mut last = None;
            for (broken, code) in [
                (faults.empty, Code::Empty),
                (faults.start, Code::InvalidStart),
                (faults.character, Code::InvalidCharacter),
                (faults.too_long, Code::TooLong),
            ] {
                // The last one is the caller's to report, as for every other rule.
                if broken && let Some(before) = last.replace(code) {
                    log.report(before, field, span);
                }
            }
            last
        }
    }
}

/// The detail of an `out_of_range` that is about what a double can hold.
pub const BEYOND_DOUBLE: u8 = 1;

fn number(number: &Number, rule: Rule) -> (Option<Code>, u8) {
    if number.is_beyond_double() {
        return (Some(Code::OutOfRange), BEYOND_DOUBLE);
    }
    let Rule::Whole(least) = rule else { return (None, 0) };
    if !number.is_whole() {
        return (Some(Code::InvalidValue), 0);
    }
    let too_small = (number.negative && !number.is_zero()) || (least > 0 && number.is_zero());
    (too_small.then_some(Code::OutOfRange), 0)
}
