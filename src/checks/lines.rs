//! Lines (NDJSON): a call or a bulk item on each, checked as they stream past, in bounded memory.
//!
//! ```
//! use kaireon_outcomes::{Registry, checks::{Settings, lines::{Lines, Options}}};
//! let registry = Registry::defaults();
//! let mut lines = Lines::new(&registry, Options { item: true, ..Options::default() }, Settings::default());
//! let results = lines.feed(b"{\"customerId\":\"c\",\"offerId\":\"o\",\"outcome\":\"click\"}\n{\"custom");
//! assert!(results.len() == 1 && results[0].ok);
//! assert!(!lines.end()[0].ok);
//! ```

use super::log::{Log, WHOLE};
use super::read::Issues;
use super::render::{Page, Renderer};
use super::respond::{self, Answer, call};
use super::walk::Walked;
use super::{BYTE_ORDER_MARK, Settings, end, too_large, usual};
use crate::issue::Code;
use crate::json::simd::{CHUNK, Chunk};
use crate::json::value::Value;
use crate::json::{Cursor, Document, MAX_DEPTH, Padded, Span};
use crate::registry::{Image, Registry};
use crate::room::push;

/// The most bytes of a line.
pub const MAX_LINE: u32 = 1 << 20;

/// How to read lines.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Whether a line is an item of a bulk request; otherwise a call with its key in it.
    pub item: bool,
    /// The time (ms since 1970) that timestamps are held against.
    pub now: Option<f64>,
    /// The most bytes of a line; 0 for the usual limit.
    pub max_line: u32,
}

/// Where a stream stands between two runs of bytes. JavaScript keeps it as it lies in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct State {
    /// The number of the next line, from 1.
    pub line: u64,
    /// How many bytes came before.
    pub offset: u64,
    /// How many bytes of the line under way were dropped, because it is too long.
    pub dropped: u64,
    /// Whether a byte-order mark is still to be reported.
    pub mark: bool,
}

impl State {
    /// The next line's length, and whether its end has come; where there is none to read yet, up to where all is done.
    /// `last`: nothing follows. Of a line that is too long nothing is kept.
    #[inline(always)]
    pub(crate) fn next(&mut self, bytes: &[u8], at: usize, last: bool, max_line: u32) -> Result<(usize, bool), usize> {
        let end = line_end(bytes, at);
        let (is_whole, len) = (end < bytes.len(), end - at);
        if !is_whole && !last {
            if self.dropped > 0 || len > max_line as usize + 1 {
                self.dropped += len as u64;
                self.offset += len as u64;
                return Err(end);
            }
            return Err(at);
        }
        if !is_whole && len == 0 && self.dropped == 0 { Err(at) } else { Ok((len, is_whole)) }
    }

    /// A line was read: how many bytes that took.
    #[inline(always)]
    pub(crate) fn pass(&mut self, len: usize, is_whole: bool) -> usize {
        let taken = len + usize::from(is_whole);
        self.offset += taken as u64;
        self.line += 1;
        self.dropped = 0;
        taken
    }
}

impl Default for State {
    fn default() -> Self {
        Self { line: 1, offset: 0, dropped: 0, mark: false }
    }
}

/// A line that was checked; its issues are the log's group of its place among the lines. JavaScript
/// reads it as it lies in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct Line {
    /// Its number, from 1.
    pub line: u64,
    /// Where it begins in the stream.
    pub offset: u64,
    /// How many bytes it has, its line feed aside.
    pub length: u64,
    /// Whether it has no error.
    pub ok: bool,
    /// Whether there is something to say of it.
    pub said: bool,
    /// Where its text stands among the bytes that were handed in; empty where it was dropped.
    pub span: Span,
}

/// Checks the whole lines of a run of bytes, and with `last` also what follows the last line feed.
/// Answers how many bytes it is done with: the rest belongs in front of what comes next.
#[allow(clippy::too_many_arguments, reason = "the state of a stream is the caller's to keep")]
pub fn check(
    image: Image,
    document: Document,
    last: bool,
    options: &Options,
    state: &mut State,
    walked: &mut Walked,
    lines: &mut Vec<Line>,
    log: &mut Log,
) -> usize {
    let max_line = usual(options.max_line, MAX_LINE);
    let bytes = document.bytes();
    lines.clear();
    log.limit_each();
    let mut at = 0;
    loop {
        let (len, is_whole) = match state.next(bytes, at, last, max_line) {
            Ok(found) => found,
            Err(done) => return done,
        };
        let span = Span { at: at as u32, len: len as u32 };
        log.enter(lines.len() as u32);
        one(image, document.part(at, len), span, max_line, options, state, walked, lines, log);
        at += state.pass(len, is_whole);
        if !is_whole {
            return at;
        }
    }
}

