//! `Image`: a registry in borrowed bytes, looked up in where it lies.
//!
//! Layout, little-endian, in words of four bytes: a header of 12 (magic, length, checksum, types, live types, where the
//! slots begin, how many there are, complete, what their hash was salted with, 0); text, among it the document that it
//! was loaded from; three slots or more for every two types, of 8 (the first sixteen bytes of a key, NUL behind a shorter
//! one; row + 1; facts; the key's length and place); a byte for each slot, its mark: some of the hash of its key, 0 where
//! it is free; a row for each type, the words of its [`Record`](super::Record). Places count from the image's first byte.

use std::str::from_utf8;

use super::record::{
    ABSENT, CREATED_AT, DELETED_AT, DESCRIPTION, ID, KEY, NAME, ORDINAL, TENANT_ID, UPDATED_AT, VERSION, WORDS,
};
use super::{Facts, Filter, Found};
use crate::json::Span;
use crate::json::simd::{CHUNK, Chunk};
use crate::json::write::push_number;
use crate::key::{MAX_KEY, push_key};
use crate::order::{FACTOR, hash, place};
use crate::outcome::OutcomeType;
use crate::room::{extend, push};
use crate::suggest;

/// "KOR" and the version of the layout: an image of another version is not read.
pub(super) const MAGIC: u32 = u32::from_le_bytes(*b"KOR\x04");
pub(super) const HEADER: usize = 48;
pub(super) const SLOT: usize = 32;
pub(super) const ROW: usize = WORDS * 4;
/// How many times sixteen slots a key may be away from where its hash says: what a lookup costs at most. A third of the
/// slots are free, so that among a million keys the furthest is some 200 slots away.
const FURTHEST: usize = 16;
/// The most types that are looked at for a suggestion.
const MAX_SUGGESTED: u32 = 2000;

/// The row of a key that is not there.
const NONE: u32 = u32::MAX;
/// Behind every image.
pub(super) const NOWHERE: usize = u32::MAX as usize / 2;

/// Where a slot is, and above that the mark of the key that it was looked for with. One number: two would be answered
/// through memory.
#[derive(Clone, Copy)]
pub(super) struct Slot(u64);

impl Slot {
    #[inline(always)]
    fn new(place: usize, mark: u64) -> Self {
        Self(mark << 32 | (place * SLOT) as u64)
    }

    pub fn at(self) -> usize {
        self.0 as u32 as usize
    }

    pub fn mark(self) -> u8 {
        (self.0 >> 32) as u8
    }
}

/// A registry in borrowed bytes.
#[derive(Clone, Copy)]
pub struct Image<'a> {
    bytes: &'a [u8],
}

impl<'a> Image<'a> {
    /// A registry in bytes that [`Registry::into_bytes`](super::Registry::into_bytes) gave; more may follow behind it.
    pub fn new(bytes: &'a [u8]) -> Self {
        let image = Image { bytes };
        let len = if image.word(0) == MAGIC { image.word(4) as usize } else { bytes.len() };
        Self { bytes: bytes.get(..len).unwrap_or_default() }
    }

