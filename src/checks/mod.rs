//! The checks: one question about one document each, every rule once.
//!
//! A check reads its document once against a [`table`] ([`walk`]), writes what it finds into a [`log`], and answers
//! with a verdict; [`render`] puts the log into words. In reading order: [`respond`], [`bulk`],
//! [`lines`], [`key`], [`create`], [`edit`], [`row`], [`load`].

pub mod ask;
pub mod bulk;
pub mod create;
pub mod delete;
pub mod edit;
mod facts;
pub mod key;
pub mod lines;
pub mod load;
pub mod log;
pub mod read;
mod registered;
pub mod render;
pub mod respond;
pub mod row;
pub mod table;
pub mod walk;

use crate::issue::Code;
use crate::json::write::Writer;
use crate::json::{Cursor, Expected, Fault, FaultKind, Kind, Span, Text};
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

    fn log(&self) -> Log {
        Log::new(self.rules, self.limit())
    }

    fn renderer<'a>(&self, page: Page<'a>, log: &Log) -> Renderer<'a> {
        Renderer::new(Page { units: self.units, ..page }, log)
    }
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A limit of the caller's, or the usual one where it is 0.
const fn usual(limit: u32, usual: u32) -> u32 {
    if limit == 0 { usual } else { limit }
}

/// The beginning of a document, behind its byte-order mark. `None` where it is too large.
fn begin<'a>(bytes: &'a [u8], limit: u32, log: &mut Log) -> Option<Cursor<'a>> {
    if bytes.len() > limit as usize {
        too_large(limit, log);
        return None;
    }
    let mut cursor = Cursor::new(bytes);
    if bytes.starts_with(BYTE_ORDER_MARK) {
        log.report(Code::ByteOrderMark, WHOLE, Span { at: 0, len: 3 });
        cursor.skip_bytes(3);
    }
    Some(cursor)
}

/// Whether a document was read without a fault, up to its end; `start` is the log before it.
fn end(cursor: &mut Cursor, mut read: Result<(), Fault>, depth: u32, start: &Checkpoint, log: &mut Log) -> bool {
    if read.is_ok() {
        read = cursor.finish();
    }
    if let Err(fault) = read {
        log.fatal(fault, depth, start);
    }
    read.is_ok()
}

/// Reports a document over its limit, which nobody reads.
#[cold]
pub(crate) fn too_large(limit: u32, log: &mut Log) {
    log.report(Code::TooLarge, WHOLE, Span { at: 0, len: limit });
}

/// To the value of an object's next member: the member's name. For objects that were read before.
fn next_name(cursor: &mut Cursor) -> Option<Text> {
    if cursor.past_space() == b',' {
        cursor.step();
    }
    if cursor.past_space() != b'"' {
        return None;
    }
    let name = cursor.string().ok()?;
    cursor.past_space();
    cursor.step();
    cursor.past_space();
    Some(name)
}

/// Writes a member whose value stands in the document.
fn copy_member(writer: &mut Writer, name: &[u8], document: &[u8], span: Span) {
    writer.raw_member(name, span.of(document));
}

/// The elements of an array, one by one; the cursor stands on its `[`.
fn elements<'a>(
    cursor: &mut Cursor<'a>,
    room: u32,
    each: &mut dyn FnMut(&mut Cursor<'a>, u32, u32) -> Result<(), Fault>,
) -> Result<(), Fault> {
    if room == 0 {
        return Err(cursor.fault_of(FaultKind::Depth));
    }
    cursor.step();
    let mut next = cursor.past_space();
    if next != b']' && Kind::of(next).is_none() {
        return Err(cursor.fault(Expected::ValueOrClose));
    }
    let mut place = 0;
    while next != b']' {
        cursor.past_space();
        each(cursor, room - 1, place)?;
        place += 1;
        next = cursor.past_space();
        if next == b',' {
            cursor.step();
        } else if next != b']' {
            return Err(cursor.fault(Expected::CommaOrBracket));
        }
    }
    cursor.step();
    Ok(())
}
