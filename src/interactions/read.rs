//! Reading interactions: an array of rows, the envelope of a list, or lines as they stream past. A bad row is left out
//! and reported, and never costs the others.

use super::build::Builder;
use super::row;
use crate::checks::lines::{Line, MAX_LINE, State};
use crate::checks::log::{Checkpoint, Log, NO_ELEMENT, Override};
use crate::checks::render::Renderer;
use crate::checks::table::{Field, Need, Object, Rule, name};
use crate::checks::walk::{Walked, resume, walk};
use crate::checks::{Settings, begin, end, too_large, usual};
use crate::issue::Code;
use crate::json::{Cursor, Document, MAX_DEPTH, Span};
use crate::room::push;

/// The most bytes of an array.
pub const MAX_BYTES: u32 = 1 << 30;

/// The members of a list in an envelope; it may have any others.
pub static LIST: Object = Object::open("the interactions", &[name("data")], &[Field::new(Rule::List, Need::Required)]);
const DATA: u8 = 0;

/// How to read interactions.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The time (ms since 1970) of rows that have none, as the platform fills it in; otherwise they are bad rows.
    pub at: Option<i64>,
    /// The most bytes, of an array or of a line; 0 for the usual limit.
    pub max_bytes: u32,
}

/// What a check takes, for rows: however a time is written, it is one.
pub(crate) fn settings(settings: &Settings) -> Settings {
    let mut rules = settings.rules.unwrap_or_default();
    rules.set(Code::TimestampForm, Override::Off);
    Settings { rules: Some(rules), ..*settings }
}

/// Reads an array of rows, or an object with one in `data`. How many rows were left out, of which the log has the first;
/// `None` where the document is none.
pub fn document(
    document: Document,
    options: &Options,
    walked: &mut Walked,
    builder: &mut Builder,
    log: &mut Log,
) -> Option<u64> {
    let mut cursor = begin(document, usual(options.max_bytes, MAX_BYTES), log);
    log.limit_each();
    let mut left_out = 0;
    if cursor.past_space() == b'[' {
        rows(&mut cursor, MAX_DEPTH, options, walked, builder, &mut left_out, log);
    } else if walk(&mut cursor, MAX_DEPTH, &LIST, walked, log) {
        let (named, at) = (walked.named, cursor.at());
        rows(&mut cursor, MAX_DEPTH - 1, options, walked, builder, &mut left_out, log);
        resume(&mut cursor, MAX_DEPTH, &LIST, walked, DATA, named, at, log);
    }
    let whole = end(&mut cursor, MAX_DEPTH, &Checkpoint::START, log);
    let refused = log.groups.iter().any(|group| group.element == NO_ELEMENT && group.errors > 0);
    if whole && !refused { Some(left_out) } else { None }
}

/// The rows: the cursor stands on the list's `[`.
fn rows(
    cursor: &mut Cursor,
    room: u32,
    options: &Options,
    walked: &mut Walked,
    builder: &mut Builder,
    left_out: &mut u64,
    log: &mut Log,
) {
    let mut place = 0;
    while cursor.element(place) {
        log.enter(place);
        let before = log.checkpoint();
        let errors = log.errors();
        row::read(cursor, room - 1, options.at.is_some(), walked, log);
        if cursor.failed() {
            return;
        }
        if log.errors() == errors {
            if log.warnings() > 0 {
                log.go_back(&before);
            }
            row::take(cursor.document(), options.at.unwrap_or(0), walked, builder);
        } else {
            leave_out(left_out, &before, log);
        }
        place += 1;
    }
    log.enter(NO_ELEMENT);
}

/// Counts a row that is left out; whether the log keeps what is wrong with it.
fn leave_out(left_out: &mut u64, before: &Checkpoint, log: &mut Log) -> bool {
    *left_out += 1;
    let keeps = *left_out <= u64::from(log.limit);
    if !keeps {
        log.go_back(before);
    }
    keeps
}

/// Reads the whole lines of a run of bytes, and with `last` also what follows the last line feed. The bad ones of which
/// there is something to say go to `lines`; answers how many bytes it is done with.
#[allow(clippy::too_many_arguments, reason = "the state of a stream is the caller's to keep")]
pub fn lines(
    document: Document,
    last: bool,
    options: &Options,
    state: &mut State,
    walked: &mut Walked,
    builder: &mut Builder,
    left_out: &mut u64,
    lines: &mut Vec<Line>,
    log: &mut Log,
) -> usize {
    let max_line = usual(options.max_bytes, MAX_LINE);
    let bytes = document.bytes();
    lines.clear();
    log.limit_each();
    let mut at = 0;
    loop {
        let (len, is_whole) = match state.next(bytes, at, last, max_line) {
            Ok(found) => found,
            Err(done) => return done,
        };
        log.enter(lines.len() as u32);
        let before = log.checkpoint();
        if !line(document.part(at, len), max_line, options, state, walked, builder, log)
            && leave_out(left_out, &before, log)
        {
            let span = Span { at: at as u32, len: if state.dropped > 0 { 0 } else { len as u32 } };
            let (offset, length) = (state.offset - state.dropped, state.dropped + len as u64);
            push(lines, Line { line: state.line, offset, length, ok: false, said: true, span });
        }
        at += state.pass(len, is_whole);
        if !is_whole {
            return at;
        }
    }
}

/// One line, which goes to the builder or to the log; whether it is good or blank.
#[inline(always)]
fn line(
    document: Document,
    max_line: u32,
    options: &Options,
    state: &State,
    walked: &mut Walked,
    builder: &mut Builder,
    log: &mut Log,
) -> bool {
    let before = log.checkpoint();
    let errors = log.errors();
    let mut cursor = Cursor::of(document);
    let text = cursor.document();
    if state.dropped > 0 || text.len() > max_line as usize {
        too_large(max_line, log);
        return false;
    }
    if state.offset == 0 && text.starts_with(crate::checks::BYTE_ORDER_MARK) {
        cursor.skip_bytes(3);
    }
    if cursor.past_space() == 0 && cursor.rest().is_empty() {
        return true;
    }
    row::read(&mut cursor, MAX_DEPTH, options.at.is_some(), walked, log);
    end(&mut cursor, MAX_DEPTH, &before, log);
    if log.errors() > errors {
        return false;
    }
    if log.warnings() > 0 {
        log.go_back(&before);
    }
    row::take(text, options.at.unwrap_or(0), walked, builder);
    true
}

/// Writes what came of an array: how many rows were taken and left out, and what is wrong with the first of these.
pub fn write(renderer: &mut Renderer, taken: usize, left_out: u64, log: &Log) {
    renderer.writer.open(b'{');
    renderer.writer.number_member(b"size", taken as u64);
    renderer.writer.number_member(b"leftOut", left_out);
    renderer.writer.name(b"refused");
    renderer.writer.open(b'[');
    for (place, group) in log.groups.iter().enumerate() {
        if group.element != NO_ELEMENT {
            renderer.writer.open(b'{');
            renderer.writer.number_member(b"index", u64::from(group.element));
            renderer.both(log, place, place + 1, false);
            renderer.writer.close(b'}');
        }
    }
    renderer.writer.close(b']');
    renderer.both(log, 0, log.groups.len(), true);
    renderer.writer.close(b'}');
}
