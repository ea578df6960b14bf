//! `Builder`: interactions on their way into a log: a list of numbers for each column, and every text once.

use super::rows::{COLUMNS_AT, FLAGS, HAS_VALUE, HEADER, MAGIC, ROOM, Rows, TEXTS, TEXTS_AT, TIME};
use super::texts::Texts;
use crate::json::Span;
use crate::room::{extend, push, push_here, reserve, resize};

/// What a log is made from.
#[derive(Default)]
pub struct Builder {
    /// The texts of each column,
    texts: [Texts; TEXTS],
    /// and for each row which it has.
    numbers: [Vec<u32>; TEXTS],
    flags: Vec<u8>,
    times: Vec<i64>,
    values: Vec<f64>,
}

impl Builder {
    /// The text of a column of the row under way, where it stands in a document; an empty one where it has none.
    #[inline(always)]
    pub(super) fn text(&mut self, column: usize, document: &[u8], span: Span) {
        if let (Some(texts), Some(numbers)) = (self.texts.get_mut(column), self.numbers.get_mut(column)) {
            push_here(numbers, texts.number_at(document, span));
        }
    }

    /// The rest of the row under way, all of whose texts are there.
    #[inline(always)]
    pub(super) fn end_row(&mut self, time: i64, direction: u32, value: Option<f64>) {
        let flags = direction | if value.is_some() { HAS_VALUE } else { 0 };
        push_here(&mut self.flags, flags as u8);
        push_here(&mut self.times, time);
        if let Some(value) = value {
            push_here(&mut self.values, value);
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.flags.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.flags.is_empty()
    }

    /// Takes all rows of a log, behind those that are there.
    pub fn take(&mut self, rows: Rows) {
        let count = rows.len();
        for column in 0..TEXTS {
            // The numbers that its texts have here.
            let mut here = Vec::new();
            push(&mut here, 0);
            let (Some(texts), Some(numbers)) = (self.texts.get_mut(column), self.numbers.get_mut(column)) else {
                break;
            };
            for number in 1..=rows.texts(column) {
                push(&mut here, texts.number(rows.text(column, number)));
            }
            reserve(numbers, count);
            let there = rows.column(column);
            for row in 0..count {
                push_here(numbers, here.get(there.number(row) as usize).copied().unwrap_or(0));
            }
        }
        let (flags, times, earliest) = (rows.column(FLAGS), rows.column(TIME), rows.earliest());
        let mut values = 0;
        for row in 0..count {
            let flag = flags.number(row);
            let value = if flag & HAS_VALUE != 0 { Some(rows.value(values)) } else { None };
            values += usize::from(value.is_some());
            self.end_row(earliest.saturating_add_unsigned(times.at(row)), flag & (HAS_VALUE - 1), value);
        }
    }

    /// The log of all rows. The builder is as it was: more may follow.
    pub fn finish(&self) -> Vec<u8> {
        let count = self.len();
        let (mut earliest, mut latest) = (i64::MAX, i64::MIN);
        for time in &self.times {
            earliest = earliest.min(*time);
            latest = latest.max(*time);
        }
        if count == 0 {
            (earliest, latest) = (0, 0);
        }
        let since = |time: &i64| time.wrapping_sub(earliest) as u64;
        let mut log = Vec::new();
        resize(&mut log, HEADER);
        let words = [MAGIC, 0, 0, count as u32, self.values.len() as u32, earliest as u32, (earliest >> 32) as u32];
        put_words(&mut log, 0, &words);
        for (column, (texts, numbers)) in self.texts.iter().zip(&self.numbers).enumerate() {
            column_of(&mut log, column, texts.ends.len() as u64, numbers.iter().map(|number| u64::from(*number)));
        }
        column_of(&mut log, FLAGS, 7, self.flags.iter().map(|flags| u64::from(*flags)));
        column_of(&mut log, TIME, since(&latest), self.times.iter().map(since));
        for (column, texts) in self.texts.iter().enumerate() {
            let (at, ends_at) = (log.len(), log.len() + texts.bytes.len());
            extend(&mut log, &texts.bytes);
            reserve(&mut log, texts.ends.len() * 4);
            for end in &texts.ends {
                extend(&mut log, &end.to_le_bytes());
            }
            put_words(&mut log, TEXTS_AT + column * 12, &[at as u32, ends_at as u32, texts.ends.len() as u32]);
        }
        let values_at = log.len() as u32;
        put_words(&mut log, 28, &[values_at]);
        for value in &self.values {
            extend(&mut log, &value.to_le_bytes());
        }
        // Whole words, for the sum.
        let len = (log.len() + ROOM + 3) & !3;
        resize(&mut log, len);
        put_words(&mut log, 4, &[len as u32]);
        let sum = checksum(&log);
        put_words(&mut log, 8, &[sum]);
        log
    }
}

/// Writes a column as wide as its largest number.
fn column_of(log: &mut Vec<u8>, column: usize, largest: u64, numbers: impl Iterator<Item = u64>) {
    let width = (8 - largest.leading_zeros() as usize / 8).min(8);
    let at = log.len() as u32;
    put_words(log, COLUMNS_AT + column * 8, &[at, width as u32]);
    if width == 0 {
        return;
    }
    for number in numbers {
        extend(log, number.to_le_bytes().get(..width).unwrap_or_default());
    }
}

#[inline(never)]
fn put_words(log: &mut [u8], at: usize, words: &[u32]) {
    let (places, _) = log.get_mut(at..).unwrap_or_default().as_chunks_mut::<4>();
    for (place, word) in places.iter_mut().zip(words) {
        *place = word.to_le_bytes();
    }
}

/// FNV-1a over the words behind the sum's own: enough to see that bytes were damaged.
pub(super) fn checksum(log: &[u8]) -> u32 {
    let (words, _) = log.get(12..).unwrap_or_default().as_chunks::<4>();
    words.iter().fold(0x811c_9dc5, |sum, word| (sum ^ u32::from_le_bytes(*word)).wrapping_mul(0x0100_0193))
}
