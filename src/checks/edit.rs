//! Editing an outcome type: the key stays, system types stay as they are, the rest is as in creating.

use super::create::{self, CATEGORY, CLASSIFICATION, FIELDS, KEY, MAX_BYTES, NAME};
use super::log::Log;
use super::table::{Field, Need, Object, Rule, Words};
use super::walk::{Walked, walk};
use super::{begin, passed, registered};
use crate::issue::Code;
use crate::json::MAX_DEPTH;
use crate::json::write::Writer;
use crate::registry::Image;

/// The members of a patch: those of a new type, none of them required. The key's own rules are
/// not asked again: it is the one that is there, or `immutable`.
pub static EDIT: Object = Object::new("the change", create::NAMES, &EDIT_FIELDS);
const EDIT_FIELDS: [Field; FIELDS.len()] = create::with([
    (KEY, Rule::Text, Need::Optional),
    (NAME, Rule::Name, Need::Optional),
    (CLASSIFICATION, Rule::Choice(Words::Classification), Need::Optional),
    (CATEGORY, Rule::Choice(Words::Category), Need::Optional),
]);

/// Checks a patch of the type with a key (a JSON value). `false` where it is refused.
pub fn check(image: Image, key: &[u8], bytes: &[u8], walked: &mut Walked, log: &mut Log) -> bool {
    let mut cursor = begin(bytes.into(), MAX_BYTES, log);
    registered::editable(image, key, log);
    walk(&mut cursor, MAX_DEPTH, &EDIT, walked, log);
    if walked.value(KEY).is_some() {
        let mut known = Vec::new();
        if registered::string(key, &mut known).is_some() && *known != *walked.text(bytes, KEY) {
            walked.report(Code::Immutable, KEY, log);
        }
    }
    passed(&mut cursor, log)
}

/// The body to PUT: the members of the patch that count.
pub fn value(document: &[u8], walked: &Walked, writer: &mut Writer) {
    create::body(document, walked, false, writer);
}
