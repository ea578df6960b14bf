//! One key in one field: its syntax, whether it is free, or whether it is one that can be used.

use super::log::{Checkpoint, Log};
use super::table::{Field, Need, Object, Rule, name};
use super::walk::{Walked, value};
use super::{begin, end, registered};
use crate::json::MAX_DEPTH;
use crate::registry::{Found, Image};

/// The most bytes of a field's value.
const MAX_BYTES: u32 = 1 << 20;

/// A key that is to be made.
pub static NEW_KEY: Object = Object::new("the key", &[name("key")], &[Field::new(Rule::Key, Need::Required)]);

/// A key that names a type.
pub static OUTCOME: Object =
    Object::new("the outcome", &[name("outcome")], &[Field::new(Rule::Filled, Need::Required)]);

/// Checks a JSON value as a new key; against the registry where there is one.
pub fn check(image: Option<Image>, bytes: &[u8], walked: &mut Walked, log: &mut Log) -> bool {
    if single(bytes, &NEW_KEY, walked, log)
        && let Some(image) = image
    {
        let span = *walked.place(0);
        registered::free(image, walked.text(bytes, 0), 0, span, log);
    }
    log.errors() == 0
}

/// Checks a JSON value as the key of a type that new calls may name.
pub fn check_outcome(image: Image, bytes: &[u8], walked: &mut Walked, log: &mut Log) -> Option<Found> {
    if !single(bytes, &OUTCOME, walked, log) {
        return None;
    }
    let span = *walked.place(0);
    let found = image.find(walked.text(bytes, 0));
    if !found.is_some_and(|found| found.facts.is_usual()) {
        registered::named(image, found, &[], 0, span, log);
    }
    found
}

/// Reads a document that is one value; whether it keeps its rule.
fn single(bytes: &[u8], table: &'static Object, walked: &mut Walked, log: &mut Log) -> bool {
    (walked.named, walked.null, walked.usable) = (1, 0, 0);
    let mut cursor = begin(bytes.into(), MAX_BYTES, log);
    cursor.past_space();
    value(&mut cursor, MAX_DEPTH, 0, table.field(0), walked, log);
    end(&mut cursor, MAX_DEPTH, &Checkpoint::START, log) && walked.usable != 0
}