/// The place of the next line feed from a place on; the end where there is none.
fn line_end(bytes: &[u8], mut at: usize) -> usize {
    let feeds = Chunk::all(b'\n');
    while let Some(chunk) = Chunk::whole(bytes, at) {
        let found = chunk.same(feeds);
        if found != 0 {
            return at + found.trailing_zeros() as usize;
        }
        at += CHUNK;
    }
    while bytes.get(at).is_some_and(|byte| *byte != b'\n') {
        at += 1;
    }
    at
}

#[allow(clippy::too_many_arguments, reason = "the state of a stream is the caller's to keep")]
fn one(
    image: Image,
    document: Document,
    span: Span,
    max_line: u32,
    options: &Options,
    state: &mut State,
    walked: &mut Walked,
    lines: &mut Vec<Line>,
    log: &mut Log,
) {
    let mut cursor = Cursor::of(document);
    let text = cursor.document();
    if state.offset == 0 && text.starts_with(BYTE_ORDER_MARK) {
        state.mark = true;
        cursor.skip_bytes(3);
    }
    cursor.past_space_here();
    let blank = cursor.at() as usize == text.len() && state.dropped == 0;
    if blank && text.len() <= max_line as usize {
        return;
    }
    let (errors, groups) = (log.errors(), log.groups.len());
    if state.dropped > 0 || text.len() > max_line as usize {
        too_large(max_line, log);
    } else {
        let start = log.checkpoint();
        if state.mark {
            state.mark = false;
            log.report(Code::ByteOrderMark, WHOLE, Span { at: 0, len: 3 });
        }
        let options = respond::Options { item: options.item, now: options.now, ..Default::default() };
        call(&mut cursor, MAX_DEPTH, image, &options, walked, log, &mut Answer::default());
        end(&mut cursor, MAX_DEPTH, &start, log);
    }
    let line = Line {
        line: state.line,
        offset: state.offset - state.dropped,
        length: state.dropped + text.len() as u64,
        ok: log.errors() == errors,
        said: log.groups.len() > groups,
        span: if state.dropped > 0 { Span { at: span.at, len: 0 } } else { span },
    };
    push(lines, line);
}

/// What was found on a line.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct LineResult {
    /// Its number, from 1.
    pub line: u64,
    /// Where it begins in the stream, in bytes.
    pub offset: u64,
    /// How many bytes it has, its line feed aside.
    pub length: u64,
    /// Whether it has no error.
    pub ok: bool,
    /// Its errors and its warnings.
    #[serde(flatten)]
    pub found: Issues,
}

/// Writes what was found on the lines of which there is something to say: `[{"issues":[…],"warnings":[…]},…]`.
pub fn write<'a>(renderer: &mut Renderer<'a>, bytes: &'a [u8], lines: &[Line], log: &Log) {
    let mut group = 0;
    renderer.writer.open(b'[');
    for line in lines {
        if line.said {
            renderer.turn(line.span.of(bytes), line.offset);
            renderer.writer.open(b'{');
            renderer.both(log, group, group + 1, false);
            renderer.writer.close(b'}');
            group += 1;
        }
    }
    renderer.writer.close(b']');
}

/// A stream of lines against a registry.
pub struct Lines<'r> {
    registry: &'r Registry,
    options: Options,
    settings: Settings,
    state: State,
    /// The beginning of a line whose end has not come yet.
    rest: Vec<u8>,
}

impl<'r> Lines<'r> {
    /// A stream that nothing was read from yet.
    pub fn new(registry: &'r Registry, options: Options, settings: Settings) -> Self {
        Self { registry, options, settings, state: State::default(), rest: Vec::new() }
    }

    /// Checks the lines that end in the next bytes.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<LineResult> {
        self.rest.extend_from_slice(bytes);
        // A line that comes in many pieces is looked through once, not once a piece.
        let max_line = usual(self.options.max_line, MAX_LINE) as usize;
        if self.state.dropped == 0 && self.rest.len() <= max_line && !bytes.contains(&b'\n') {
            return Vec::new();
        }
        self.check(false)
    }

    /// Checks what follows the last line feed.
    pub fn end(mut self) -> Vec<LineResult> {
        self.check(true)
    }

    fn check(&mut self, last: bool) -> Vec<LineResult> {
        let image = self.registry.image();
        let mut log = self.settings.log();
        let mut lines = Vec::new();
        let mut walked = Walked::default();
        let rest = Padded::new(&self.rest);
        let done =
            check(image, rest.document(), last, &self.options, &mut self.state, &mut walked, &mut lines, &mut log);
        let table = respond::table(self.options.item);
        let mut renderer = Renderer::new(Page { registry: Some(image), ..Page::new(&self.rest, table) }, &log);
        write(&mut renderer, &self.rest, &lines, &log);
        let written = Value::read(&renderer.writer.text);
        let mut said = written.elements().iter();
        let result = |line: &Line| LineResult {
            line: line.line,
            offset: line.offset,
            length: line.length,
            ok: line.ok,
            found: if line.said { said.next().map(Issues::read).unwrap_or_default() } else { Issues::default() },
        };
        let results = lines.iter().map(result).collect();
        self.rest.drain(..done.min(self.rest.len()));
        results
    }
}
