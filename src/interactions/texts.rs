//! `Texts`: the texts of a column as they come, each once and with a number.

use crate::json::Span;
use crate::json::simd::{CHUNK, Chunk};
use crate::order::{FACTOR, home};
use crate::room::{extend, push, push_here, zeros};

/// How many slots there are at first, and how many times as many when half of them are taken.
const SLOTS: usize = 64;
const MORE: usize = 4;
/// How far from where its hash says a text may be: where more meet they were made to, and the slots are salted.
const FURTHEST: usize = 256;
/// How often other slots are tried.
const MOST_SALTS: u64 = 16;

/// Texts and their numbers, from 1; 0 is for none.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts {
    /// All of them, one behind the other.
    pub bytes: Vec<u8>,
    /// Where each ends.
    pub ends: Vec<u32>,
    /// The number of the text that has the slot; 0 is free.
    slots: Vec<u32>,
    salt: u64,
}

impl Texts {
    /// The number of a text, which gets one where it has none; 0 for the empty one.
    pub fn number(&mut self, text: &[u8]) -> u32 {
        self.number_at(text, Span { at: 0, len: text.len() as u32 })
    }

    /// The same of a text that stands in a longer one, which costs less.
    #[inline(always)]
    pub fn number_at(&mut self, document: &[u8], span: Span) -> u32 {
        let text = span.of(document);
        if text.is_empty() {
            return 0;
        }
        let known = self.known(Chunk::at(document, span.at as usize).first(span.len), text);
        if known > 0 { known } else { self.add(text) }
    }

    /// The number of a text; 0 where it has none.
    pub fn find(&self, text: &[u8]) -> u32 {
        self.known(Chunk::at(text, 0).first(text.len() as u32), text)
    }

    /// The same of one whose first sixteen bytes are taken.
    #[inline(always)]
    fn known(&self, first: Chunk, text: &[u8]) -> u32 {
        let size = self.slots.len();
        let mut slot = home(first, text, FACTOR ^ self.salt << 24, size);
        while let Some(number) = self.slots.get(slot) {
            if *number == 0 || self.is(*number, first, text) {
                return *number;
            }
            slot += 1;
            if slot == size {
                slot = 0;
            }
        }
        0
    }

    /// Whether a number's text is this one.
    #[inline(always)]
    fn is(&self, number: u32, first: Chunk, text: &[u8]) -> bool {
        let known = self.span(number);
        known.len as usize == text.len()
            && Chunk::at(&self.bytes, known.at as usize).first(known.len).same(first) == 0xffff
            && (text.len() <= CHUNK || *known.of(&self.bytes) == *text)
    }

    /// Where the text of a number stands.
    #[inline(always)]
    fn span(&self, number: u32) -> Span {
        let place = number as usize;
        let end = |place: usize| self.ends.get(place).copied().unwrap_or(0);
        let at = if place > 1 { end(place - 2) } else { 0 };
        Span { at, len: end(place.wrapping_sub(1)).saturating_sub(at) }
    }

    /// The text of a number; nothing for 0.
    fn text(&self, number: u32) -> &[u8] {
        self.span(number).of(&self.bytes)
    }

    #[inline(never)]
    fn add(&mut self, text: &[u8]) -> u32 {
        extend(&mut self.bytes, text);
        push(&mut self.ends, self.bytes.len() as u32);
        let number = self.ends.len() as u32;
        let size = self.slots.len();
        if number as usize * 2 >= size {
            self.fill((size * MORE).max(SLOTS));
        } else if !self.place(number) {
            self.fill(size);
        }
        number
    }

    /// Gives every text a slot of so many, salted anew where too many meet.
    fn fill(&mut self, size: usize) {
        loop {
            self.slots = zeros(size);
            let count = self.ends.len() as u32;
            // With the last salt none is too far away.
            if (1..=count).all(|number| self.place(number)) {
                return;
            }
            self.salt += 1;
        }
    }

