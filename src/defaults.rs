//! The ten system outcome types, as a table (S); every row is checked at compile time.

use crate::key::Key;
use crate::outcome::Category::{Impression, Response};
use crate::outcome::Classification::{Negative, Neutral, Positive};
use crate::outcome::{Category, Classification, OutcomeType};

/// What is known of a system type: the rest is the same for all of them.
#[derive(Clone, Copy, Debug)]
pub struct System {
    /// Key, name, description.
    pub texts: [&'static str; 3],
    /// Positive, negative or neutral.
    pub classification: Classification,
    /// Impression or response.
    pub category: Category,
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

/// The system types as the core reads them.
pub static SYSTEM: [System; 10] = ROWS;

/// The system types that every tenant has: always there, never changed, never deleted.
pub const DEFAULTS: [OutcomeType<'static>; 10] = outcomes();

/// The system type of a key.
pub fn find(key: &[u8]) -> Option<&'static System> {
    for system in &SYSTEM {
        let [known, ..] = system.texts;
        if known.as_bytes() == key {
            return Some(system);
        }
    }
    None
}

const fn row(
    key: &'static str,
    name: &'static str,
    classification: Classification,
    category: Category,
    description: &'static str,
) -> System {
    System { texts: [Key::from_static(key).as_str(), name, description], classification, category }
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
