//! `Registry`: the ten system types and the customer's own, immutable, looked up by key.
//!
//! A registry is an *image*: one run of bytes (header, slots, rows, text) that can be kept, copied
//! and looked up in where it lies. [`Image`] borrows one, [`Registry`] owns one.
//!
//! ```
//! use kaireon_outcomes::Registry;
//! let registry = Registry::defaults();
//! assert!(registry.has("click") && !registry.has("constructor"));
//! assert_eq!(registry.image().suggest("clik"), Some("click"));
//! ```

use std::fmt;

use crate::defaults::DEFAULTS;
use crate::json::write::push_number;
use crate::key::{MAX_KEY, to_key};
use crate::outcome::{Category, Classification, OutcomeType, Status};
use crate::suggest;

/// "KOR" and the version of the layout below: an image of another version is not read.
const MAGIC: u32 = u32::from_le_bytes(*b"KOR\x01");
const HEADER: usize = 32;
const SLOT: usize = 32;
/// Bytes of a key that stand in its slot, so that most lookups touch nothing else.
const PREFIX: usize = 16;
const ROW: usize = 88;
/// The place of a text that is absent.
const ABSENT: u32 = u32::MAX;
/// The `ordinal` of a type that has none (A).
const ORDINAL: f64 = 99.0;
/// The most types that are looked at for a suggestion.
const MAX_SUGGESTED: u32 = 2000;
/// The most types a registry can hold: what a verdict has bits for.
pub const MAX_TYPES: u32 = (1 << 20) - 2;

/// A registry's own bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Registry {
    bytes: Vec<u8>,
}

/// A registry in borrowed bytes.
#[derive(Clone, Copy)]
pub struct Image<'a> {
    bytes: &'a [u8],
}

/// What a lookup tells of a type without reading its texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts(u32);

/// A found type: its place in the list, and its facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its place in the registry's order.
    pub row: u32,
    /// What is known without reading its texts.
    pub facts: Facts,
}

/// A type on its way into a registry.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The type.
    pub outcome: OutcomeType<'a>,
    /// Whether the loaded list had it; only a system default can be in without.
    pub listed: bool,
}

/// Which types a list has: those that pass every filter given.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    /// Of this classification.
    pub classification: Option<Classification>,
    /// Of this category.
    pub category: Option<Category>,
    /// Built in or not.
    pub system: Option<bool>,
    /// Retired or live; both where nothing is said.
    pub retired: Option<bool>,
    /// In the loaded list or not.
    pub listed: Option<bool>,
}

impl Facts {
    const SYSTEM: u32 = 1 << 3;
    const RETIRED: u32 = 1 << 4;
    const LISTED: u32 = 1 << 5;

    fn of(row: &Row) -> Self {
        let outcome = &row.outcome;
        let flag = |on: bool, bit: u32| if on { bit } else { 0 };
        Self(
            outcome.classification as u32
                | (outcome.category as u32) << 2
                | flag(outcome.is_system, Self::SYSTEM)
                | flag(outcome.is_retired(), Self::RETIRED)
                | flag(row.listed, Self::LISTED)
                | outcome.status.map_or(0, |status| status as u32 + 1) << 6,
        )
    }

    /// Positive, negative or neutral.
    pub fn classification(self) -> Classification {
        Classification::at((self.0 & 3) as usize).unwrap_or(Classification::Neutral)
    }

    /// Impression or response.
    pub fn category(self) -> Category {
        Category::at((self.0 >> 2 & 1) as usize).unwrap_or(Category::Response)
    }

    /// Whether it is built in.
    pub const fn is_system(self) -> bool {
        self.0 & Self::SYSTEM != 0
    }

    /// Whether it was deleted on the server.
    pub const fn is_retired(self) -> bool {
        self.0 & Self::RETIRED != 0
    }

    /// Whether the loaded list had it.
    pub const fn is_listed(self) -> bool {
        self.0 & Self::LISTED != 0
    }

    /// Its status, where one was sent.
    pub fn status(self) -> Option<Status> {
        Status::at(((self.0 >> 6 & 7) as usize).wrapping_sub(1))
    }

