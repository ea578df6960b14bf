//! Editing an outcome type: the key stays, system types stay as they are, the rest is as in creating.

use super::create::{self, CATEGORY, CLASSIFICATION, FIELDS, KEY, MAX_BYTES, NAME};
use super::log::{Checkpoint, Log};
use super::table::{Field, Need, Object, Rule};
use super::walk::{Walked, walk};
use super::{begin, end, registered};
use crate::issue::Code;
use crate::json::MAX_DEPTH;
use crate::json::write::Writer;
use crate::outcome::{Category, Classification};
use crate::registry::Image;

/// The members of a patch: those of a new type, none of them required. The key's own rules are
/// not asked again: it is the one that is there, or `immutable`.
pub static EDIT: Object = Object::new("the change", &EDIT_FIELDS);
const EDIT_FIELDS: [Field; FIELDS.len()] = create::with([
    (KEY, Rule::Text, Need::Optional),
    (NAME, Rule::Name, Need::Optional),
    (CLASSIFICATION, Rule::Choice(Classification::WORDS), Need::Optional),
    (CATEGORY, Rule::Choice(Category::WORDS), Need::Optional),
]);

/// Checks a patch of the type with a key (a JSON value). `false` where it is refused.
pub fn check(image: Image, key: &[u8], bytes: &[u8], walked: &mut Walked, log: &mut Log) -> bool {
    let Some(mut cursor) = begin(bytes, MAX_BYTES, log) else { return false };
    registered::editable(image, key, log);
    let read = walk(&mut cursor, MAX_DEPTH, &EDIT, walked, log, None);
    if read.is_ok()
        && walked.is_object
        && let Some(given) = walked.value(KEY)
        && registered::string(key).is_some_and(|known| known.decode(key) != given.text.decode(bytes))
    {
        log.report(Code::Immutable, KEY, given.span);
    }
    end(&mut cursor, read, MAX_DEPTH, &Checkpoint::START, log) && log.errors() == 0
}

/// The body to PUT: the members of the patch that count.
pub fn value(document: &[u8], walked: &Walked, writer: &mut Writer) {
    create::body(document, walked, false, writer);
}