    /// One that is being made, or that was looked at before; more may follow behind it.
    pub(crate) fn unchecked(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    pub(super) fn word(self, at: usize) -> u32 {
        match self.bytes.get(at..at + 4) {
            Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
            _ => 0,
        }
    }

    /// How many types it has, retired ones included.
    pub fn rows(self) -> u32 {
        self.word(12)
    }

    /// How many live types it has.
    pub fn size(self) -> u32 {
        self.word(16)
    }

    /// Whether the list it was made from was whole: only then is an unknown key surely unknown.
    pub fn is_complete(self) -> bool {
        self.word(28) == 1
    }

    /// The type of the key, retired types included.
    #[inline(never)]
    pub fn find(self, key: &[u8]) -> Option<Found> {
        self.find_at(key, Span { at: 0, len: key.len() as u32 })
    }

    /// The same of a key that stands in a longer text, which costs less where it is short.
    #[inline(always)]
    pub fn find_at(self, text: &[u8], span: Span) -> Option<Found> {
        let at = self.slot_of(text, span).at();
        let row = self.word(at + CHUNK).wrapping_sub(1);
        if row == NONE { None } else { Some(Found { row, facts: Facts(self.word(at + CHUNK + 4)) }) }
    }

    /// The slot that has the key, or the free one that it gets; [`NOWHERE`] where all that it may have are others'.
    /// What is called is called last: around a call in their midst engines would keep everything in memory.
    #[inline(never)]
    pub(super) fn slot_of(self, text: &[u8], span: Span) -> Slot {
        const NO_SLOT: Slot = Slot(NOWHERE as u64);
        // The head at once, in place of a bound to test for each of its words.
        let Some(header) = self.bytes.first_chunk::<HEADER>() else { return NO_SLOT };
        let (header, _) = header.as_chunks::<4>();
        let &[_, _, _, _, _, slots_at, slots, _, salt, ..] = header else { return NO_SLOT };
        let (slots_at, slots) = (u32::from_le_bytes(slots_at) as usize, u32::from_le_bytes(slots) as usize);
        let Some(first) = Chunk::whole(text, span.at as usize) else { return self.slot_of_last(text, span) };
        let (first, key) = (first.first(span.len), span.of(text));
        let hash = hash(first, key, FACTOR ^ u64::from(u32::from_le_bytes(salt)) << 24);
        let mark = u64::from((hash >> 32) as u8 | 1);
        let (all, _) = self.bytes.as_chunks::<SLOT>();
        let begin = slots_at / SLOT;
        let end = begin + slots;
        let mut slot = begin + place(hash, slots.wrapping_sub(CHUNK));
        for _ in 0..FURTHEST {
            // The marks of sixteen slots at once: nearly always no slot has the key's, or its own alone.
            let Some(marks) = Chunk::whole(self.bytes, end * SLOT + slot - begin) else { break };
            let mut same = marks.same(Chunk::all(mark as u8));
            while same != 0 {
                let at = slot + same.trailing_zeros() as usize;
                let Some(([known, words], _)) = all.get(at).map(|known| known.as_chunks()) else { break };
                let ([_, _, len, text_at], _) = words.as_chunks::<4>() else { break };
                if Chunk::new(known).same(first) == 0xffff
                    && u32::from_le_bytes(*len) as usize == key.len()
                    && (key.len() <= CHUNK || rest_is(self.bytes, u32::from_le_bytes(*text_at) as usize, key))
                {
                    return Slot::new(at, mark);
                }
                same &= same - 1;
            }
            let free = marks.same(Chunk::all(0));
            if free != 0 {
                return Slot::new(slot + free.trailing_zeros() as usize, mark);
            }
            slot += CHUNK;
            if slot + CHUNK > end {
                break;
            }
        }
        NO_SLOT
    }

    /// The same of a key with less than sixteen bytes from its first one on.
    #[cold]
    #[inline(never)]
    fn slot_of_last(self, text: &[u8], span: Span) -> Slot {
        let mut copy = [0; CHUNK];
        for (place, byte) in copy.iter_mut().zip(span.of(text)) {
            *place = *byte;
        }
        self.slot_of(&copy, Span { at: 0, ..span })
    }

    /// The facts of the type at a place of the order.
    pub fn facts(self, row: u32) -> Facts {
        Facts(self.row_word(row, WORDS as u32 - 1))
    }

    /// A word of the record at a place of the order.
    pub(crate) fn row_word(self, row: u32, place: u32) -> u32 {
        self.word(self.rows_at() + row as usize * ROW + place as usize * 4)
    }

    /// A text of the type at a place of the order; empty where it has none.
    pub(crate) fn text(self, row: u32, member: u32) -> &'a [u8] {
        // Where it has none, this ends before it begins.
        let at = self.row_word(row, member * 2) as usize;
        let len = self.row_word(row, member * 2 + 1) as usize;
        self.bytes.get(at..at.wrapping_add(len)).unwrap_or_default()
    }

    /// Where the marks of the slots begin.
    pub(super) fn marks_at(self) -> usize {
        self.word(20) as usize + self.word(24) as usize * SLOT
    }

    fn rows_at(self) -> usize {
        self.marks_at() + self.word(24) as usize
    }

