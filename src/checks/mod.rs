//! The checks: one question about one document each, every rule once.
//!
//! A check reads its document once against a [`table`] ([`walk`]), writes what it finds into a [`log`], and answers
//! with a verdict; [`render`] puts the log into words. In reading order: [`respond`], [`normalise`],
//! [`bulk`], [`lines`], [`key`], [`create`], [`edit`], [`delete`], [`row`], [`load`]; and for the second module
//! `definitions`.

pub mod ask;
pub mod bulk;
pub mod create;
#[cfg(any(feature = "interactions", not(target_arch = "wasm32")))]
pub mod definitions;
pub mod delete;
pub mod edit;
mod facts;
pub mod key;
pub mod lines;
pub mod load;
pub mod log;
pub mod normalise;
pub mod read;
mod registered;
pub mod render;
pub mod respond;
pub mod row;
pub mod table;
pub mod walk;
mod walked;

use crate::issue::Code;
use crate::json::write::Writer;
use crate::json::{Cursor, Document, FaultKind, MAX_DEPTH, Span};
use log::{Checkpoint, DEFAULT_LIMIT, Log, Rules, WHOLE};
use render::{Page, Renderer, Units};

/// What every check takes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settings {
    /// The caller's word on codes.
    pub rules: Option<Rules>,
    /// How many issues a list has; 0 for the usual 100.
    pub max_issues: u32,
    /// What offsets count.
    pub units: Units,
}

impl Settings {
    /// How many issues a list has.
    pub const fn limit(&self) -> u32 {
        usual(self.max_issues, DEFAULT_LIMIT)
    }

    pub(crate) fn log(&self) -> Log {
        Log::new(self.rules, self.limit())
    }

    pub(crate) fn renderer<'a>(&self, page: Page<'a>, log: &Log) -> Renderer<'a> {
        Renderer::new(Page { units: self.units, ..page }, log)
    }
}

pub(crate) const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A limit of the caller's, or the usual one where it is 0.
pub(crate) const fn usual(limit: u32, usual: u32) -> u32 {
    if limit == 0 { usual } else { limit }
}

/// The beginning of a document, behind its byte-order mark; of one that is too large, the fault.
pub(crate) fn begin<'a>(document: Document<'a>, limit: u32, log: &mut Log) -> Cursor<'a> {
    let mut cursor = Cursor::of(document);
    let bytes = cursor.document();
    if bytes.len() > limit as usize {
        cursor.fail_at(limit, FaultKind::Size);
    } else if matches!(bytes, [0xef, 0xbb, 0xbf, ..]) {
        log.report(Code::ByteOrderMark, WHOLE, Span { at: 0, len: 3 });
        cursor.skip_bytes(3);
    }
    cursor
}

/// Whether there is something to do at the beginning of a document: it is too large, or may have a byte-order mark.
#[inline(always)]
fn begins_oddly(cursor: &Cursor, limit: u32) -> bool {
    cursor.document().len() > limit as usize || cursor.peek() == 0xef
}

/// Whether a document was read without a fault, up to its end; `start` is the log before it.
#[inline(never)]
pub(crate) fn end(cursor: &mut Cursor, depth: u32, start: &Checkpoint, log: &mut Log) -> bool {
    cursor.finish();
    if cursor.failed() {
        log.fatal(cursor, depth, start);
    }
    !cursor.failed()
}

/// Whether a document was read up to its end and has no error.
#[inline(never)]
fn passed(cursor: &mut Cursor, log: &mut Log) -> bool {
    end(cursor, MAX_DEPTH, &Checkpoint::START, log) && log.errors() == 0
}

/// Reports a document over its limit, which nobody reads.
#[cold]
pub(crate) fn too_large(limit: u32, log: &mut Log) {
    log.report(Code::TooLarge, WHOLE, Span { at: 0, len: limit });
}

/// To the value of an object's next member: where the member's name stands, and 0 behind the last
/// one. For objects that were read before.
fn next_name(cursor: &mut Cursor) -> u32 {
    cursor.take(b',');
    if cursor.past_space() != b'"' {
        return 0;
    }
    let at = cursor.at();
    cursor.string();
    cursor.colon();
    at
}

/// Writes a member whose value stands in the document.
fn copy_member(writer: &mut Writer, name: &[u8], document: &[u8], span: Span) {
    writer.raw_member(name, span.of(document));
}
