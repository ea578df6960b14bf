//! Sorting and telling apart, the small way: one sort over numbers and one index by text serve every
//! list of the core. (The standard library's sorts and maps come once per type: 19 KB of wasm.)

use crate::room::{extend, push};

/// Sorts in n log n steps and in place: as a heap, whose largest number goes to the end again and
/// again.
pub fn sort(numbers: &mut [u64]) {
    let mut end = numbers.len();
    let mut start = end / 2;
    while end > 1 {
        let sinking;
        if start > 0 {
            start -= 1;
            sinking = at(numbers, start);
        } else {
            end -= 1;
            sinking = at(numbers, end);
            put(numbers, end, at(numbers, 0));
        }
        let heap = numbers.get_mut(..end).unwrap_or_default();
        let mut place = start;
        loop {
            let mut child = place * 2 + 1;
            child += usize::from(at(heap, child + 1) > at(heap, child));
            if at(heap, child) <= sinking {
                break;
            }
            put(heap, place, at(heap, child));
            place = child;
        }
        put(heap, place, sinking);
    }
}

/// The number at a place; 0, which sinks no further, behind the end.
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

/// A 64-bit hash whose top bits every bit of the bytes has moved.
pub fn hash(bytes: &[u8]) -> u64 {
    let mut hash = bytes.len() as u64;
    for byte in bytes {
        hash = (hash.rotate_left(29) ^ u64::from(*byte)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    hash
}

/// What [`TextIndex::insert`] answers for a text that it did not have.
pub const NEW: u32 = u32::MAX;

/// Tells texts apart, and numbers them as they come.
#[derive(Clone, Debug, Default)]
pub struct TextIndex {
    /// The number + 1 of a text; 0 is free. A power of two of them.
    slots: Vec<u32>,
    /// The texts, one behind the other,
    text: Vec<u8>,
    /// and where each begins and ends.
    places: Vec<(u32, u32)>,
}

impl TextIndex {
    /// The number of a text; [`NEW`] where it is put in only now.
    pub fn insert(&mut self, text: &[u8]) -> u32 {
        let count = self.places.len() as u32;
        let size = self.slots.len();
        if count as usize * 2 >= size {
            self.slots.clear();
            while self.slots.len() < (size * 2).max(16) {
                push(&mut self.slots, 0);
            }
            for number in 0..count {
                let slot = self.find(self.text(number));
                self.put(slot, number);
            }
        }
        let slot = self.find(text);
        let known = self.known(slot);
        if known == 0 {
            let start = self.text.len() as u32;
            extend(&mut self.text, text);
            push(&mut self.places, (start, self.text.len() as u32));
            self.put(slot, count);
        }
        known.wrapping_sub(1)
    }

    /// The slot that has the text, or the free one that it gets.
    fn find(&self, text: &[u8]) -> usize {
        let last = self.slots.len().wrapping_sub(1);
        let mut slot = (hash(text) >> 32) as usize & last;
        loop {
            let known = self.known(slot);
            if known == 0 || self.text(known - 1) == text {
                return slot;
            }
            slot = (slot + 1) & last;
        }
    }

    fn known(&self, slot: usize) -> u32 {
        match self.slots.get(slot) {
            Some(known) => *known,
            None => 0,
        }
    }

    fn put(&mut self, slot: usize, number: u32) {
        if let Some(place) = self.slots.get_mut(slot) {
            *place = number + 1;
        }
    }

    fn text(&self, number: u32) -> &[u8] {
        match self.places.get(number as usize) {
            Some((start, end)) => self.text.get(*start as usize..*end as usize).unwrap_or_default(),
            None => &[],
        }
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
        let words: Vec<String> = (0..500).map(|number| format!("word{}", number % 300)).collect();
        let mut index = TextIndex::default();
        for (place, word) in (0_u32..).zip(&words) {
            let before = index.insert(word.as_bytes());
            assert_eq!(before, place.checked_sub(300).unwrap_or(NEW));
        }
    }
}
