//! `Builder`: types on their way into an image: a record of numbers each, and one run of text.

use super::image::{HEADER, MAGIC, PREFIX, ROW, SLOT, slot_of};
use super::{Facts, Image, MAX_TYPES, Registry};
use crate::json::Span;
use crate::order::{TextIndex, order_by};
use crate::outcome::OutcomeType;

/// The place of a text that is absent.
const ABSENT: Span = Span { at: u32::MAX, len: 0 };
/// The `ordinal` of a type that has none (A).
const ORDINAL: f64 = 99.0;
/// Ordinals beyond this stand in the order they came.
const LAST: f64 = (1_u64 << 43) as f64;

/// The texts of a type, in the order of its record.
pub(crate) const TEXTS: usize = 8;
pub(crate) const KEY: usize = 0;
pub(crate) const DELETED_AT: usize = 7;

/// One type: where its texts stand, and everything about it that is no text.
#[derive(Clone, Copy)]
pub(crate) struct Record {
    pub texts: [Span; TEXTS],
    /// `ordinal` and `version`; not a number where they are absent.
    pub numbers: [f64; 2],
    pub facts: Facts,
}

/// What an image is made from.
#[derive(Default)]
pub(crate) struct Builder {
    pub records: Vec<Record>,
    text: Vec<u8>,
}

impl Record {
    pub const fn new(facts: Facts) -> Self {
        Self { texts: [ABSENT; TEXTS], numbers: [f64::NAN; 2], facts }
    }

    /// Where it belongs: first what no list had, then by `ordinal`.
    fn place(&self) -> u64 {
        let [ordinal, _] = self.numbers;
        let ordinal = if ordinal.is_nan() { ORDINAL } else { ordinal };
        if self.facts.is_listed() { ordinal.clamp(0.0, LAST) as u64 + 1 } else { 0 }
    }
}

impl Builder {
    /// Every type of an image.
    pub fn from_image(image: Image) -> Self {
        let mut builder = Self::default();
        for row in 0..image.rows() {
            if let Some(outcome) = image.outcome(row) {
                builder.push(&outcome, image.facts(row));
            }
        }
        builder
    }

    /// Puts a text in.
    pub fn add_text(&mut self, text: &str) -> Span {
        let span = Span { at: self.text.len() as u32, len: text.len() as u32 };
        self.text.extend_from_slice(text.as_bytes());
        span
    }

    /// The text at a place.
    pub fn text(&self, span: Span) -> &[u8] {
        span.of(&self.text)
    }

    /// Puts a type in.
    pub fn push(&mut self, outcome: &OutcomeType, facts: Facts) {
        let mut record = Record::new(facts);
        for (place, text) in record.texts.iter_mut().zip(outcome.texts()) {
            if let Some(text) = text {
                *place = self.add_text(text);
            }
        }
        if let Some(ordinal) = outcome.ordinal {
            record.numbers[0] = ordinal;
        }
        if let Some(version) = outcome.version {
            record.numbers[1] = version;
        }
        self.records.push(record);
    }

    /// The earlier record with the key of the one at `place`, where there is one. To be asked of
    /// every record in turn.
    pub fn earlier(&self, index: &mut TextIndex, place: usize) -> Option<usize> {
        let key = self.key(place);
        let is = |known: u32| self.key(known as usize) == key;
        index.insert(key, place as u32, is).map(|place| place as usize)
    }

    /// Whether a record has the key.
    pub fn has(&self, key: &[u8]) -> bool {
        (0..self.records.len()).any(|place| self.key(place) == key)
    }

    /// The key of the record at a place.
    pub fn key(&self, place: usize) -> &[u8] {
        self.records.get(place).map_or(&[], |record| self.text(record.texts[KEY]))
    }

    /// The registry of the records in their order; keys are unique among them.
    pub fn finish(mut self, complete: bool) -> Registry {
        self.records.truncate(MAX_TYPES as usize);
        let count = self.records.len();
        let slot_bits = (count * 2).next_power_of_two().trailing_zeros().max(4);
        let rows_at = HEADER + (SLOT << slot_bits);
        let texts_at = rows_at + count * ROW;
        let mut bytes = Vec::with_capacity(texts_at + self.text.len());
        bytes.resize(texts_at, 0);
        let mut live = 0;
        let mut row = 0;
        for place in order_by(&self.records, Record::place) {
            let Some(record) = self.records.get(place) else { continue };
            live += u32::from(!record.facts.is_retired());
            let mut at = rows_at + row * ROW;
            row += 1;
            let key = self.text(record.texts[KEY]);
            let slot_at = free_slot(&bytes, slot_bits, key);
            put(&mut bytes, slot_at, key.get(..PREFIX).unwrap_or(key));
            let key_at = (bytes.len() - texts_at) as u32;
            put_words(&mut bytes, slot_at + PREFIX, &[key.len() as u32, key_at, row as u32, record.facts.0]);
            for span in record.texts {
                // Only what is still used goes along.
                let text_at = if span.at == ABSENT.at { ABSENT.at } else { (bytes.len() - texts_at) as u32 };
                put_words(&mut bytes, at, &[text_at, span.len]);
                bytes.extend_from_slice(self.text(span));
                at += 8;
            }
            for number in record.numbers {
                put(&mut bytes, at, &number.to_le_bytes());
                at += 8;
            }
            put_words(&mut bytes, at, &[record.facts.0]);
        }
        let len = bytes.len() as u32;
        put_words(&mut bytes, 0, &[MAGIC, len, 0, count as u32, live, slot_bits, u32::from(complete)]);
        let sum = checksum(&bytes);
        put_words(&mut bytes, 8, &[sum]);
        Registry { bytes }
    }
}

/// The place of the slot that a new key gets.
fn free_slot(bytes: &[u8], slot_bits: u32, key: &[u8]) -> usize {
    let image = Image::new(bytes);
    let slots = 1 << slot_bits;
    let mut slot = slot_of(key, slots);
    while image.slot(slot) != 0 {
        slot = (slot + 1) & (slots - 1);
    }
    HEADER + slot * SLOT
}

fn put_words(bytes: &mut [u8], mut at: usize, words: &[u32]) {
    for word in words {
        put(bytes, at, &word.to_le_bytes());
        at += 4;
    }
}

fn put(bytes: &mut [u8], at: usize, value: &[u8]) {
    if let Some(place) = bytes.get_mut(at..at + value.len()) {
        place.copy_from_slice(value);
    }
}

/// Whether bytes are an image of this version, whole and unchanged.
pub(super) fn is_sound(bytes: &[u8]) -> bool {
    let image = Image::new(bytes);
    image.word(0) == MAGIC && image.word(4) as usize == bytes.len() && image.word(8) == checksum(bytes)
}

/// FNV-1a over the words behind the sum's own: enough to see a damaged image, cheap enough to ask
/// every time.
fn checksum(bytes: &[u8]) -> u32 {
    let image = Image::new(bytes);
    let mut sum = 0x811c_9dc5;
    let mut at = 12;
    while at < bytes.len() {
        sum = (sum ^ image.word_or_rest(at)).wrapping_mul(0x0100_0193_u32);
        at += 4;
    }
    sum
}
