//! `Record`: one type in the words of an image's row: a cell of two for each member, then its facts.
//!
//! A cell holds a text's place and length, a number's two halves, or which of the member's words it
//! is and 0; where the type does not have the member, [`ABSENT`] twice.

use super::Facts;
use crate::json::Span;
use crate::outcome::{Category, Classification};
use crate::room::Words;

/// What the second word of a member's cell is where the type does not have it.
pub(crate) const ABSENT: u32 = u32::MAX;
/// The `ordinal` of a type that has none (A).
const ORDINAL_OF_NONE: u64 = 99;
/// Ordinals beyond this stand in the order they came.
const LAST: u64 = 1 << 43;

/// The cells, in the order of the members of a body.
pub(crate) const KEY: u32 = 0;
pub(crate) const NAME: u32 = 1;
pub(crate) const DESCRIPTION: u32 = 2;
pub(crate) const CLASSIFICATION: u32 = 3;
pub(crate) const CATEGORY: u32 = 4;
pub(crate) const ORDINAL: u32 = 5;
pub(crate) const STATUS: u32 = 6;
pub(crate) const IS_SYSTEM: u32 = 7;
pub(crate) const ID: u32 = 8;
pub(crate) const TENANT_ID: u32 = 9;
pub(crate) const VERSION: u32 = 10;
pub(crate) const CREATED_AT: u32 = 11;
pub(crate) const UPDATED_AT: u32 = 12;
pub(crate) const DELETED_AT: u32 = 13;
/// The words of a row.
pub(super) const WORDS: usize = 29;

/// Whether a cell holds a text.
#[inline(always)]
pub(crate) const fn is_text(cell: u32) -> bool {
    const TEXTS: u32 = 1 << KEY | 1 << NAME | 1 << DESCRIPTION | 1 << ID | 1 << TENANT_ID | 7 << CREATED_AT;
    TEXTS >> cell & 1 == 1
}

/// One type.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub(crate) struct Record(pub(super) [u32; WORDS]);

// SAFETY: it is an array of words.
#[allow(unsafe_code, reason = "all rows go into an image at once")]
unsafe impl Words for Record {}

/// A type that says nothing: what stands in for what is missing.
#[allow(clippy::indexing_slicing, reason = "runs at compile time, where a wrong index is a compile error")]
pub(crate) static BARE: Record = {
    let mut words = [ABSENT; WORDS];
    let mut member = DESCRIPTION;
    while member <= IS_SYSTEM {
        if !matches!(member, ORDINAL | STATUS) {
            words[member as usize * 2] = 0;
            words[member as usize * 2 + 1] = 0;
        }
        member += 1;
    }
    words[CLASSIFICATION as usize * 2] = Classification::Neutral as u32;
    words[CATEGORY as usize * 2] = Category::Response as u32;
    Record(words)
};

impl Record {
    /// A type without a member.
    pub const fn new() -> Self {
        Self([ABSENT; WORDS])
    }

    /// Sets a member's cell.
    #[inline(always)]
    pub fn set(&mut self, member: u32, first: u32, second: u32) {
        let (cells, _) = self.0.as_chunks_mut::<2>();
        if let Some(cell) = cells.get_mut(member as usize) {
            *cell = [first, second];
        }
    }

    /// The text of a member: its place among the builder's.
    pub fn text(&self, member: u32) -> Span {
        Span { at: self.first(member), len: self.word(member * 2 + 1) }
    }

    /// The first word of a member's cell.
    pub fn first(&self, member: u32) -> u32 {
        self.word(member * 2)
    }

    /// Whether it has the member.
    pub fn has(&self, member: u32) -> bool {
        self.word(member * 2 + 1) != ABSENT
    }

    /// Its facts.
    pub fn facts(&self) -> Facts {
        let [.., facts] = self.0;
        Facts(facts)
    }

    /// Draws its facts from its cells; `listed` is whether the loaded list had it.
    pub fn conclude(&mut self, listed: bool) {
        let facts = self.first(CLASSIFICATION)
            | self.first(CATEGORY) << 2
            | self.first(IS_SYSTEM) << 3
            | u32::from(self.has(DELETED_AT)) << 4
            | u32::from(listed) << 5
            | self.first(STATUS).wrapping_add(1) << 6;
        let [.., place] = &mut self.0;
        *place = facts;
    }

    /// Where it belongs: first what no list had, then by `ordinal`.
    pub(super) fn place(&self) -> u64 {
        if !self.facts().is_listed() {
            return 0;
        }
        let mut ordinal = u64::from(self.first(ORDINAL)) | u64::from(self.word(ORDINAL * 2 + 1)) << 32;
        if !self.has(ORDINAL) {
            ordinal = ORDINAL_OF_NONE;
        }
        ordinal.min(LAST) + 1
    }

    fn word(&self, at: u32) -> u32 {
        match self.0.get(at as usize) {
            Some(word) => *word,
            None => 0,
        }
    }
}
