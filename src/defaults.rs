//! The ten system outcome types, as a table (S); every row is checked at compile time.

use crate::key::Key;
use crate::outcome::Category::{Impression, Response};
use crate::outcome::Classification::{Negative, Neutral, Positive};
use crate::outcome::{Category, Classification, OutcomeType};

/// The system types that every tenant has: always there, never changed, never deleted.
#[rustfmt::skip]
pub const DEFAULTS: [OutcomeType<'static>; 10] = [
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

const fn row(
    key: &'static str,
    name: &'static str,
    classification: Classification,
    category: Category,
    description: &'static str,
) -> OutcomeType<'static> {
    OutcomeType {
        key: Key::from_static(key).as_str(),
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
