//! Deleting an outcome type: only the customer's own, and its history stays.

use super::log::{ARGUMENT, Log};
use super::registered::{editable, string};
use crate::issue::Code;
use crate::json::Span;
use crate::registry::{Found, Image};

/// Checks the deletion of the type with a key (a JSON value): the type, where the registry has it.
pub fn check(image: Image, key: &[u8], log: &mut Log) -> Option<Found> {
    let found = editable(image, key, log);
    if log.errors() == 0 && string(key, &mut Vec::new()).is_some() {
        log.report(Code::HistoryKept, ARGUMENT, Span { at: 0, len: key.len() as u32 });
    }
    found
}