    /// Whether its status is one other than active.
    pub fn is_inactive(self) -> bool {
        self.status().is_some_and(|status| status != Status::Active)
    }
}

impl Filter {
    fn takes(&self, facts: Facts) -> bool {
        self.classification.is_none_or(|wanted| wanted == facts.classification())
            && self.category.is_none_or(|wanted| wanted == facts.category())
            && self.system.is_none_or(|wanted| wanted == facts.is_system())
            && self.retired.is_none_or(|wanted| wanted == facts.is_retired())
            && self.listed.is_none_or(|wanted| wanted == facts.is_listed())
    }
}

impl Registry {
    /// The ten system types alone.
    pub fn defaults() -> Self {
        Self::build(DEFAULTS.map(|outcome| Row { outcome, listed: true }).to_vec(), true)
    }

    /// An image that was kept; nothing where its version or its checksum is another.
    pub fn from_image(bytes: Vec<u8>) -> Option<Self> {
        let image = Image { bytes: &bytes };
        let sound = image.word(0) == MAGIC && image.word(4) as usize == bytes.len();
        let unchanged = image.word(8) == checksum(bytes.get(12..)?);
        (sound && unchanged).then_some(Self { bytes })
    }

    /// The registry of the rows; keys are unique among them. They are put into the registry's
    /// order: what no list had, then by `ordinal`, then as they came.
    pub(crate) fn build(mut rows: Vec<Row>, complete: bool) -> Self {
        rows.truncate(MAX_TYPES as usize);
        rows.sort_by(|a, b| place(a).total_cmp(&place(b)));
        let slot_bits = (rows.len() * 2).next_power_of_two().trailing_zeros().max(4);
        let slots = SLOT << slot_bits;
        let text_at = HEADER + slots + rows.len() * ROW;
        let mut head = vec![0; HEADER + slots];
        let mut body = Vec::with_capacity(rows.len() * ROW);
        let mut text = Text { at: text_at, bytes: Vec::new() };
        let mut live = 0;
        for (index, row) in rows.iter().enumerate() {
            let facts = Facts::of(row);
            live += u32::from(!facts.is_retired());
            let key_at = text.write(&mut body, Some(row.outcome.key));
            for field in texts(&row.outcome) {
                text.write(&mut body, field);
            }
            for number in [row.outcome.ordinal, row.outcome.version] {
                body.extend_from_slice(&number.unwrap_or(f64::NAN).to_le_bytes());
            }
            body.extend_from_slice(&facts.0.to_le_bytes());
            body.extend_from_slice(&[0; 4]);
            insert(&mut head, slot_bits, row.outcome.key.as_bytes(), [key_at, index as u32 + 1, facts.0]);
        }
        head.extend_from_slice(&body);
        head.extend_from_slice(&text.bytes);
        let header = [MAGIC, head.len() as u32, 0, rows.len() as u32, live, slot_bits, u32::from(complete)];
        for (place, word) in header.into_iter().enumerate() {
            put(&mut head, place * 4, &word.to_le_bytes());
        }
        let sum = checksum(head.get(12..).unwrap_or_default());
        put(&mut head, 8, &sum.to_le_bytes());
        Self { bytes: head }
    }

    /// The registry's image.
    pub fn image(&self) -> Image<'_> {
        Image { bytes: &self.bytes }
    }

    /// The image's bytes, to keep or to copy; [`Registry::from_image`] takes them back.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Whether the key is registered, retired types included.
    pub fn has(&self, key: &str) -> bool {
        self.image().find(key.as_bytes()).is_some()
    }

    /// The type of the key, retired types included.
    pub fn get(&self, key: &str) -> Option<OutcomeType<'_>> {
        let image = self.image();
        image.outcome(image.find(key.as_bytes())?.row)
    }

    /// The live types, in order.
    pub fn iter(&self) -> impl Iterator<Item = OutcomeType<'_>> {
        let live = Filter { retired: Some(false), ..Filter::default() };
        self.image().list(live).filter_map(|row| self.image().outcome(row))
    }
}

impl fmt::Debug for Registry {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.iter().map(|outcome| outcome.key)).finish()
    }
}

