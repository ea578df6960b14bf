//! `Builder`: types on their way into an image: a record of words each, and one run of text.

use super::image::{HEADER, MAGIC, NOWHERE, SLOT};
use super::record::{CLASSIFICATION, IS_SYSTEM, KEY, Record, is_text};
use super::{Image, MAX_TYPES};
use crate::defaults::{SHAPES, TEXTS};
use crate::json::simd::{CHUNK, Chunk};
use crate::order::sort;
use crate::room::{extend, extend_words, push, push_here, reserve, resize};

/// Bits of a place in a list of types.
const PLACE: u32 = 20;

/// How often other slots are tried before a key is left without one.
const MOST_SALTS: u32 = 16;
/// What no record has: a place, and that of a slot.
pub(crate) const NONE: usize = usize::MAX;

/// What an image is made from.
#[derive(Default)]
pub(crate) struct Builder {
    /// The types; one without a key counts for nothing.
    pub records: Vec<Record>,
    /// The image as far as it is made: room for its header, then text.
    pub image: Vec<u8>,
    /// Whether the list they come from was whole.
    pub complete: bool,
    /// Where the slots begin,
    slots_at: usize,
    /// and where each record's is.
    slots: Vec<u32>,
}

impl Builder {
    /// Takes a document whose strings the types name: where it begins in the image.
    pub fn take_document(&mut self, document: &[u8]) -> u32 {
        // As much again for what comes behind it.
        reserve(&mut self.image, document.len() * 2 + 4096);
        if self.image.is_empty() {
            resize(&mut self.image, HEADER);
        }
        let at = self.image.len() as u32;
        extend(&mut self.image, document);
        at
    }

    /// Takes every type of an image, in its order, with the texts that are still used.
    pub fn take(&mut self, image: Image) {
        self.complete = image.is_complete();
        self.take_document(&[]);
        for row in 0..image.rows() {
            let mut record = Record::new();
            for (place, word) in record.0.iter_mut().enumerate() {
                *word = image.row_word(row, place as u32);
            }
            for (cell, words) in record.0.chunks_exact_mut(2).enumerate() {
                if let [at, _] = words
                    && is_text(cell as u32)
                {
                    *at = self.take_document(image.text(row, cell as u32));
                }
            }
            push(&mut self.records, record);
        }
    }

