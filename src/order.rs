//! Sorting and telling apart, the small way: one merge sort over numbers and one index by text serve
//! every list of the core. (The standard library's sorts and maps come once per type: 19 KB of wasm.)

/// Sorts, equal numbers included, in n log n steps and with one buffer.
pub fn sort(numbers: &mut Vec<u64>) {
    let mut from = std::mem::take(numbers);
    let mut into = Vec::with_capacity(from.len());
    let mut run = 1;
    while run < from.len() {
        // Two runs at a time, `left` up to `middle` and `right` up to `end`.
        let mut end = 0;
        while end < from.len() {
            let mut left = end;
            let middle = left + run;
            let mut right = middle;
            end = from.len().min(middle + run);
            while into.len() < end {
                let a = if left < middle { from.get(left) } else { None };
                let b = if right < end { from.get(right) } else { None };
                match (a, b) {
                    (Some(a), b) if b.is_none_or(|b| a <= b) => {
                        into.push(*a);
                        left += 1;
                    }
                    (_, Some(b)) => {
                        into.push(*b);
                        right += 1;
                    }
                    _ => break,
                }
            }
        }
        std::mem::swap(&mut from, &mut into);
        into.clear();
        run *= 2;
    }
    *numbers = from;
}

/// The order of things by a number below 2^44: the places of the things, equal ones as they stand.
pub fn order_by<T>(things: &[T], number: impl Fn(&T) -> u64) -> Vec<usize> {
    const PLACE: u32 = 20;
    let mut packed = Vec::with_capacity(things.len());
    for (place, thing) in things.iter().enumerate() {
        packed.push(number(thing) << PLACE | place as u64);
    }
    sort(&mut packed);
    let mut places = Vec::with_capacity(packed.len());
    for packed in packed {
        places.push((packed & ((1 << PLACE) - 1)) as usize);
    }
    places
}

/// A 64-bit hash whose top bits every bit of the bytes has moved.
pub fn hash(bytes: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut hash = bytes.len() as u64;
    let mut rest = bytes;
    while !rest.is_empty() {
        let word;
        (word, rest) = match rest.split_first_chunk::<8>() {
            Some((word, rest)) => (u64::from_le_bytes(*word), rest),
            None => (rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)), [].as_slice()),
        };
        hash = (hash.rotate_left(29) ^ word).wrapping_mul(FACTOR);
    }
    hash
}

/// Finds things by their text: holds places only, the texts stay where they are.
#[derive(Clone, Debug, Default)]
pub struct TextIndex {
    /// The hash's upper half and the place + 1; 0 is free. A power of two of them.
    slots: Vec<(u32, u32)>,
    count: usize,
}

impl TextIndex {
    /// The place that was put in for this text before; otherwise puts `place` in. `is` tells
    /// whether the thing at a place has the text.
    pub fn insert(&mut self, text: &[u8], place: u32, is: impl Fn(u32) -> bool) -> Option<u32> {
        if self.count * 2 >= self.slots.len() {
            self.grow();
        }
        let hash = (hash(text) >> 32) as u32;
        let mut slot = self.slot(hash);
        while let Some((known, taken)) = self.slots.get(slot).copied().filter(|(_, taken)| *taken > 0) {
            if known == hash && is(taken - 1) {
                return Some(taken - 1);
            }
            slot = self.next(slot);
        }
        self.put(hash, place + 1);
        None
    }

    /// Forgets everything; the memory is kept.
    pub fn clear(&mut self) {
        if self.count > 0 {
            self.slots.fill((0, 0));
            self.count = 0;
        }
    }

    fn slot(&self, hash: u32) -> usize {
        let bits = self.slots.len().trailing_zeros();
        (u64::from(hash) >> (32 - bits.min(32))) as usize
    }

    fn next(&self, slot: usize) -> usize {
        (slot + 1) & (self.slots.len() - 1)
    }

    fn put(&mut self, hash: u32, taken: u32) {
        let mut slot = self.slot(hash);
        while self.slots.get(slot).is_some_and(|(_, taken)| *taken > 0) {
            slot = self.next(slot);
        }
        if let Some(free) = self.slots.get_mut(slot) {
            *free = (hash, taken);
            self.count += 1;
        }
    }

    #[cold]
    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(16);
        let old = std::mem::replace(&mut self.slots, vec![(0, 0); size]);
        self.count = 0;
        for (hash, taken) in old {
            if taken > 0 {
                self.put(hash, taken);
            }
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
        assert_eq!(order_by(&["b", "a", "b"], |word| u64::from(*word == "b")), [1, 0, 2]);
    }

    #[test]
    fn an_index_tells_texts_apart() {
        let words: Vec<String> = (0..500).map(|number| format!("word{}", number % 300)).collect();
        let mut index = TextIndex::default();
        for (place, word) in (0..).zip(&words) {
            let before = index.insert(word.as_bytes(), place, |known| words.get(known as usize) == Some(word));
            assert_eq!(before, place.checked_sub(300));
        }
        index.clear();
        assert_eq!(index.insert(b"word1", 7, |_| true), None);
    }
}
