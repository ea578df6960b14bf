//! One type as a list has it: its members, what a record takes of them, and the same as JSON.

use super::create::{self, *};
use super::log::Log;
use super::table::{Field, Need, Object, Rule, Words};
use super::walk::{Walked, bit};
use crate::issue::Code;
use crate::json::write::Writer;
use crate::json::{Number, Span, push_text};
use crate::outcome::Status;
use crate::registry::{Builder, Image, Record, record};

/// The members of a row.
pub static ROW: Object = Object::open("the row", create::NAMES, &ROW_FIELDS);
#[rustfmt::skip]
const ROW_FIELDS: [Field; FIELDS.len()] = create::with([
    (KEY,            Rule::Text, Need::Late),
    (NAME,           Rule::Filled, Need::Late),
    (DESCRIPTION,    Rule::Text, Need::Quiet),
    (CLASSIFICATION, Rule::Choice(Words::Classification), Need::Late),
    (CATEGORY,       Rule::Choice(Words::Category), Need::Late),
    (ORDINAL,        Rule::Whole(0), Need::Quiet),
    (STATUS,         Rule::Choice(Words::Status), Need::Quiet),
    (IS_SYSTEM,      Rule::Flag, Need::Quiet),
    (ID,             Rule::Text, Need::Quiet),
    (TENANT_ID,      Rule::Text, Need::Quiet),
    (VERSION,        Rule::Whole(0), Need::Quiet),
    (CREATED_AT,     Rule::Text, Need::Quiet),
    (UPDATED_AT,     Rule::Text, Need::Quiet),
    (DELETED_AT,     Rule::Text, Need::Quiet),
]);

/// What one of the ten keeps, whatever a list says.
const KEPT: [u8; 5] = [CLASSIFICATION, CATEGORY, STATUS, IS_SYSTEM, DELETED_AT];

/// A type as JSON, as the API has it; `false` where the registry has no such place.
pub fn outcome(image: Image, row: u32, writer: &mut Writer) -> bool {
    /// The members in the order of the documentation; what only some servers send comes last.
    const ORDER: [u8; FIELDS.len()] = [
        KEY,
        NAME,
        DESCRIPTION,
        CLASSIFICATION,
        CATEGORY,
        IS_SYSTEM,
        ID,
        TENANT_ID,
        CREATED_AT,
        UPDATED_AT,
        DELETED_AT,
        ORDINAL,
        VERSION,
        STATUS,
    ];
    if row >= image.rows() {
        return false;
    }
    writer.open(b'{');
    for field in ORDER {
        let first = image.row_word(row, u32::from(field) * 2);
        let second = image.row_word(row, u32::from(field) * 2 + 1);
        if second == record::ABSENT {
            continue;
        }
        writer.name(ROW.name_of(field));
        match ROW.field(field).rule {
            Rule::Choice(words) => writer.string(words.at(first as usize)),
            Rule::Flag => writer.raw(if first == 1 { b"true" } else { b"false" }),
            Rule::Whole(_) => writer.number(u64::from(second) << 32 | u64::from(first)),
            _ => writer.string(image.text(row, u32::from(field))),
        }
    }
    writer.close(b'}');
    true
}

/// Puts into the last record what the row that was walked says of it, in a document that the image has at a place; of
/// the ten a list changes little.
#[inline(always)]
pub(super) fn fill(is_system: bool, document: &[u8], at: u32, walked: &Walked, builder: &mut Builder) {
    let Builder { records, image, .. } = builder;
    let Some(record) = records.last_mut() else { return };
    let active = Status::Active as u8;
    let mut taken = walked.usable;
    if walked.has(STATUS) && walked.value(STATUS).is_none() {
        record.set(record::STATUS, active.into(), 0);
    }
    if is_system {
        taken &= !(bit(CLASSIFICATION) | bit(CATEGORY) | bit(IS_SYSTEM) | bit(DELETED_AT));
        if walked.choice(STATUS) != Some(usize::from(active)) {
            taken &= !bit(STATUS);
        }
        // A row of one of the ten that says that it is no system type speaks of something else.
        if walked.choice(IS_SYSTEM) == Some(0) {
            taken &= !(bit(NAME) | bit(DESCRIPTION));
        }
    }
    let mut left = taken;
    while left != 0 {
        let field = left.trailing_zeros() as u8;
        left &= left - 1;
        let Some(value) = walked.value(field) else { break };
        let member = u32::from(field);
        if record::is_text(member) {
            if value.is_empty() && matches!(field, DESCRIPTION | DELETED_AT) {
                continue;
            }
            // It stays in the document, unless it has escapes.
            let Span { at: start, len } = value.span;
            if value.is_escaped() {
                let at = image.len() as u32;
                push_text(document, start, image);
                record.set(member, at, image.len() as u32 - at);
            } else {
                record.set(member, at + start + 1, len.saturating_sub(2));
            }
        } else if matches!(field, ORDINAL | VERSION) {
            if let Some(number) = Number::new(value.span.of(document)).whole() {
                record.set(member, number as u32, (number >> 32) as u32);
            }
        } else {
            record.set(member, value.choice.into(), 0);
        }
    }
    if !record.has(record::NAME) {
        // The key stands in for it.
        let key = record.text(record::KEY);
        record.set(record::NAME, key.at, key.len);
    }
    record.conclude(true);
}

/// Reports where a list wants one of the ten to be something else than it is.
pub(super) fn conflicts(system: &Record, walked: &Walked, log: &mut Log) {
    for field in &KEPT {
        let kept = match *field {
            STATUS => Status::Active as u8,
            DELETED_AT => 0,
            _ => system.first(u32::from(*field)) as u8,
        };
        let same = match walked.value(*field) {
            None => !walked.has(*field),
            Some(value) if *field == DELETED_AT => value.is_empty(),
            Some(value) => value.choice == kept,
        };
        if !same {
            log.report_detail(Code::SystemTypeConflict, *field, kept, *walked.place(*field));
        }
    }
}