    /// Gives a text the next free slot; whether that is near enough.
    fn place(&mut self, number: u32) -> bool {
        let text = self.text(number);
        let size = self.slots.len();
        let mut slot = home(Chunk::at(text, 0).first(text.len() as u32), text, FACTOR ^ self.salt << 24, size);
        let mut steps = 0;
        while let Some(known) = self.slots.get_mut(slot) {
            if *known == 0 {
                *known = number;
                break;
            }
            steps += 1;
            if steps > FURTHEST && self.salt <= MOST_SALTS {
                return false;
            }
            slot += 1;
            if slot == size {
                slot = 0;
            }
        }
        true
    }
}

/// Pairs of numbers, each once and with a place, from 0.
#[derive(Default)]
pub(super) struct Pairs {
    pub pairs: Vec<[u32; 2]>,
    slots: Vec<u32>,
}

impl Pairs {
    /// The place of a pair, which gets one where it has none.
    #[inline(always)]
    pub fn place(&mut self, pair: [u32; 2]) -> usize {
        if (self.pairs.len() + 1) * 2 >= self.slots.len() {
            self.grow();
        }
        let mut slot = self.home(pair);
        while let Some(known) = self.slots.get_mut(slot) {
            if *known == 0 {
                push_here(&mut self.pairs, pair);
                *known = self.pairs.len() as u32;
                break;
            }
            let place = *known as usize - 1;
            if self.pairs.get(place) == Some(&pair) {
                return place;
            }
            slot += 1;
            if slot == self.slots.len() {
                slot = 0;
            }
        }
        self.pairs.len().wrapping_sub(1)
    }

    /// Numbers are given out in order, so nobody makes them meet.
    fn home(&self, [one, other]: [u32; 2]) -> usize {
        let hash = (u64::from(one) << 32 | u64::from(other)).wrapping_mul(FACTOR).rotate_left(32).wrapping_mul(FACTOR);
        ((hash >> 32).wrapping_mul(self.slots.len() as u64) >> 32) as usize
    }

    #[inline(never)]
    fn grow(&mut self) {
        self.slots = zeros((self.slots.len() * MORE).max(SLOTS));
        for place in 0..self.pairs.len() {
            let mut slot = self.home(self.pairs.get(place).copied().unwrap_or_default());
            while self.slots.get(slot).is_some_and(|known| *known > 0) {
                slot = if slot + 1 == self.slots.len() { 0 } else { slot + 1 };
            }
            if let Some(free) = self.slots.get_mut(slot) {
                *free = place as u32 + 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether texts get the numbers in which they came, and keep them.
    fn hold(texts: &[String]) -> Texts {
        let mut known = Texts::default();
        for _ in 0..2 {
            for (number, text) in (1_u32..).zip(texts) {
                assert_eq!(known.number(text.as_bytes()), number);
                assert_eq!(*known.text(number), *text.as_bytes());
            }
        }
        assert_eq!((known.number(b""), known.find(b"none of them"), known.text(0)), (0, 0, b"".as_slice()));
        known
    }

    #[test]
    fn texts_are_told_apart_and_keep_their_numbers() {
        hold(&[]);
        for prefix in ["C", "a_rather_long_customer_number_"] {
            let texts: Vec<String> = (0..20_000).map(|number| format!("{prefix}{number}")).collect();
            assert_eq!(hold(&texts).salt, 0);
        }
    }

    #[test]
    fn texts_that_were_made_to_meet_do_not() {
        const COUNT: usize = 400;
        // As many slots as so many texts will have.
        let size = (0..).map(|power| SLOTS * MORE.pow(power)).find(|size| COUNT * 2 < *size).unwrap_or(SLOTS);
        let place =
            |text: &String| home(Chunk::at(text.as_bytes(), 0).first(text.len() as u32), text.as_bytes(), FACTOR, size);
        let texts: Vec<String> =
            (0..).map(|number| format!("k{number}")).filter(|text| place(text) == 7).take(COUNT).collect();
        assert!(hold(&texts).salt > 0);
    }

    #[test]
    fn pairs_keep_their_places() {
        let mut pairs = Pairs::default();
        for _ in 0..2 {
            for place in 0..5000 {
                assert_eq!(pairs.place([place as u32 % 70, place as u32]), place);
            }
        }
        assert_eq!(pairs.pairs.len(), 5000);
    }
}
