//! `Builder`: types on their way into an image: a record of words each, and one run of text.

use super::image::{HEADER, MAGIC, ROW};
use super::record::{CLASSIFICATION, IS_SYSTEM, KEY, Record, is_text};
use super::{Image, MAX_TYPES};
use crate::defaults::{SHAPES, TEXTS};
use crate::json::Span;
use crate::order::sort;
use crate::room::{extend, push, resize};

/// Bits of a place in a list of types.
const PLACE: u32 = 20;

/// What an image is made from.
#[derive(Default)]
pub(crate) struct Builder {
    /// The types; one without a key counts for nothing.
    pub records: Vec<Record>,
    /// Their texts.
    pub text: Vec<u8>,
    /// Whether the list they come from was whole.
    pub complete: bool,
}

impl Builder {
    /// Takes every type of an image, in its order.
    pub fn take(&mut self, image: Image) {
        self.complete = image.is_complete();
        extend(&mut self.text, image.texts());
        for row in 0..image.rows() {
            let mut record = Record::new();
            for (place, word) in record.0.iter_mut().enumerate() {
                *word = image.row_word(row, place as u32);
            }
            push(&mut self.records, record);
        }
    }

    /// Puts in the ten system types; `listed` is whether the loaded list had them.
    pub fn take_defaults(&mut self, listed: bool) {
        self.complete |= listed;
        let mut at = self.text.len() as u32;
        extend(&mut self.text, &TEXTS);
        for shape in &SHAPES {
            let mut record = Record::new();
            for (member, first) in (KEY..).zip(shape) {
                let first = u32::from(*first);
                if member < CLASSIFICATION {
                    record.set(member, at, first);
                    at += first;
                } else {
                    record.set(member, first, 0);
                }
            }
            record.set(IS_SYSTEM, 1, 0);
            record.conclude(listed);
            push(&mut self.records, record);
        }
    }

    /// The key of the record at a place.
    pub fn key(&self, place: usize) -> &[u8] {
        match self.records.get(place) {
            Some(record) => record.text(KEY).of(&self.text),
            None => &[],
        }
    }

    /// The image of the records in their order; keys are unique among them.
    pub fn finish(&self) -> Vec<u8> {
        let mut order = Vec::new();
        let mut live = 0;
        for (place, record) in self.records.iter().enumerate() {
            if record.has(KEY) && order.len() < MAX_TYPES as usize {
                push(&mut order, record.place() << PLACE | place as u64);
                live += u32::from(!record.facts().is_retired());
            }
        }
        sort(&mut order);
        let mut slots = 16;
        while slots < order.len() * 2 {
            slots *= 2;
        }
        let texts_at = HEADER + order.len() * ROW + slots * 4;
        let mut bytes = Vec::new();
        resize(&mut bytes, texts_at);
        let header = [MAGIC, 0, 0, order.len() as u32, live, slots as u32, u32::from(self.complete)];
        put_words(&mut bytes, 0, &header);
        let mut row = 0;
        for packed in &order {
            let Some(record) = self.records.get(*packed as usize & ((1 << PLACE) - 1)) else { continue };
            let mut words = record.0;
            for (cell, words) in words.chunks_exact_mut(2).enumerate() {
                if let [at, len] = words
                    && is_text(cell)
                {
                    // Only what is still used goes along.
                    let text = Span { at: *at, len: *len }.of(&self.text);
                    *at = (bytes.len() - texts_at) as u32;
                    extend(&mut bytes, text);
                }
            }
            let slot_at = Image::unchecked(&bytes).slot_of(record.text(KEY).of(&self.text));
            put_words(&mut bytes, HEADER + row * ROW, &words);
            row += 1;
            put_words(&mut bytes, slot_at, &[row as u32]);
        }
        // Whole words, for the sum.
        let len = (bytes.len() + 3) & !3;
        resize(&mut bytes, len);
        let sum = checksum(&bytes);
        put_words(&mut bytes, 4, &[len as u32, sum]);
        bytes
    }
}

fn put_words(bytes: &mut [u8], mut at: usize, words: &[u32]) {
    for word in words {
        if let Some(place) = bytes.get_mut(at..at + 4).and_then(|place| place.first_chunk_mut()) {
            *place = word.to_le_bytes();
        }
        at += 4;
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
    let image = Image::unchecked(bytes);
    let mut sum = 0x811c_9dc5;
    let mut at = 12;
    while at < bytes.len() {
        sum = (sum ^ image.word(at)).wrapping_mul(0x0100_0193_u32);
        at += 4;
    }
    sum
}
