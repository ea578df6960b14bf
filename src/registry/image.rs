//! `Image`: a registry in borrowed bytes, looked up in where it lies.
//!
//! Layout, little-endian: a header of 8 words (magic, length, checksum, types, live types, slot
//! bits, complete, 0); slots of 32 bytes (16 of the key, its length, its place, row + 1, facts);
//! rows of 88 (place and length of 8 texts, ordinal, version, facts, 0); text, where those places
//! count from.

use super::{Facts, Filter, Found};
use crate::json::text::plain;
use crate::json::write::push_number;
use crate::key::{MAX_KEY, to_key};
use crate::order::hash;
use crate::outcome::OutcomeType;
use crate::suggest;

/// "KOR" and the version of the layout: an image of another version is not read.
pub(super) const MAGIC: u32 = u32::from_le_bytes(*b"KOR\x01");
pub(super) const HEADER: usize = 32;
pub(super) const SLOT: usize = 32;
/// Bytes of a key that stand in its slot, so that most lookups touch nothing else.
pub(super) const PREFIX: usize = 16;
pub(super) const ROW: usize = 88;
/// The most types that are looked at for a suggestion.
const MAX_SUGGESTED: u32 = 2000;

/// A registry in borrowed bytes.
#[derive(Clone, Copy)]
pub struct Image<'a> {
    bytes: &'a [u8],
}

impl<'a> Image<'a> {
    /// A registry in bytes that [`Registry::into_bytes`] gave; more may follow behind it.
    pub fn new(bytes: &'a [u8]) -> Self {
        let image = Image { bytes };
        let len = if image.word(0) == MAGIC { image.word(4) as usize } else { bytes.len() };
        Self { bytes: bytes.get(..len).unwrap_or_default() }
    }

    /// The word at a place; the bytes that are left where there are fewer than four.
    pub(super) fn word_or_rest(&self, at: usize) -> u32 {
        let mut word = self.word(at);
        if at + 4 > self.bytes.len() {
            for byte in self.bytes.get(at..).unwrap_or_default().iter().rev() {
                word = word << 8 | u32::from(*byte);
            }
        }
        word
    }

    pub(super) fn word(&self, at: usize) -> u32 {
        match self.bytes.get(at..at + 4) {
            Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
            _ => 0,
        }
    }

    /// How many types it has, retired ones included.
    pub fn rows(&self) -> u32 {
        self.word(12)
    }

    /// How many live types it has.
    pub fn size(&self) -> u32 {
        self.word(16)
    }

    /// Whether the list it was made from was whole: only then is an unknown key surely unknown.
    pub fn is_complete(&self) -> bool {
        self.word(24) == 1
    }

    /// The type of the key, retired types included.
    pub fn find(&self, key: &[u8]) -> Option<Found> {
        let slots = 1_usize << self.word(20).min(30);
        let mut slot = slot_of(key, slots);
        for _ in 0..slots {
            let row = self.slot(slot).checked_sub(1)?;
            let at = HEADER + slot * SLOT;
            if self.word(at + PREFIX) as usize == key.len() && self.key_at(at, key.len()) == key {
                return Some(Found { row, facts: Facts(self.word(at + 28)) });
            }
            slot = (slot + 1) & (slots - 1);
        }
        None
    }

    /// The row + 1 of a slot; 0 where it is free.
    pub(super) fn slot(&self, slot: usize) -> u32 {
        self.word(HEADER + slot * SLOT + 24)
    }

    fn key_at(&self, slot_at: usize, len: usize) -> &'a [u8] {
        let at = if len <= PREFIX { slot_at } else { self.texts_at() + self.word(slot_at + PREFIX + 4) as usize };
        self.bytes.get(at..at + len).unwrap_or_default()
    }

    /// The facts of the type at a place of the order.
    pub fn facts(&self, row: u32) -> Facts {
        Facts(self.word(self.row_at(row) + ROW - 8))
    }

    /// The type at a place of the order.
    pub fn outcome(&self, row: u32) -> Option<OutcomeType<'a>> {
        if row >= self.rows() {
            return None;
        }
        let at = self.row_at(row);
        let facts = self.facts(row);
        let text = |place: usize| self.text(at + place * 8);
        Some(OutcomeType {
            key: text(0)?,
            name: text(1)?,
            description: text(2)?,
            classification: facts.classification(),
            category: facts.category(),
            is_system: facts.is_system(),
            id: text(3),
            tenant_id: text(4),
            ordinal: self.number(at + 64),
            status: facts.status(),
            version: self.number(at + 72),
            created_at: text(5),
            updated_at: text(6),
            deleted_at: text(7),
        })
    }

    fn row_at(&self, row: u32) -> usize {
        HEADER + (SLOT << self.word(20).min(30)) + row as usize * ROW
    }

    fn texts_at(&self) -> usize {
        self.row_at(self.rows())
    }

    fn text(&self, at: usize) -> Option<&'a str> {
        let place = self.word(at);
        if place == u32::MAX {
            return None;
        }
        let start = self.texts_at() + place as usize;
        plain(self.bytes.get(start..start.wrapping_add(self.word(at + 4) as usize))?)
    }

    fn number(&self, at: usize) -> Option<f64> {
        let bits = u64::from(self.word(at)) | u64::from(self.word(at + 4)) << 32;
        let number = f64::from_bits(bits);
        if number.is_nan() { None } else { Some(number) }
    }

    /// The places of the types that pass a filter, in order.
    pub fn list(self, filter: Filter) -> impl Iterator<Item = u32> + use<'a> {
        (0..self.rows()).filter(move |row| filter.takes(self.facts(*row)))
    }

    /// The nearest live key to an unknown word: spelt as a key, by meaning, by letters.
    pub fn suggest(&self, word: &str) -> Option<&'a str> {
        if word.len() > suggest::MAX_WORD {
            return None;
        }
        let made = to_key(word);
        if let Some(key) = self.live(&made) {
            return Some(key);
        }
        for row in suggest::SYNONYMS {
            if !row.contains(&made.as_str()) {
                continue;
            }
            for synonym in *row {
                if let Some(key) = self.live(synonym) {
                    return Some(key);
                }
            }
        }
        let mut search = suggest::Search::new(word);
        for row in 0..self.rows().min(MAX_SUGGESTED) {
            if self.facts(row).is_retired() {
                continue;
            }
            if let Some(key) = self.text(self.row_at(row)) {
                search.offer(key);
            }
        }
        search.best
    }

    /// The key as the registry has it, where it is a live one.
    fn live(&self, key: &str) -> Option<&'a str> {
        let found = self.find(key.as_bytes())?;
        if found.facts.is_retired() { None } else { self.text(self.row_at(found.row)) }
    }

    /// A free key for a display name: numbered where the plain one is taken, `""` where the name
    /// has nothing that a key can be made of.
    pub fn propose_key(&self, name: &str) -> String {
        let made = to_key(name);
        let mut key = made.clone();
        let mut number = 2_u64;
        while !key.is_empty() && self.find(key.as_bytes()).is_some() {
            let mut suffix = Vec::from(*b"_");
            push_number(&mut suffix, number);
            key.clear();
            key.push_str(made.get(..MAX_KEY - suffix.len()).unwrap_or(&made));
            key.push_str(plain(&suffix).unwrap_or_default());
            number += 1;
        }
        key
    }
}

/// The slot where the search for a key begins.
pub(super) fn slot_of(key: &[u8], slots: usize) -> usize {
    (hash(key) >> (64 - slots.trailing_zeros())) as usize
}
