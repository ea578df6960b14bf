//! `Image`: a registry in borrowed bytes, looked up in where it lies.
//!
//! Layout, little-endian: a header of 8 words (magic, length, checksum, types, live types, slot
//! bits, complete, 0); slots of 32 bytes (16 of the key, its length, its place, row + 1, facts);
//! rows of 88 (place and length of 8 texts, ordinal, version, facts, 0); text, where those places
//! count from.

use super::build::TEXTS;
use super::{Facts, Filter, Found};
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
        let rest = self.bytes.get(at..).unwrap_or_default();
        rest.iter().take(4).rev().fold(0, |word, byte| word << 8 | u32::from(*byte))
    }

    pub(super) fn word(&self, at: usize) -> u32 {
        let word = self.bytes.get(at..).and_then(|rest| rest.first_chunk::<4>());
        word.map_or(0, |word| u32::from_le_bytes(*word))
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
        let mut texts = [None; TEXTS];
        for (place, text) in texts.iter_mut().enumerate() {
            *text = self.text(at + place * 8);
        }
        let [key, name, description, id, tenant_id, created_at, updated_at, deleted_at] = texts;
        Some(OutcomeType {
            key: key?,
            name: name?,
            description: description?,
            classification: facts.classification(),
            category: facts.category(),
            is_system: facts.is_system(),
            id,
            tenant_id,
            ordinal: self.number(at + 64),
            status: facts.status(),
            version: self.number(at + 72),
            created_at,
            updated_at,
            deleted_at,
        })
    }

    fn row_at(&self, row: u32) -> usize {
        HEADER + (SLOT << self.word(20).min(30)) + row as usize * ROW
    }

    fn texts_at(&self) -> usize {
        self.row_at(self.rows())
    }

    fn text(&self, at: usize) -> Option<&'a str> {
        let start = self.texts_at().checked_add(self.word(at) as usize)?;
        let bytes = self.bytes.get(start..start.checked_add(self.word(at + 4) as usize)?)?;
        std::str::from_utf8(bytes).ok()
    }

    fn number(&self, at: usize) -> Option<f64> {
        let bits = u64::from(self.word(at)) | u64::from(self.word(at + 4)) << 32;
        Some(f64::from_bits(bits)).filter(|number| !number.is_nan())
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
        let live = |key: &str| {
            let found = self.find(key.as_bytes()).filter(|found| !found.facts.is_retired())?;
            self.outcome(found.row).map(|outcome| outcome.key)
        };
        let made = to_key(word);
        live(&made).or_else(|| suggest::synonyms(&made).find_map(live)).or_else(|| {
            let first = (0..self.rows().min(MAX_SUGGESTED)).filter(|row| !self.facts(*row).is_retired());
            suggest::nearest(word, first.filter_map(|row| self.text(self.row_at(row))))
        })
    }

    /// A free key for a display name: numbered where the plain one is taken, `""` where the name
    /// has nothing that a key can be made of.
    pub fn propose_key(&self, name: &str) -> String {
        let plain = to_key(name);
        let mut key = plain.clone();
        let mut number = 2_u64;
        while !key.is_empty() && self.find(key.as_bytes()).is_some() {
            let mut suffix = String::from("_");
            push_number(&mut suffix, number);
            key = plain.chars().take(MAX_KEY - suffix.len()).collect();
            key.push_str(&suffix);
            number += 1;
        }
        key
    }
}

/// The slot where the search for a key begins.
pub(super) fn slot_of(key: &[u8], slots: usize) -> usize {
    (hash(key) >> (64 - slots.trailing_zeros())) as usize
}
