//! What the registry says of a key: whether a call may name it, whether it is free, whether its
//! type may be changed.

use super::log::{ARGUMENT, Log};
use super::walk::Value;
use crate::issue::Code;
use crate::json::{Cursor, Span, Text};
use crate::registry::record::DELETED_AT;
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
    let found = find(image, document, &word.text);
    match found {
        None => log.report(unknown(image), field, word.span),
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

fn find(image: Image, document: &[u8], key: &Text) -> Option<Found> {
    if key.lone_surrogate { None } else { image.find(key.decode(document).as_bytes()) }
}

/// What a key is that the registry does not have: only a whole list rules it out.
fn unknown(image: Image) -> Code {
    if image.is_complete() { Code::UnknownOutcomeType } else { Code::UnconfirmedOutcomeType }
}

/// Whether the interaction happened while the type was still there, and is only written now.
#[cold]
fn is_late_history(image: Image, found: Found, time: Option<i64>) -> bool {
    let deleted_at = timestamp::parse(image.text(found.row, DELETED_AT));
    matches!((time, deleted_at), (Some(time), Some(deleted_at)) if time < deleted_at.ms)
}

/// A new key, which no other type may have.
pub(super) fn free(image: Image, document: &[u8], field: u8, key: &Value, log: &mut Log) {
    if let Some(found) = find(image, document, &key.text) {
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
    let found = find(image, key, &text);
    let code = match found {
        None => unknown(image),
        Some(found) if found.facts.is_system() => Code::SystemType,
        Some(found) if found.facts.is_retired() => Code::RetiredOutcomeType,
        Some(_) => return found,
    };
    log.report(code, ARGUMENT, span);
    found
}

/// The string that a JSON value is.
pub(super) fn string(value: &[u8]) -> Option<Text> {
    let mut cursor = Cursor::new(value);
    if cursor.peek() == b'"' { cursor.string().ok() } else { None }
}