    /// The type at a place of the order.
    pub fn outcome(self, row: u32) -> Option<OutcomeType<'a>> {
        let has = |member: u32| self.row_word(row, member * 2 + 1) != ABSENT;
        let text = |member: u32| from_utf8(self.text(row, member)).ok().filter(|_| has(member));
        let number = |member: u32| {
            let [low, high] = [0, 1].map(|half| u64::from(self.row_word(row, member * 2 + half)));
            has(member).then_some((high << 32 | low) as f64)
        };
        if row >= self.rows() {
            return None;
        }
        let facts = self.facts(row);
        Some(OutcomeType {
            key: text(KEY)?,
            name: text(NAME)?,
            description: text(DESCRIPTION)?,
            classification: facts.classification(),
            category: facts.category(),
            is_system: facts.is_system(),
            id: text(ID),
            tenant_id: text(TENANT_ID),
            ordinal: number(ORDINAL),
            status: facts.status(),
            version: number(VERSION),
            created_at: text(CREATED_AT),
            updated_at: text(UPDATED_AT),
            deleted_at: text(DELETED_AT),
        })
    }

    /// The places of the types that pass a filter, in order.
    pub fn list(self, filter: Filter) -> impl Iterator<Item = u32> + use<'a> {
        (0..self.rows()).filter(move |row| filter.takes(self.facts(*row)))
    }

    /// The nearest live key to an unknown word: spelt as a key, by meaning, by letters.
    pub fn suggest(self, word: &str) -> Option<&'a str> {
        let key = self.nearest(word.as_bytes());
        if key.is_empty() { None } else { from_utf8(key).ok() }
    }

    /// The same in bytes; none where there is no such key.
    pub fn nearest(self, word: &[u8]) -> &'a [u8] {
        if word.len() > suggest::MAX_WORD {
            return &[];
        }
        let mut made = Vec::new();
        push_key(word, &mut made);
        let mut row = self.live(&made);
        // Of the words on the line that has it, the first one that is a live key.
        let mut start = 0;
        let mut is_meant = false;
        let mut first = NONE;
        for (at, byte) in suggest::SYNONYMS.iter().enumerate() {
            if *byte > b' ' {
                continue;
            }
            let synonym = suggest::SYNONYMS.get(start..at).unwrap_or_default();
            start = at + 1;
            is_meant |= *synonym == *made;
            if first == NONE {
                first = self.live(synonym);
            }
            if *byte == b'\n' {
                if is_meant && row == NONE {
                    row = first;
                }
                is_meant = false;
                first = NONE;
            }
        }
        if row != NONE {
            return self.text(row, KEY);
        }
        let mut search = suggest::Search::new(word);
        for row in 0..self.rows().min(MAX_SUGGESTED) {
            if !self.facts(row).is_retired() {
                search.offer(self.text(row, KEY));
            }
        }
        search.best
    }

    /// The row of a live key.
    fn live(self, key: &[u8]) -> u32 {
        match self.find(key) {
            Some(found) if !found.facts.is_retired() => found.row,
            _ => NONE,
        }
    }

    /// A free key for a display name: numbered where the plain one is taken, `""` where the name
    /// has nothing that a key can be made of.
    pub fn propose_key(self, name: &str) -> String {
        let mut key = Vec::new();
        self.push_free_key(name.as_bytes(), &mut key);
        from_utf8(&key).unwrap_or_default().into()
    }

    /// Appends the same to an empty list.
    pub fn push_free_key(self, name: &[u8], key: &mut Vec<u8>) {
        push_key(name, key);
        let made = key.len();
        let mut number = 2_u64;
        while !key.is_empty() && self.find(key).is_some() {
            let mut suffix = Vec::new();
            push(&mut suffix, b'_');
            push_number(&mut suffix, number);
            key.truncate(made.min(MAX_KEY - suffix.len()));
            extend(key, &suffix);
            number += 1;
        }
    }
}

/// Whether what stands at a place is the key, behind its first sixteen bytes.
#[inline(always)]
fn rest_is(texts: &[u8], place: usize, key: &[u8]) -> bool {
    let mut at = CHUNK;
    while at < key.len() {
        let last = at.min(key.len() - CHUNK);
        match (Chunk::whole(texts, place + last), Chunk::whole(key, last)) {
            (Some(known), Some(wanted)) if known.same(wanted) == 0xffff => at += CHUNK,
            _ => return false,
        }
    }
    true
}