impl<'a> Image<'a> {
    /// A registry in bytes that [`Registry::into_bytes`] gave; more may follow behind it.
    pub fn new(bytes: &'a [u8]) -> Self {
        let image = Image { bytes };
        let len = if image.word(0) == MAGIC { image.word(4) as usize } else { 0 };
        Self { bytes: bytes.get(..len).unwrap_or_default() }
    }

    fn word(&self, at: usize) -> u32 {
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
            let at = HEADER + slot * SLOT;
            let row = self.word(at + 24).checked_sub(1)?;
            if self.word(at + PREFIX) as usize == key.len() && self.has_key_at(at, key) {
                return Some(Found { row, facts: Facts(self.word(at + 28)) });
            }
            slot = (slot + 1) & (slots - 1);
        }
        None
    }

    fn has_key_at(&self, at: usize, key: &[u8]) -> bool {
        let (stored, wanted) = if key.len() <= PREFIX {
            (self.bytes.get(at..at + key.len()), key)
        } else {
            let text = self.word(at + PREFIX + 4) as usize;
            (self.bytes.get(text..text + key.len()), key)
        };
        stored == Some(wanted)
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
        Some(OutcomeType {
            key: self.text(at)?,
            name: self.text(at + 8)?,
            description: self.text(at + 16)?,
            classification: facts.classification(),
            category: facts.category(),
            is_system: facts.is_system(),
            id: self.text(at + 24),
            tenant_id: self.text(at + 32),
            created_at: self.text(at + 40),
            updated_at: self.text(at + 48),
            deleted_at: self.text(at + 56),
            ordinal: self.number(at + 64),
            version: self.number(at + 72),
            status: facts.status(),
        })
    }

    fn row_at(&self, row: u32) -> usize {
        HEADER + (SLOT << self.word(20).min(30)) + row as usize * ROW
    }

    fn text(&self, at: usize) -> Option<&'a str> {
        let start = self.word(at) as usize;
        let bytes = self.bytes.get(start..start.checked_add(self.word(at + 4) as usize)?)?;
        std::str::from_utf8(bytes).ok()
    }

    fn number(&self, at: usize) -> Option<f64> {
        let bytes = self.bytes.get(at..)?.first_chunk::<8>()?;
        Some(f64::from_le_bytes(*bytes)).filter(|number| !number.is_nan())
    }

    /// The places of the types that pass a filter, in order.
    pub fn list(self, filter: Filter) -> impl Iterator<Item = u32> + use<'a> {
        (0..self.rows()).filter(move |row| filter.takes(self.facts(*row)))
    }

    /// Every type on its way into another registry.
    fn all(&self) -> Vec<Row<'a>> {
        let row = |row| {
            let listed = self.facts(row).is_listed();
            self.outcome(row).map(|outcome| Row { outcome, listed })
        };
        (0..self.rows()).filter_map(row).collect()
    }

    /// The next registry, with the type in place of the one of its key or behind all others.
    pub fn with(&self, outcome: OutcomeType) -> Registry {
        let mut rows: Vec<Row> = self.all();
        let added = Row { outcome, listed: true };
        match rows.iter_mut().find(|row| row.outcome.key == outcome.key) {
            Some(row) => *row = added,
            None => rows.push(added),
        }
        Registry::build(rows, self.is_complete())
    }

    /// The next registry, with the key's type retired at a time (ISO 8601).
    pub fn without(&self, key: &str, deleted_at: &str) -> Registry {
        let mut rows: Vec<Row> = self.all();
        for row in rows.iter_mut().filter(|row| row.outcome.key == key) {
            row.outcome.deleted_at = Some(deleted_at);
        }
        Registry::build(rows, self.is_complete())
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
        let mut number = 2;
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

fn place(row: &Row) -> f64 {
    if row.listed { row.outcome.ordinal.unwrap_or(ORDINAL) } else { -1.0 }
}

fn texts<'a>(outcome: &OutcomeType<'a>) -> [Option<&'a str>; 7] {
    [
        Some(outcome.name),
        Some(outcome.description),
        outcome.id,
        outcome.tenant_id,
        outcome.created_at,
        outcome.updated_at,
        outcome.deleted_at,
    ]
}

