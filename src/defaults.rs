//! The ten system outcome types, as a table (S); every row is checked at compile time.

use crate::key::Key;
use crate::outcome::Category::{Impression, Response};
use crate::outcome::Classification::{Negative, Neutral, Positive};
use crate::outcome::{Category, Classification, OutcomeType};

/// What is known of a system type: the rest is the same for all of them.
#[derive(Clone, Copy)]
struct System {
    /// Key, name, description.
    texts: [&'static str; 3],
    classification: Classification,
    category: Category,
}

/// The rows of the table.
#[rustfmt::skip]
const ROWS: [System; 10] = [
    row("impression",     "Impression",     Neutral,  Impression, "Customer was shown the recommendation"),
    row("click",          "Click",          Positive, Response,   "Customer clicked on the recommendation"),
    row("conversion",     "Conversion",     Positive, Response,   "Customer completed the desired action"),
    row("not_interested", "Not Interested", Negative, Response,   "Customer said the recommendation is of no interest"),
    row("opt_out",        "Opt Out",        Negative, Response,   "Customer asked for no more recommendations of this kind"),
    row("defer",          "Defer",          Neutral,  Response,   "Customer put the decision off until later"),
    row("dismiss",        "Dismiss",        Negative, Response,   "Customer closed the recommendation"),
    row("share",          "Share",          Positive, Response,   "Customer shared the recommendation with somebody"),
    row("save",           "Save",           Positive, Response,   "Customer saved the recommendation for later"),
    row("complaint",      "Complaint",      Negative, Response,   "Customer complained about the recommendation"),
];

/// How many there are.
pub(crate) const COUNT: usize = ROWS.len();

/// All their texts, one behind the other.
pub(crate) static TEXTS: [u8; TEXT_LEN] = texts();
const TEXT_LEN: usize = text_len();

/// For each of them how long its key, its name and its description are, its classification and its
/// category.
pub(crate) static SHAPES: [[u8; 5]; COUNT] = shapes();

/// The system types that every tenant has: always there, never changed, never deleted.
pub const DEFAULTS: [OutcomeType<'static>; 10] = outcomes();

const fn row(
    key: &'static str,
    name: &'static str,
    classification: Classification,
    category: Category,
    description: &'static str,
) -> System {
    System { texts: [Key::from_static(key).as_str(), name, description], classification, category }
}

const fn text_len() -> usize {
    let mut len = 0;
    let mut rest: &[System] = &ROWS;
    while let [System { texts: [key, name, description], .. }, tail @ ..] = rest {
        len += key.len() + name.len() + description.len();
        rest = tail;
    }
    len
}

#[allow(clippy::indexing_slicing, reason = "runs at compile time, where a wrong index is a compile error")]
const fn texts() -> [u8; TEXT_LEN] {
    let mut texts = [0; TEXT_LEN];
    let mut at = 0;
    let mut part = 0;
    while part < COUNT * 3 {
        let text = ROWS[part / 3].texts[part % 3].as_bytes();
        let mut place = 0;
        while place < text.len() {
            texts[at] = text[place];
            at += 1;
            place += 1;
        }
        part += 1;
    }
    texts
}

#[allow(clippy::indexing_slicing, reason = "runs at compile time, where a wrong index is a compile error")]
const fn shapes() -> [[u8; 5]; COUNT] {
    let mut shapes = [[0; 5]; COUNT];
    let mut place = 0;
    while place < COUNT {
        let System { texts: [key, name, description], classification, category } = ROWS[place];
        shapes[place] =
            [key.len() as u8, name.len() as u8, description.len() as u8, classification as u8, category as u8];
        place += 1;
    }
    shapes
}

#[allow(clippy::indexing_slicing, reason = "runs at compile time, where a wrong index is a compile error")]
const fn outcomes() -> [OutcomeType<'static>; 10] {
    let mut outcomes = [outcome(&ROWS[0]); 10];
    let mut place = 0;
    while place < outcomes.len() {
        outcomes[place] = outcome(&ROWS[place]);
        place += 1;
    }
    outcomes
}

const fn outcome(system: &System) -> OutcomeType<'static> {
    let System { texts: [key, name, description], classification, category } = *system;
    OutcomeType {
        key,
        name,
        description,
        classification,
        category,
        is_system: true,
        id: None,
        tenant_id: None,
        ordinal: None,
        status: None,
        version: None,
        created_at: None,
        updated_at: None,
        deleted_at: None,
    }
}
