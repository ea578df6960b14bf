//! One key in one field: its syntax, whether it is free, or whether it is one that can be used.

use super::log::{Checkpoint, Log};
use super::table::{Field, Need, Object, Rule};
use super::walk::{Walked, value};
use super::{begin, end, registered};
use crate::json::MAX_DEPTH;
use crate::registry::{Found, Image};

/// The most bytes of a field's value.
const MAX_BYTES: u32 = 1 << 20;

/// A key that is to be made.
pub static NEW_KEY: Object = Object::new("the key", &[Field { name: "key", rule: Rule::Key, need: Need::Required }]);

/// A key that names a type.
pub static OUTCOME: Object =
    Object::new("the outcome", &[Field { name: "outcome", rule: Rule::Filled, need: Need::Required }]);

/// Checks a JSON value as a new key; against the registry where there is one.
pub fn check(image: Option<Image>, bytes: &[u8], walked: &mut Walked, log: &mut Log) -> bool {
    if single(bytes, &NEW_KEY, walked, log)
        && let (Some(image), Some(key)) = (image, walked.value(0))
    {
        registered::free(image, bytes, 0, key, log);
    }
    log.errors() == 0
}

/// Checks a JSON value as the key of a type that new calls may name.
pub fn check_outcome(image: Image, bytes: &[u8], walked: &mut Walked, log: &mut Log) -> Option<Found> {
    let word = single(bytes, &OUTCOME, walked, log).then(|| walked.value(0)).flatten()?;
    registered::named(image, bytes, 0, word, None, log)
}

/// Reads a document that is one value. `false` where it cannot be read.
fn single(bytes: &[u8], table: &'static Object, walked: &mut Walked, log: &mut Log) -> bool {
    (walked.named, walked.null, walked.usable) = (1, 0, 0);
    let Some(mut cursor) = begin(bytes, MAX_BYTES, log) else { return false };
    cursor.past_space();
    let read = value(&mut cursor, MAX_DEPTH, 0, table.field(0), walked, log);
    end(&mut cursor, read, MAX_DEPTH, &Checkpoint::START, log)
}