/// The text behind the rows, as it grows.
struct Text {
    at: usize,
    bytes: Vec<u8>,
}

impl Text {
    /// Adds a text, and its place and length to the row; the place.
    fn write(&mut self, row: &mut Vec<u8>, text: Option<&str>) -> u32 {
        let at = text.map_or(ABSENT, |_| (self.at + self.bytes.len()) as u32);
        let text = text.unwrap_or_default();
        row.extend_from_slice(&at.to_le_bytes());
        row.extend_from_slice(&(text.len() as u32).to_le_bytes());
        self.bytes.extend_from_slice(text.as_bytes());
        at
    }
}

fn insert(head: &mut [u8], slot_bits: u32, key: &[u8], [key_at, row, facts]: [u32; 3]) {
    let slots = 1 << slot_bits;
    let mut slot = slot_of(key, slots);
    let taken = |head: &[u8], slot: usize| Image { bytes: head }.word(HEADER + slot * SLOT + 24) != 0;
    while taken(head, slot) {
        slot = (slot + 1) & (slots - 1);
    }
    let at = HEADER + slot * SLOT;
    put(head, at, key.get(..PREFIX).unwrap_or(key));
    for (place, word) in [key.len() as u32, key_at, row, facts].into_iter().enumerate() {
        put(head, at + PREFIX + place * 4, &word.to_le_bytes());
    }
}

fn put(bytes: &mut [u8], at: usize, value: &[u8]) {
    if let Some(place) = bytes.get_mut(at..at + value.len()) {
        place.copy_from_slice(value);
    }
}

/// The slot where the search for a key begins: the top bits of a product, which every bit of the
/// key has moved.
fn slot_of(key: &[u8], slots: usize) -> usize {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut hash = key.len() as u64;
    for part in key.chunks(8) {
        let mut word = [0; 8];
        put(&mut word, 0, part);
        hash = (hash.rotate_left(29) ^ u64::from_le_bytes(word)).wrapping_mul(FACTOR);
    }
    (hash >> (64 - slots.trailing_zeros())) as usize
}

/// FNV-1a over words: enough to see a damaged image, cheap enough to ask every time.
fn checksum(bytes: &[u8]) -> u32 {
    bytes.chunks(4).fold(0x811c_9dc5, |sum, part| {
        let mut word = [0; 4];
        put(&mut word, 0, part);
        (sum ^ u32::from_le_bytes(word)).wrapping_mul(0x0100_0193)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_all_there() {
        let registry = Registry::defaults();
        assert_eq!(registry.iter().collect::<Vec<_>>(), DEFAULTS);
        assert_eq!(registry.image().size(), 10);
        assert!(registry.image().is_complete());
    }

    #[test]
    fn an_image_comes_back_whole_or_not_at_all() {
        let bytes = Registry::defaults().into_bytes();
        assert_eq!(Registry::from_image(bytes.clone()), Some(Registry::defaults()));
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            if let Some(byte) = damaged.get_mut(at) {
                *byte ^= 1;
            }
            assert_eq!(Registry::from_image(damaged), None, "byte {at}");
        }
        assert_eq!(Registry::from_image(Vec::new()), None);
    }

    #[test]
    fn long_keys_and_many_keys_are_found() {
        let names: Vec<String> = (0..5000).map(|number| format!("a_rather_long_key_number_{number}")).collect();
        let rows = names.iter().map(|key| Row { outcome: OutcomeType { key, ..DEFAULTS[0] }, listed: true });
        let registry = Registry::build(rows.collect(), true);
        assert!(names.iter().all(|key| registry.has(key)));
        assert!(!registry.has("a_rather_long_key_number_5000") && !registry.has("a_rather_long_ke"));
    }

    #[test]
    fn a_proposed_key_is_free() {
        let image = Registry::defaults();
        assert_eq!(image.image().propose_key("Click"), "click_2");
        assert_eq!(image.image().propose_key("Quote Requested"), "quote_requested");
        assert_eq!(image.image().propose_key("日本"), "");
    }
}
