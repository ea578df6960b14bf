//! The checks: one question about one document each, every rule once.
//!
//! A check reads its document once against a [`table`] ([`walk`]), writes what it finds into a [`log`], and answers
//! with a verdict; [`render`] puts the log into words. In reading order: [`respond`], [`bulk`],
//! [`lines`], [`key`], [`create`], [`edit`], [`load`].

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
mod registered;
pub mod render;
pub mod respond;
pub mod table;
pub mod walk;
pub mod write;

use std::borrow::Cow;

use crate::issue::Code;
use crate::json::{Cursor, Expected, Fault, FaultKind, Kind, Span};
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

/// How large a document may be.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The most bytes.
    pub bytes: u32,
    /// The most levels.
    pub depth: u32,
}

/// A limit of the caller's, or the usual one where it is 0.
const fn usual(limit: u32, usual: u32) -> u32 {
    if limit == 0 { usual } else { limit }
}

/// Reads a whole document: its size, its byte-order mark, what `read` reads, its end.
fn document<'a, A>(
    bytes: &'a [u8],
    limits: Limits,
    log: &mut Log,
    read: impl FnOnce(&mut Cursor<'a>, &mut Log) -> Result<A, Fault>,
) -> Option<A> {
    if bytes.len() > limits.bytes as usize {
        too_large(limits.bytes, log);
        return None;
    }
    let mut cursor = Cursor::new(bytes);
    let start = log.checkpoint();
    if cursor.peek() == 0xef {
        byte_order_mark(&mut cursor, log);
    }
    whole(cursor, limits, log, start, read)
}

/// Reads what stands at the cursor and nothing behind it.
fn whole<'a, A>(
    mut cursor: Cursor<'a>,
    limits: Limits,
    log: &mut Log,
    start: Checkpoint,
    read: impl FnOnce(&mut Cursor<'a>, &mut Log) -> Result<A, Fault>,
) -> Option<A> {
    let answer = read(&mut cursor, log).and_then(|answer| cursor.finish().map(|()| answer));
    match answer {
        Ok(answer) => Some(answer),
        Err(fault) => {
            log.fatal(fault, limits.depth, start);
            None
        }
    }
}

/// Reports a document over its limit, which nobody reads.
#[cold]
pub(crate) fn too_large(limit: u32, log: &mut Log) {
    log.report(Code::TooLarge, WHOLE, Span { at: 0, len: limit });
}

#[cold]
fn byte_order_mark(cursor: &mut Cursor, log: &mut Log) {
    if cursor.rest().starts_with(b"\xef\xbb\xbf") {
        log.report(Code::ByteOrderMark, WHOLE, Span { at: 0, len: 3 });
        cursor.skip_bytes(3);
    }
}

/// The members of an object that was read before, with their names and all bytes of their values.
fn members<'a>(document: &'a [u8], open: u32, mut each: impl FnMut(Cow<'a, str>, Span)) {
    let mut cursor = Cursor::new(document);
    cursor.skip_bytes(open as usize + 1);
    let mut read = || -> Result<bool, Fault> {
        if cursor.past_space() != b'"' {
            return Ok(false);
        }
        let name = cursor.string()?.decode(document);
        cursor.past_space();
        cursor.step();
        cursor.past_space();
        let at = cursor.at();
        cursor.skip(u32::MAX)?;
        each(name, Span { at, len: cursor.at() - at });
        let more = cursor.past_space() == b',';
        cursor.step();
        Ok(more)
    };
    while let Ok(true) = read() {}
}

/// The elements of an array, one by one; the cursor stands on its `[`.
fn elements<'a>(
    cursor: &mut Cursor<'a>,
    room: u32,
    mut each: impl FnMut(&mut Cursor<'a>, u32, u32) -> Result<(), Fault>,
) -> Result<(), Fault> {
    if room == 0 {
        return Err(cursor.fault_of(FaultKind::Depth));
    }
    cursor.step();
    let first = cursor.past_space();
    if first != b']' {
        if Kind::of(first).is_none() {
            return Err(cursor.fault(Expected::ValueOrClose));
        }
        for place in 0.. {
            cursor.past_space();
            each(cursor, room - 1, place)?;
            match cursor.past_space() {
                b',' => cursor.step(),
                b']' => break,
                _ => return Err(cursor.fault(Expected::CommaOrBracket)),
            }
        }
    }
    cursor.step();
    Ok(())
}
