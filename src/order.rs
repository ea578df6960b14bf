//! Sorting and telling apart, the small way: one sort over numbers and one index by text serve every
//! list of the core. (The standard library's sorts and maps come once per type: 19 KB of wasm.)

use crate::json::Span;
use crate::json::simd::{CHUNK, Chunk};
use crate::room::{extend, push_here, zeros};

/// The widest step of [`sort`]; each next one is a third of it, down to 1 (Knuth's 1, 4, 13, 40, ...).
const WIDEST: usize = 797_161;

/// Sorts in place, in far less than n² steps whatever the numbers are: as a shell sort, which is
/// through quickly with a list that is nearly in order already, as most of them are.
pub fn sort(numbers: &mut [u64]) {
    let mut step = WIDEST;
    while step > 0 {
        for place in step..numbers.len() {
            let sinking = at(numbers, place);
            let mut place = place;
            while place >= step && at(numbers, place - step) > sinking {
                put(numbers, place, at(numbers, place - step));
                place -= step;
            }
            put(numbers, place, sinking);
        }
        step /= 3;
    }
}

/// The number at a place, which is one of the list.
fn at(numbers: &[u64], place: usize) -> u64 {
    match numbers.get(place) {
        Some(number) => *number,
        None => 0,
    }
}

fn put(numbers: &mut [u64], place: usize, number: u64) {
    if let Some(known) = numbers.get_mut(place) {
        *known = number;
    }
}

/// What a hash multiplies by, unless it is told another odd number.
pub const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// A place among so many for a text, given with its first sixteen bytes.
#[inline(always)]
pub fn home(first: Chunk, text: &[u8], factor: u64, places: usize) -> usize {
    place(hash(first, text, factor), places)
}

/// A hash's place among so many: from its top bits, which every bit of the text has moved.
#[inline(always)]
pub fn place(hash: u64, places: usize) -> usize {
    ((hash >> 32).wrapping_mul(places as u64) >> 32) as usize
}

/// The hash of a text: a product.
#[inline(always)]
pub fn hash(first: Chunk, text: &[u8], factor: u64) -> u64 {
    let mut hash = mixed(0, first, factor);
    let mut at = CHUNK;
    while at < text.len() {
        // The last sixteen may begin in those before.
        let Some(chunk) = Chunk::whole(text, at.min(text.len() - CHUNK)) else { break };
        hash = mixed(hash, chunk, factor);
        at += CHUNK;
    }
    hash
}

#[inline(always)]
fn mixed(hash: u64, chunk: Chunk, factor: u64) -> u64 {
    let [one, other] = chunk.halves();
    ((hash ^ one).wrapping_mul(factor).rotate_left(32) ^ other).wrapping_mul(factor)
}

/// What [`TextIndex::insert`] answers for a text that it did not have.
pub const NEW: u32 = u32::MAX;
/// How many slots an index begins with, and how many times as many it has when half of them are taken.
const SLOTS: usize = 64;
const MORE: usize = 8;

/// Tells the texts of a document apart, and numbers them as they come.
#[derive(Clone, Debug, Default)]
pub struct TextIndex {
    /// The number + 1 of a text; 0 is free.
    slots: Vec<u32>,
    /// Where each text stands: behind the end of the document, where that does not have it as it is,
    texts: Vec<Span>,
    /// but it was made.
    made: Vec<u8>,
}

impl TextIndex {
    /// The number of a text that stands at a place of the document, `made` where that has it with escapes; [`NEW`] where
    /// it is put in only now.
    pub fn insert(&mut self, document: &[u8], mut span: Span, made: Option<&[u8]>) -> u32 {
        if let Some(made) = made {
            span = Span { at: (document.len() + self.made.len()) as u32, len: made.len() as u32 };
            extend(&mut self.made, made);
        }
        let count = self.texts.len();
        push_here(&mut self.texts, span);
        let size = self.slots.len();
        let mut number = count;
        if count * 2 >= size {
            self.slots = zeros((size * MORE).max(SLOTS));
            // Every text gets another slot.
            number = 0;
        }
        while number < count {
            self.place(document, number);
            number += 1;
        }
        let known = self.place(document, count);
        if known != NEW {
            self.texts.truncate(count);
        }
        known
    }

    /// Gives a text its slot, unless another one like it has one: the number of that.
    fn place(&mut self, document: &[u8], number: usize) -> u32 {
        let Self { slots, texts, made } = self;
        let text_of = |number: usize| {
            let span = texts.get(number).copied().unwrap_or_default();
            let at = (span.at as usize).wrapping_sub(document.len());
            if at < made.len() { (made.as_slice(), Span { at: at as u32, ..span }) } else { (document, span) }
        };
        let (around, span) = text_of(number);
        let wanted = span.of(around);
        let first = Chunk::at(around, span.at as usize).first(span.len);
        let size = slots.len();
        let mut slot = home(first, wanted, FACTOR, size);
        while let Some(known) = slots.get_mut(slot) {
            if *known == 0 {
                *known = number as u32 + 1;
                break;
            }
            let (around, other) = text_of(*known as usize - 1);
            if other.len == span.len && *other.of(around) == *wanted {
                return *known - 1;
            }
            slot += 1;
            if slot == size {
                slot = 0;
            }
        }
        NEW
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_like_the_standard_library() {
        let mut state = 1_u64;
        for len in [0, 1, 2, 3, 7, 64, 1000] {
            let mut numbers: Vec<u64> = (0..len)
                .map(|_| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    state >> 40
                })
                .collect();
            let mut expected = numbers.clone();
            expected.sort_unstable();
            sort(&mut numbers);
            assert_eq!(numbers, expected);
        }
    }

    #[test]
    fn an_index_tells_texts_apart() {
        let words: Vec<String> = (0..5000).map(|number| format!("word{}", number % 3000)).collect();
        let document = words.concat();
        let mut index = TextIndex::default();
        let mut at = 0;
        for (place, word) in (0_u32..).zip(&words) {
            // Every third one is no word of the document.
            let made = (place % 3 == 0).then_some(word.as_bytes());
            let known = index.insert(document.as_bytes(), Span { at, len: word.len() as u32 }, made);
            assert_eq!(known, place.checked_sub(3000).unwrap_or(NEW));
            at += word.len() as u32;
        }
    }
}
