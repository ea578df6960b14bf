//! `Rows`: interactions in borrowed bytes, column by column.
//!
//! Layout, little-endian, in words of four bytes: a header (magic, length, checksum, rows, values, two of the earliest
//! time, where the values begin; place and width in bytes of each column; where the texts, where the ends of each and how
//! many there are, for each column of texts); the columns, as wide as their largest number; the texts; the values of those
//! rows that have one, a double each; eight bytes of nothing, so that the last number can be read like every other.

use super::build;
use crate::registry::{Found, Image};
use crate::room::push;

/// "KIL" and the version of the layout: bytes of another version are not read.
pub(super) const MAGIC: u32 = u32::from_le_bytes(*b"KIL\x01");
/// How many bytes the header has.
pub(super) const HEADER: usize = 176;
/// What stands behind everything.
pub(super) const ROOM: usize = 8;

/// The columns: those of texts first.
pub(super) const OUTCOME: usize = 0;
pub(super) const CUSTOMER: usize = 1;
pub(super) const OFFER: usize = 2;
pub(super) const CREATIVE: usize = 3;
pub(super) const CHANNEL: usize = 4;
pub(super) const VARIANT: usize = 5;
/// How many columns have texts.
pub(super) const TEXTS: usize = 6;
/// Direction, and whether there is a value.
pub(super) const FLAGS: usize = 6;
/// Milliseconds since the earliest time.
pub(super) const TIME: usize = 7;
/// How many columns there are.
pub(super) const COLUMNS: usize = 8;

/// The bits of a row's flags: two of its direction, as [`Direction`](crate::checks::respond::Direction) numbers them.
pub(super) const HAS_VALUE: u32 = 4;

/// Where in the header what stands.
pub(super) const COLUMNS_AT: usize = 32;
pub(super) const TEXTS_AT: usize = COLUMNS_AT + COLUMNS * 8;
const _: () = assert!(TEXTS_AT + TEXTS * 12 <= HEADER, "the header has room for all columns");

/// Interactions in borrowed bytes.
#[derive(Clone, Copy)]
pub struct Rows<'a> {
    bytes: &'a [u8],
}

/// The numbers of a column.
#[derive(Clone, Copy)]
pub(super) struct Column<'a> {
    bytes: &'a [u8],
    width: usize,
    mask: u64,
}

impl Column<'_> {
    /// The number of a row.
    #[inline(always)]
    pub fn at(&self, row: usize) -> u64 {
        match self.bytes.get(row * self.width..).and_then(<[u8]>::first_chunk) {
            Some(eight) => u64::from_le_bytes(*eight) & self.mask,
            None => 0,
        }
    }

    /// The number of a row's text; 0 where it has none.
    #[inline(always)]
    pub fn number(&self, row: usize) -> u32 {
        self.at(row) as u32
    }
}

impl<'a> Rows<'a> {
    /// Interactions in bytes that [`Interactions::into_bytes`](super::Interactions::into_bytes) gave; more may follow
    /// behind them. Other bytes have no rows.
    pub fn new(bytes: &'a [u8]) -> Self {
        let rows = Rows { bytes };
        let len = if rows.word(0) == MAGIC { rows.word(4) as usize } else { 0 };
        Rows { bytes: bytes.get(..len).unwrap_or_default() }
    }

    pub(super) fn word(self, at: usize) -> u32 {
        match self.bytes.get(at..).and_then(<[u8]>::first_chunk) {
            Some(word) => u32::from_le_bytes(*word),
            None => 0,
        }
    }

    /// How many interactions there are.
    pub fn len(self) -> usize {
        // No more than bytes, whatever the header says.
        (self.word(12) as usize).min(if self.bytes.len() < HEADER { 0 } else { usize::MAX })
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// All its bytes.
    pub fn bytes(self) -> &'a [u8] {
        self.bytes
    }

    pub(super) fn column(self, column: usize) -> Column<'a> {
        let at = COLUMNS_AT + column * 8;
        let width = (self.word(at + 4) as usize).min(8);
        let mask = if width == 8 { u64::MAX } else { (1 << (width * 8)) - 1 };
        Column { bytes: self.bytes.get(self.word(at) as usize..).unwrap_or_default(), width, mask }
    }

    /// The earliest time, from which times count.
    pub(super) fn earliest(self) -> i64 {
        (u64::from(self.word(24)) << 32 | u64::from(self.word(20))) as i64
    }

    /// How many texts a column has.
    pub(super) fn texts(self, column: usize) -> u32 {
        self.word(TEXTS_AT + column * 12 + 8).min(self.bytes.len() as u32 / 4)
    }

    /// The text of a number, from 1; nothing for 0.
    pub(super) fn text(self, column: usize, number: u32) -> &'a [u8] {
        let at = TEXTS_AT + column * 12;
        let ends = self.word(at + 4) as usize;
        let end = |number: u32| self.word(ends + number as usize * 4 - 4) as usize;
        if number == 0 || number > self.texts(column) {
            return &[];
        }
        let start = if number > 1 { end(number - 1) } else { 0 };
        let texts = self.bytes.get(self.word(at) as usize..).unwrap_or_default();
        texts.get(start..end(number)).unwrap_or_default()
    }

    /// The number of a text; 0 where no row has it.
    pub(super) fn find(self, column: usize, text: &[u8]) -> u32 {
        (1..=self.texts(column)).find(|number| *self.text(column, *number) == *text).unwrap_or(0)
    }

    /// The value at a place among the values.
    #[inline(always)]
    pub(super) fn value(self, place: usize) -> f64 {
        let at = self.word(28) as usize + place * 8;
        match self.bytes.get(at..).and_then(<[u8]>::first_chunk) {
            Some(value) => f64::from_le_bytes(*value),
            None => 0.0,
        }
    }

    /// What the registry says of each outcome, by its number; the first stands for none.
    pub(super) fn meanings(self, image: Image) -> Vec<Option<Found>> {
        let mut found = Vec::new();
        push(&mut found, None);
        for number in 1..=self.texts(OUTCOME) {
            push(&mut found, image.find(self.text(OUTCOME, number)));
        }
        found
    }

    /// Whether the bytes are whole and unchanged.
    pub(crate) fn is_sound(bytes: &[u8]) -> bool {
        let rows = Rows { bytes };
        bytes.len() >= HEADER + ROOM
            && rows.word(0) == MAGIC
            && rows.word(4) as usize == bytes.len()
            && rows.word(8) == build::checksum(bytes)
    }
}
