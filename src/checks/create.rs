//! Creating an outcome type: the body of a POST, or the form as one types.
//!
//! ```
//! use kaireon_outcomes::{Registry, checks::{Settings, create::Options}};
//! let checked = Registry::defaults().check_create(br#"{"key":"click","name":"Click"}"#, Options::default(), &Settings::default());
//! assert_eq!(checked.issues[0].message, "The key `click` is in use already; `click_2` is free");
//! ```

use super::log::Log;
use super::table::{Field, Name, Need, Object, Rule, Words, fields, name};
use super::walk::{Value, Walked, bit, walk};
use super::{begin, copy_member, passed, registered};
use crate::issue::Code;
use crate::json::MAX_DEPTH;
use crate::json::write::Writer;
use crate::registry::Image;

/// The most bytes of a body.
pub const MAX_BYTES: u32 = 1 << 20;

/// How to read a body.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Whether a person fills it in: classification and category have to be chosen.
    pub form: bool,
}

// The order is that of a body that is written.
#[rustfmt::skip]
fields! {
    KEY            0  "key"            Rule::Key, Required;
    NAME           1  "name"           Rule::Name, Required;
    DESCRIPTION    2  "description"    Rule::Text, Optional;
    CLASSIFICATION 3  "classification" Rule::Choice(Words::Classification), Late;
    CATEGORY       4  "category"       Rule::Choice(Words::Category), Late;
    ORDINAL        5  "ordinal"        Rule::Whole(0), Optional;
    STATUS         6  "status"         Rule::Choice(Words::Status), Optional;
    IS_SYSTEM      7  "isSystem"       Rule::ReadOnly, Optional;
    ID             8  "id"             Rule::ReadOnly, Optional;
    TENANT_ID      9  "tenantId"       Rule::ReadOnly, Optional;
    VERSION        10 "version"        Rule::ReadOnly, Optional;
    CREATED_AT     11 "createdAt"      Rule::ReadOnly, Optional;
    UPDATED_AT     12 "updatedAt"      Rule::ReadOnly, Optional;
    DELETED_AT     13 "deletedAt"      Rule::ReadOnly, Optional;
}

/// The table of an outcome type with other rules for some of its members.
#[allow(clippy::indexing_slicing, reason = "runs at compile time, where a wrong index is a compile error")]
pub(super) const fn with<const N: usize>(changes: [(u8, Rule, Need); N]) -> [Field; FIELDS.len()] {
    let mut fields = [FIELDS[0]; FIELDS.len()];
    let mut place = 0;
    while place < fields.len() {
        fields[place] = FIELDS[place];
        place += 1;
    }
    let mut change = 0;
    while change < N {
        let (place, rule, need) = changes[change];
        fields[place as usize] = Field::new(rule, need);
        change += 1;
    }
    fields
}

/// The members of a body.
pub static CREATE: Object = Object::new("the outcome type", NAMES, FIELDS);

/// The same as a form has it: `""` is a choice not made yet.
pub static CREATE_FORM: Object = Object::new("the outcome type", NAMES, &FORM_FIELDS);
const FORM_FIELDS: [Field; FIELDS.len()] = with([
    (CLASSIFICATION, Rule::OpenChoice(Words::Classification), Need::Late),
    (CATEGORY, Rule::OpenChoice(Words::Category), Need::Late),
]);

/// The table that a check with these options reads by.
pub fn table(options: Options) -> &'static Object {
    if options.form { &CREATE_FORM } else { &CREATE }
}

/// Checks a body. `false` where it is refused.
pub fn check(image: Image, bytes: &[u8], options: Options, walked: &mut Walked, log: &mut Log) -> bool {
    let mut cursor = begin(bytes.into(), MAX_BYTES, log);
    walk(&mut cursor, MAX_DEPTH, table(options), walked, log);
    if walked.is_object {
        if let Some(&Value { span, .. }) = walked.value(KEY) {
            registered::free(image, walked.text(bytes, KEY), KEY, span, log);
        }
        choice(CLASSIFICATION, options, walked, log);
        choice(CATEGORY, options, walked, log);
    }
    passed(&mut cursor, log)
}

/// A choice that may be left to the API's default, though nobody should.
fn choice(field: u8, options: Options, walked: &Walked, log: &mut Log) {
    if walked.has(field) {
        return;
    }
    if options.form {
        log.demand(Code::Defaulted, field, *walked.place(field));
    } else {
        if walked.is_null(field) {
            walked.report(Code::NullField, field, log);
        }
        walked.report(Code::Defaulted, field, log);
    }
}

/// The body to POST: every member that counts, in the order of the documentation.
pub fn value(document: &[u8], walked: &Walked, writer: &mut Writer) {
    body(document, walked, true, writer);
}

/// The members that count of a body that was taken; with what a new type has by default.
pub(super) fn body(document: &[u8], walked: &Walked, defaults: bool, writer: &mut Writer) {
    writer.open(b'{');
    for field in 0..FIELDS.len() as u8 {
        let name = CREATE.name_of(field);
        if bit(field) & walked.named & !walked.null != 0 {
            // A value at fault is there only where the caller lowered the fault.
            if !matches!(CREATE.field(field).rule, Rule::ReadOnly) {
                copy_member(writer, name, document, *walked.place(field));
            }
        } else if defaults {
            match field {
                DESCRIPTION => writer.raw_member(name, b"\"\""),
                CLASSIFICATION => writer.raw_member(name, b"\"neutral\""),
                CATEGORY => writer.raw_member(name, b"\"response\""),
                _ => {}
            }
        }
    }
    writer.close(b'}');
}
