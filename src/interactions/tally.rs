//! The report: how many interactions there are of each key, classification and category.

use super::Window;
use super::rows::{OUTCOME, Rows, TIME};
use crate::json::write::Writer;
use crate::order::sort;
use crate::outcome::{Category, Classification};
use crate::registry::{Found, Image};
use crate::room::push;

/// The most suggestions of an answer: they are the one thing here that costs.
const MAX_SUGGESTIONS: usize = 16;

/// How many interactions there are of what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally<'a> {
    /// All of them.
    pub total: u64,
    /// Of each registered key that there is any of, in the registry's order.
    pub keys: Vec<Count<'a>>,
    /// Of each key that is not registered, in the order met.
    pub unknown: Vec<Count<'a>>,
    /// By classification, in the order of its words; retired types under their last.
    pub classifications: [u64; 3],
    /// By category, in the order of its words.
    pub categories: [u64; 2],
}

/// How many interactions have one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count<'a> {
    /// The key.
    pub key: &'a [u8],
    /// How many.
    pub count: u64,
    /// What the registry says of it.
    pub found: Option<Found>,
}

/// Counts the interactions in a window.
pub fn tally<'a>(rows: Rows<'a>, image: Image, window: Window) -> Tally<'a> {
    let mut counts = Vec::new();
    for _ in 0..=rows.texts(OUTCOME) {
        push(&mut counts, 0_u64);
    }
    let (outcomes, times, earliest) = (rows.column(OUTCOME), rows.column(TIME), rows.earliest());
    for row in 0..rows.len() {
        if (window == Window::ALWAYS || window.has(earliest.saturating_add_unsigned(times.at(row))))
            && let Some(count) = counts.get_mut(outcomes.number(row) as usize)
        {
            *count += 1;
        }
    }
    let mut tally = Tally::default();
    let meanings = rows.meanings(image);
    let mut known = Vec::new();
    for (number, (count, found)) in (0_u32..).zip(counts.iter().zip(&meanings)) {
        tally.total += count;
        match found {
            _ if *count == 0 => {}
            Some(found) => push(&mut known, u64::from(found.row) << 32 | u64::from(number)),
            None => push(&mut tally.unknown, Count { key: rows.text(OUTCOME, number), count: *count, found: None }),
        }
    }
    sort(&mut known);
    for packed in known {
        let number = packed as u32;
        let count = counts.get(number as usize).copied().unwrap_or(0);
        let found = meanings.get(number as usize).copied().flatten();
        if let Some(found) = found {
            add(&mut tally.classifications, found.facts.classification() as usize, count);
            add(&mut tally.categories, found.facts.category() as usize, count);
        }
        push(&mut tally.keys, Count { key: rows.text(OUTCOME, number), count, found });
    }
    tally
}

fn add(counts: &mut [u64], place: usize, count: u64) {
    if let Some(known) = counts.get_mut(place) {
        *known += count;
    }
}

impl Tally<'_> {
    /// How many interactions have keys that are not registered.
    pub fn unknown_total(&self) -> u64 {
        self.unknown.iter().map(|count| count.count).sum()
    }

    /// How many have keys of retired types, which stand among the others.
    pub fn retired_total(&self) -> u64 {
        let retired = |count: &&Count| count.found.is_some_and(|found| found.facts.is_retired());
        self.keys.iter().filter(retired).map(|count| count.count).sum()
    }

    /// The same as JSON.
    pub fn write(&self, image: Image, writer: &mut Writer) {
        writer.open(b'{');
        writer.number_member(b"total", self.total);
        writer.name(b"keys");
        writer.open(b'[');
        for Count { key, count, found } in &self.keys {
            writer.open(b'{');
            writer.string_member(b"key", key);
            writer.number_member(b"count", *count);
            if let Some(found) = found {
                writer.string_member(b"classification", found.facts.classification().word().as_bytes());
                writer.string_member(b"category", found.facts.category().word().as_bytes());
                writer.raw_member(b"retired", if found.facts.is_retired() { b"true" } else { b"false" });
            }
            writer.close(b'}');
        }
        writer.close(b']');
        by_word(b"classification", Classification::WORDS, &self.classifications, writer);
        by_word(b"category", Category::WORDS, &self.categories, writer);
        writer.number_member(b"retired", self.retired_total());
        writer.name(b"unknown");
        writer.open(b'{');
        writer.number_member(b"total", self.unknown_total());
        writer.name(b"keys");
        writer.open(b'[');
        for (place, Count { key, count, .. }) in self.unknown.iter().enumerate() {
            writer.open(b'{');
            writer.string_member(b"key", key);
            writer.number_member(b"count", *count);
            let nearest = if place < MAX_SUGGESTIONS { image.nearest(key) } else { &[] };
            if !nearest.is_empty() {
                writer.string_member(b"suggestion", nearest);
            }
            writer.close(b'}');
        }
        writer.close(b']');
        writer.close(b'}');
        writer.close(b'}');
    }
}

fn by_word(name: &[u8], words: &[&str], counts: &[u64], writer: &mut Writer) {
    writer.name(name);
    writer.open(b'{');
    for (word, count) in words.iter().zip(counts) {
        writer.number_member(word.as_bytes(), *count);
    }
    writer.close(b'}');
}
