//! What the registry says of a key: whether a call may name it, whether it is free, whether its
//! type may be changed.

use super::log::{ARGUMENT, Log};
use crate::issue::Code;
use crate::json::{Cursor, Span, push_text};
use crate::registry::record::DELETED_AT;
use crate::registry::{Found, Image};
use crate::timestamp;

/// Reports what there is to say of the type that a call names, as it was found; `time` is the call's timestamp. Of one
/// that is live, active and listed there is nothing.
#[cold]
#[inline(never)]
pub(super) fn named(image: Image, found: Option<Found>, time: &[u8], field: u8, span: Span, log: &mut Log) {
    let Some(found) = found else { return log.report(unknown(image), field, span) };
    let facts = found.facts;
    if facts.is_retired() {
        if is_history(image, found, time) {
            log.warn(Code::RetiredOutcomeType, field, span);
        } else {
            log.report(Code::RetiredOutcomeType, field, span);
        }
        return;
    }
    if facts.is_inactive() {
        log.report(Code::InactiveOutcomeType, field, span);
    }
    if !facts.is_listed() {
        log.report(Code::NotListed, field, span);
    }
}

/// What a key is that the registry does not have: only a whole list rules it out.
fn unknown(image: Image) -> Code {
    if image.is_complete() { Code::UnknownOutcomeType } else { Code::UnconfirmedOutcomeType }
}

/// Whether the interaction happened while a retired type was still there, and is only written now.
fn is_history(image: Image, found: Found, time: &[u8]) -> bool {
    match (timestamp::parse(time), timestamp::parse(image.text(found.row, DELETED_AT))) {
        (Some(time), Some(deleted_at)) => time.ms < deleted_at.ms,
        _ => false,
    }
}

/// A new key, which no other type may have.
pub(super) fn free(image: Image, key: &[u8], field: u8, span: Span, log: &mut Log) {
    if let Some(found) = image.find(key) {
        let code = if found.facts.is_retired() { Code::RetiredKey } else { Code::DuplicateKey };
        log.report(code, field, span);
    }
}

/// The type of a key (a JSON value) that is to be changed: registered, live, not built in.
#[inline(never)]
pub(super) fn editable(image: Image, key: &[u8], log: &mut Log) -> Option<Found> {
    let span = Span { at: 0, len: key.len() as u32 };
    let mut code = Code::InvalidType;
    let mut found = None;
    let mut made = Vec::new();
    if let Some(lone_surrogate) = string(key, &mut made) {
        if !lone_surrogate {
            found = image.find(&made);
        }
        code = match found {
            None => unknown(image),
            Some(found) if found.facts.is_system() => Code::SystemType,
            Some(found) if found.facts.is_retired() => Code::RetiredOutcomeType,
            Some(_) => return found,
        };
    }
    log.report(code, ARGUMENT, span);
    found
}

/// Makes the text of the string that a JSON value begins with, where there is one: whether it has
/// half a surrogate pair.
#[inline(never)]
pub(super) fn string(value: &[u8], made: &mut Vec<u8>) -> Option<bool> {
    let mut cursor = Cursor::new(value);
    if cursor.peek() != b'"' {
        return None;
    }
    cursor.string();
    if cursor.failed() {
        return None;
    }
    push_text(value, 0, made);
    Some(cursor.lone_surrogate)
}
