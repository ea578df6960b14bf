//! Sorting and telling apart, the small way: one sort over numbers and one index by text serve every
//! list of the core. (The standard library's sorts and maps come once per type: 19 KB of wasm.)

use crate::json::simd::{CHUNK, Chunk};
use crate::room::{extend, push};

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

/// A place among so many for a text, given with its first sixteen bytes: from the top bits of a product, which every
/// bit of the text has moved.
#[inline(always)]
pub fn home(first: Chunk, text: &[u8], factor: u64, places: usize) -> usize {
    let mut hash = mixed(0, first, factor);
    let mut at = CHUNK;
    while at < text.len() {
        // The last sixteen may begin in those before.
        hash = mixed(hash, Chunk::at(text, at.min(text.len() - CHUNK)), factor);
        at += CHUNK;
    }
    ((hash >> 32).wrapping_mul(places as u64) >> 32) as usize
}

#[inline(always)]
fn mixed(hash: u64, chunk: Chunk, factor: u64) -> u64 {
    let [one, other] = chunk.halves();
    ((hash ^ one).wrapping_mul(factor).rotate_left(32) ^ other).wrapping_mul(factor)
}

/// What [`TextIndex::insert`] answers for a text that it did not have.
pub const NEW: u32 = u32::MAX;

/// Tells texts apart, and numbers them as they come.
#[derive(Clone, Debug, Default)]
pub struct TextIndex {
    /// The number + 1 of a text; 0 is free.
    slots: Vec<u32>,
    /// The texts, one behind the other,
    text: Vec<u8>,
    /// and where each ends.
    ends: Vec<u32>,
}

impl TextIndex {
    /// The number of a text; [`NEW`] where it is put in only now.
    pub fn insert(&mut self, text: &[u8]) -> u32 {
        let count = self.ends.len();
        let start = self.text.len();
        // It goes in as a new one, and out again where it is known.
        extend(&mut self.text, text);
        push(&mut self.ends, self.text.len() as u32);
        let mut number = count;
        let size = self.slots.len();
        if count * 2 >= size {
            self.slots.clear();
            while self.slots.len() < (size * 2).max(16) {
                push(&mut self.slots, 0);
            }
            // Every text gets another slot.
            number = 0;
        }
        while number < count {
            self.place(number as u32);
            number += 1;
        }
        let known = self.place(number as u32);
        if known != NEW {
            self.text.truncate(start);
            self.ends.truncate(count);
        }
        known
    }

    /// Gives a text its slot, unless another one like it has one: the number of that.
    fn place(&mut self, number: u32) -> u32 {
        let Self { slots, text, ends } = self;
        let wanted = text_of(text, ends, number);
        let size = slots.len();
        let mut slot = home(Chunk::at(wanted, 0), wanted, FACTOR, size);
        while let Some(known) = slots.get_mut(slot) {
            if *known == 0 {
                *known = number + 1;
                break;
            }
            if *text_of(text, ends, *known - 1) == *wanted {
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

fn text_of<'a>(text: &'a [u8], ends: &[u32], number: u32) -> &'a [u8] {
    let end = |number: u32| match ends.get(number as usize) {
        Some(end) => *end as usize,
        None => 0,
    };
    text.get(end(number.wrapping_sub(1))..end(number)).unwrap_or_default()
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
        let words: Vec<String> = (0..500).map(|number| format!("word{}", number % 300)).collect();
        let mut index = TextIndex::default();
        for (place, word) in (0_u32..).zip(&words) {
            let before = index.insert(word.as_bytes());
            assert_eq!(before, place.checked_sub(300).unwrap_or(NEW));
        }
    }
}
