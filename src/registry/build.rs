//! Making an image: from rows, or from another image and one change.

use super::image::{HEADER, MAGIC, PREFIX, ROW, SLOT, slot_of};
use super::{Facts, Image, MAX_TYPES, Registry, Row};
use crate::outcome::OutcomeType;

/// The place of a text that is absent.
const ABSENT: u32 = u32::MAX;
/// The `ordinal` of a type that has none (A).
const ORDINAL: f64 = 99.0;

impl Registry {
    /// The registry of the rows; keys are unique among them. They are put into the registry's
    /// order: what no list had, then by `ordinal`, then as they came.
    pub(crate) fn build(mut rows: Vec<Row>, complete: bool) -> Self {
        rows.truncate(MAX_TYPES as usize);
        rows.sort_by(|a, b| place(a).total_cmp(&place(b)));
        let slot_bits = (rows.len() * 2).next_power_of_two().trailing_zeros().max(4);
        let slots = SLOT << slot_bits;
        let text_at = HEADER + slots + rows.len() * ROW;
        let mut head = vec![0; HEADER + slots];
        let mut body = Vec::with_capacity(rows.len() * ROW);
        let mut text = Text { at: text_at, bytes: Vec::new() };
        let mut live = 0;
        for (index, row) in rows.iter().enumerate() {
            let facts = Facts::of(row);
            live += u32::from(!facts.is_retired());
            let key_at = text.write(&mut body, Some(row.outcome.key));
            for field in texts(&row.outcome) {
                text.write(&mut body, field);
            }
            for number in [row.outcome.ordinal, row.outcome.version] {
                body.extend_from_slice(&number.unwrap_or(f64::NAN).to_le_bytes());
            }
            body.extend_from_slice(&facts.0.to_le_bytes());
            body.extend_from_slice(&[0; 4]);
            insert(&mut head, slot_bits, row.outcome.key.as_bytes(), [key_at, index as u32 + 1, facts.0]);
        }
        head.extend_from_slice(&body);
        head.extend_from_slice(&text.bytes);
        let header = [MAGIC, head.len() as u32, 0, rows.len() as u32, live, slot_bits, u32::from(complete)];
        for (place, word) in header.into_iter().enumerate() {
            put(&mut head, place * 4, &word.to_le_bytes());
        }
        let sum = checksum(head.get(12..).unwrap_or_default());
        put(&mut head, 8, &sum.to_le_bytes());
        Self { bytes: head }
    }
}

impl<'a> Image<'a> {
    /// Every type on its way into another registry.
    fn all(&self) -> Vec<Row<'a>> {
        let row = |row| {
            let listed = self.facts(row).is_listed();
            self.outcome(row).map(|outcome| Row { outcome, listed })
        };
        (0..self.rows()).filter_map(row).collect()
    }

    /// The next registry, with the type in place of the one of its key or behind all others.
    pub fn with(&self, outcome: OutcomeType) -> Registry {
        let mut rows: Vec<Row> = self.all();
        let added = Row { outcome, listed: true };
        match rows.iter_mut().find(|row| row.outcome.key == outcome.key) {
            Some(row) => *row = added,
            None => rows.push(added),
        }
        Registry::build(rows, self.is_complete())
    }

    /// The next registry, with the key's type retired at a time (ISO 8601).
    pub fn without(&self, key: &str, deleted_at: &str) -> Registry {
        let mut rows: Vec<Row> = self.all();
        for row in rows.iter_mut().filter(|row| row.outcome.key == key) {
            row.outcome.deleted_at = Some(deleted_at);
        }
        Registry::build(rows, self.is_complete())
    }
}

/// Whether bytes are an image of this version, whole and unchanged.
pub(super) fn is_sound(bytes: &[u8]) -> bool {
    let image = Image::new(bytes);
    image.word(0) == MAGIC
        && image.word(4) as usize == bytes.len()
        && bytes.get(12..).is_some_and(|rest| image.word(8) == checksum(rest))
}

fn place(row: &Row) -> f64 {
    if row.listed { row.outcome.ordinal.unwrap_or(ORDINAL) } else { -1.0 }
}

fn texts<'a>(outcome: &OutcomeType<'a>) -> [Option<&'a str>; 7] {
    [
        Some(outcome.name),
        Some(outcome.description),
        outcome.id,
        outcome.tenant_id,
        outcome.created_at,
        outcome.updated_at,
        outcome.deleted_at,
    ]
}

/// The text behind the rows, as it grows.
struct Text {
    at: usize,
    bytes: Vec<u8>,
}

impl Text {
    /// Adds a text, and its place and length to the row; the place.
    fn write(&mut self, row: &mut Vec<u8>, text: Option<&str>) -> u32 {
        let at = text.map_or(ABSENT, |_| (self.at + self.bytes.len()) as u32);
        let text = text.unwrap_or_default();
        row.extend_from_slice(&at.to_le_bytes());
        row.extend_from_slice(&(text.len() as u32).to_le_bytes());
        self.bytes.extend_from_slice(text.as_bytes());
        at
    }
}

fn insert(head: &mut [u8], slot_bits: u32, key: &[u8], [key_at, row, facts]: [u32; 3]) {
    let slots = 1 << slot_bits;
    let mut slot = slot_of(key, slots);
    let taken =
        |head: &[u8], slot: usize| head.get(HEADER + slot * SLOT + 24..).is_some_and(|row| !row.starts_with(&[0; 4]));
    while taken(head, slot) {
        slot = (slot + 1) & (slots - 1);
    }
    let at = HEADER + slot * SLOT;
    put(head, at, key.get(..PREFIX).unwrap_or(key));
    for (place, word) in [key.len() as u32, key_at, row, facts].into_iter().enumerate() {
        put(head, at + PREFIX + place * 4, &word.to_le_bytes());
    }
}

fn put(bytes: &mut [u8], at: usize, value: &[u8]) {
    if let Some(place) = bytes.get_mut(at..at + value.len()) {
        place.copy_from_slice(value);
    }
}

/// FNV-1a over words: enough to see a damaged image, cheap enough to ask every time.
fn checksum(bytes: &[u8]) -> u32 {
    bytes.chunks(4).fold(0x811c_9dc5, |sum, part| {
        let mut word = [0; 4];
        put(&mut word, 0, part);
        (sum ^ u32::from_le_bytes(word)).wrapping_mul(0x0100_0193)
    })
}
