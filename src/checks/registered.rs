//! What the registry says of a key: whether a call may name it, whether it is free, whether its
//! type may be changed.

use super::log::{ARGUMENT, Log};
use super::walk::Value;
use crate::issue::Code;
use crate::json::{Cursor, Span, Text};
use crate::registry::{Found, Image};
use crate::timestamp;

/// The type that a call names; `time` is when the interaction happened, where the call says so.
pub(super) fn named(
    image: Image,
    document: &[u8],
    field: u8,
    word: &Value,
    time: Option<i64>,
    log: &mut Log,
) -> Option<Found> {
    let found = image.find(word.text.decode(document).as_bytes());
    match found {
        None if image.is_complete() => log.report(Code::UnknownOutcomeType, field, word.span),
        None => log.report(Code::UnconfirmedOutcomeType, field, word.span),
        Some(found) if found.facts.is_retired() => {
            if is_late_history(image, found, time) {
                log.warn(Code::RetiredOutcomeType, field, word.span);
            } else {
                log.report(Code::RetiredOutcomeType, field, word.span);
            }
        }
        Some(found) => {
            if found.facts.is_inactive() {
                log.report(Code::InactiveOutcomeType, field, word.span);
            }
            if !found.facts.is_listed() {
                log.report(Code::NotListed, field, word.span);
            }
        }
    }
    found
}

/// Whether the interaction happened while the type was still there, and is only written now.
#[cold]
fn is_late_history(image: Image, found: Found, time: Option<i64>) -> bool {
    let deleted_at = image.outcome(found.row).and_then(|outcome| timestamp::parse(outcome.deleted_at?));
    matches!((time, deleted_at), (Some(time), Some(deleted_at)) if time < deleted_at.ms)
}

/// A new key, which no other type may have.
pub(super) fn free(image: Image, document: &[u8], field: u8, key: &Value, log: &mut Log) {
    if let Some(found) = image.find(key.text.decode(document).as_bytes()) {
        let code = if found.facts.is_retired() { Code::RetiredKey } else { Code::DuplicateKey };
        log.report(code, field, key.span);
    }
}

/// The type of a key (a JSON value) that is to be changed: registered, live, not built in.
pub(super) fn editable(image: Image, key: &[u8], log: &mut Log) -> Option<Found> {
    let span = Span { at: 0, len: key.len() as u32 };
    let Some(text) = string(key) else {
        log.report(Code::InvalidType, ARGUMENT, span);
        return None;
    };
    let found = Some(text).filter(|text| !text.lone_surrogate).and_then(|text| image.find(text.decode(key).as_bytes()));
    match found {
        None if image.is_complete() => log.report(Code::UnknownOutcomeType, ARGUMENT, span),
        None => log.report(Code::UnconfirmedOutcomeType, ARGUMENT, span),
        Some(found) if found.facts.is_system() => log.report(Code::SystemType, ARGUMENT, span),
        Some(found) if found.facts.is_retired() => log.report(Code::RetiredOutcomeType, ARGUMENT, span),
        Some(_) => {}
    }
    found
}

/// The string that a JSON value is.
pub(super) fn string(value: &[u8]) -> Option<Text> {
    let mut cursor = Cursor::new(value);
    if cursor.peek() == b'"' { cursor.string().ok() } else { None }
}