    /// Puts in the ten system types; `listed` is whether the loaded list had them.
    pub fn take_defaults(&mut self, listed: bool) {
        self.complete |= listed;
        let mut at = self.take_document(&TEXTS);
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
            Some(record) => record.text(KEY).of(&self.image),
            None => &[],
        }
    }

    /// Gives the key of the record at a place its slot; every place has its turn, in order. Where a record had that
    /// key before, its place: the last one counts, but a live one before a retired one, and the other is emptied.
    pub fn index(&mut self, place: usize) -> usize {
        let (mut next, mut salt) = (place, 0);
        loop {
            if next == 0 {
                self.start(salt);
            }
            let known = self.name(next);
            if next < place {
                next += 1;
            } else if known == NOWHERE && salt < MOST_SALTS {
                // Keys were made to meet there: others would not meet where these do.
                salt += 1;
                next = 0;
            } else {
                return known;
            }
        }
    }

    /// Puts free slots behind the text.
    fn start(&mut self, salt: u32) {
        let Self { records, image, slots, slots_at, .. } = self;
        // A multiple of four, so that rows begin with a whole word; behind the last one that a hash may say are fifteen.
        let count = (records.len() * 3 / 2 + CHUNK + 3) & !3;
        if salt == 0 {
            *slots_at = image.len().next_multiple_of(SLOT);
        }
        slots.clear();
        resize(image, *slots_at);
        resize(image, *slots_at + count * (SLOT + 1));
        let complete = u32::from(self.complete);
        put_words(image, 0, &[MAGIC, 0, 0, 0, 0, *slots_at as u32, count as u32, complete, salt]);
    }

    /// Has a slot name the record at a place. The one that it named before, or [`NONE`]; [`NOWHERE`] where there is no
    /// slot for it.
    fn name(&mut self, place: usize) -> usize {
        let Self { records, image, slots, slots_at, .. } = self;
        let Some(record) = records.get(place) else { return NONE };
        let span = record.text(KEY);
        let made = Image::unchecked(image);
        let (slot, marks_at) = (made.slot_of(image, span), made.marks_at());
        let at = slot.at();
        push_here(slots, at as u32);
        if at == NOWHERE {
            // An emptied one has no key.
            return if record.has(KEY) { NOWHERE } else { NONE };
        }
        let mut known = Image::unchecked(image).word(at + CHUNK).wrapping_sub(1) as usize;
        let mut loser = known;
        if known >= place {
            known = NONE;
        } else if let (true, Some(record)) = (record.facts().is_retired(), records.get(known))
            && !record.facts().is_retired()
        {
            loser = place;
        }
        // Behind a text stand the slots at least.
        if loser != place
            && let Some(first) = Chunk::whole(image, span.at as usize).map(|first| first.first(span.len))
            && let Some((before, marks)) = image.split_at_mut_checked(marks_at)
            && let Some(mark) = marks.get_mut((at - *slots_at) / SLOT)
            && let Some(words) = before.get_mut(at..).and_then(<[u8]>::first_chunk_mut::<SLOT>)
            && let ([one, other, row_and_facts, rest], _) = words.as_chunks_mut()
        {
            *mark = slot.mark();
            let [first, second] = first.halves();
            *one = first.to_le_bytes();
            *other = second.to_le_bytes();
            *row_and_facts = (u64::from(record.facts().0) << 32 | (place as u64 + 1)).to_le_bytes();
            *rest = (u64::from(span.at) << 32 | u64::from(span.len)).to_le_bytes();
        }
        if known != NONE
            && let Some(record) = records.get_mut(loser)
        {
            *record = Record::new();
        }
        known
    }

    /// The image of the records in their order.
    pub fn finish(&mut self) -> Vec<u8> {
        self.records.truncate(MAX_TYPES as usize);
        let count = self.records.len();
        for place in self.slots.len()..count {
            self.index(place);
        }
        let mut order = Vec::new();
        let mut live = 0;
        let mut last = 0;
        let mut is_sorted = true;
        reserve(&mut order, count);
        for (place, record) in self.records.iter().enumerate() {
            if record.has(KEY) {
                let packed = record.place() << PLACE | place as u64;
                is_sorted &= last <= packed;
                last = packed;
                push_here(&mut order, packed);
                live += u32::from(!record.facts().is_retired());
            }
        }
        if !is_sorted {
            sort(&mut order);
        }
        let mut bytes = std::mem::take(&mut self.image);
        // Records that stand side by side go in at once.
        let (mut start, mut end) = (0, 0);
        for (row, packed) in order.iter().enumerate() {
            let place = *packed as usize & ((1 << PLACE) - 1);
            if place != end {
                extend_words(&mut bytes, self.records.get(start..end).unwrap_or_default());
                start = place;
            }
            end = place + 1;
            // The slot named the record.
            if let Some(at) = self.slots.get(place)
                && let Some(slot) = bytes.get_mut(*at as usize + CHUNK..)
                && let Some(named) = slot.first_chunk_mut()
            {
                *named = (row as u32 + 1).to_le_bytes();
            }
        }
        extend_words(&mut bytes, self.records.get(start..end).unwrap_or_default());
        let len = bytes.len() as u32;
        put_words(&mut bytes, 4, &[len]);
        put_words(&mut bytes, 12, &[order.len() as u32, live]);
        bytes
    }
}

#[inline(never)]
fn put_words(bytes: &mut [u8], at: usize, words: &[u32]) {
    let (places, _) = bytes.get_mut(at..).unwrap_or_default().as_chunks_mut::<4>();
    for (place, word) in places.iter_mut().zip(words) {
        *place = word.to_le_bytes();
    }
}

/// Writes the sum of an image that is to be kept.
pub(super) fn seal(bytes: &mut [u8]) {
    let sum = checksum(bytes);
    put_words(bytes, 8, &[sum]);
}

/// Whether bytes are an image of this version, whole and unchanged.
pub(super) fn is_sound(bytes: &[u8]) -> bool {
    let image = Image::new(bytes);
    image.word(0) == MAGIC && image.word(4) as usize == bytes.len() && image.word(8) == checksum(bytes)
}

/// FNV-1a over the words behind the sum's own: enough to see a damaged image.
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
