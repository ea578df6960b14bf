//! `Walked`: what an object has, member by member: what the rules over several members look at.

use super::log::Log;
use super::table::MAX_FIELDS;
use crate::issue::Code;
use crate::json::{self, Span};

/// A text whose bytes are not what it says.
pub(super) const ESCAPED: u8 = 0x80;

/// A member's value, where it was read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Value {
    /// All its bytes.
    pub span: Span,
    /// Which of the rule's words it is; for flags 1 is true, for texts [`ESCAPED`] where they have escapes.
    pub choice: u8,
}

impl Value {
    /// Whether this text has escapes.
    pub const fn is_escaped(&self) -> bool {
        self.choice == ESCAPED
    }

    /// This text without its quotes.
    #[inline(always)]
    pub const fn inside(&self) -> Span {
        Span { at: self.span.at + 1, len: self.span.len.wrapping_sub(2) }
    }

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
    /// Behind the last member in front of the one that is read.
    pub(super) read: u32,
    /// The opening brace.
    pub open: u32,
    /// The closing brace.
    pub close: Span,
    values: [Value; MAX_FIELDS],
    /// Where texts with escapes are decoded.
    pub(super) made: Vec<u8>,
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
            read: 0,
            open: 0,
            close: Span { at: 0, len: 1 },
            values: [NONE; MAX_FIELDS],
            made: Vec::new(),
        }
    }

    /// The members that are there and not `null`.
    #[inline(always)]
    pub const fn present(&self) -> u32 {
        self.named & !self.null
    }

    /// Whether the member is there and not `null`.
    #[inline(always)]
    pub const fn has(&self, field: u8) -> bool {
        self.present() & bit(field) != 0
    }

    /// Whether the member is `null`.
    pub const fn is_null(&self, field: u8) -> bool {
        self.null & bit(field) != 0
    }

    /// The member's value, where it keeps its rule.
    #[inline(always)]
    pub fn value(&self, field: u8) -> Option<&Value> {
        if self.usable & bit(field) == 0 {
            return None;
        }
        self.values.get(usize::from(field))
    }

    /// The member's text, where it keeps its rule; otherwise empty.
    #[inline(never)]
    pub fn text<'t>(&'t mut self, document: &'t [u8], field: u8) -> &'t [u8] {
        match self.value(field) {
            Some(value) if !value.is_escaped() => value.inside().of(document),
            Some(Value { span, .. }) => json::text(document, *span, &mut self.made),
            None => &[],
        }
    }

    /// Whether the member keeps its rule and is a text that is not empty.
    #[inline(always)]
    pub fn says(&self, field: u8) -> bool {
        self.value(field).is_some_and(|value| !value.is_empty())
    }

    /// Which of its rule's words the member is, where it keeps its rule.
    pub fn choice(&self, field: u8) -> Option<usize> {
        self.value(field).map(|value| usize::from(value.choice))
    }

    /// Where the member's value stands, whatever it is; the closing brace where it is missing.
    pub fn place(&self, field: u8) -> &Span {
        match self.values.get(usize::from(field)) {
            Some(value) if self.named & bit(field) != 0 => &value.span,
            _ => &self.close,
        }
    }

    /// Reports a fault at the member's place.
    #[cold]
    #[inline(never)]
    pub fn report(&self, code: Code, field: u8, log: &mut Log) {
        log.report(code, field, *self.place(field));
    }

    /// Reports a fault at the member's place that is about another field, too.
    #[cold]
    #[inline(never)]
    pub fn report_beside(&self, code: Code, field: u8, other: u8, log: &mut Log) {
        log.report_detail(code, field, other, *self.place(field));
    }

    #[inline(always)]
    pub(super) fn keep(&mut self, field: u8, value: Value) {
        if let Some(place) = self.values.get_mut(usize::from(field & 31)) {
            *place = value;
        }
    }
}

/// The mask of one field.
pub const fn bit(field: u8) -> u32 {
    1 << (field & 31)
}
