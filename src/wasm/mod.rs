//! The only code that knows JavaScript: bytes in, one number back, answers made when asked for.
//!
//! JavaScript writes a document into the input buffer ([`memory`]), calls [`check`] and reads its
//! `i32`: negative is refused. Only when there is something to say does it ask for an [`answers`].
//! Few exports with plain numbers, and not wasm-bindgen's: those carry every number through memory.

#![allow(unsafe_code, reason = "an export by its own name is `unsafe(no_mangle)`")]

mod allocator;
mod alone;
mod answers;
mod memory;

use crate::checks::load::Row;
use crate::checks::{bulk, create, delete, edit, key, lines, load, respond, too_large};
use crate::registry::{Builder, Found};
use memory::{Asked, BULK_ITEM, EXTRA, LAST, Question, State, state};

const REFUSED: i32 = -1;
/// A verdict on a system type, which nobody replaces or retires.
const SYSTEM: i32 = -2;

/// Asks a question about the document in the input. Negative is refused.
///
/// | asked | document | extra text | verdict |
/// |---|---|---|---|
/// | `Respond` | a call | the `Idempotency-Key` header | bit 0 warnings, 1-2 direction, 3-5 target, 6-25 row + 1 |
/// | `Bulk` | a request | | bit 0 something refused, 1 warnings, from 2 how many items |
/// | `Load` | a list; `registry` is the most types, `extra_len` the most levels | | bit 0 warnings; the image is made |
/// | `Create` | a body | | bit 0 warnings |
/// | `Edit` | a body | the key, a JSON value | bit 0 warnings |
/// | `Remove` | the key, a JSON value | | bit 0 warnings, 6-25 row + 1 |
/// | `Key` | a key, a JSON value | | bit 0 warnings |
/// | `Outcome` | a key, a JSON value | | bit 0 warnings, 6-25 row + 1 |
/// | `With` | a row | | -2 a system type, else bit 0 warnings; the image is made |
/// | `Without` | a key's text | the time | -2 a system type, 0 nothing to retire, 1 the image is made |
/// | `Find` | a key's text | | row, or -1 |
/// | `Size` | | | how many live types |
/// | `Complete` | | | 1 where the list was whole |
/// | `Defaults` | | | 0; the image is made |
#[unsafe(no_mangle)]
#[allow(clippy::too_many_arguments, reason = "plain numbers cross to JavaScript at no cost")]
pub extern "C" fn check(
    asked: u32,
    registry: u32,
    len: u32,
    extra_len: u32,
    flags: u32,
    max_issues: u32,
    max_bytes: u32,
    now: f64,
) -> i32 {
    let state = state();
    let Some(asked) = Asked::at(asked) else { return REFUSED };
    // A document over its limit, which JavaScript always states, was not even copied.
    let is_oversize = len > max_bytes;
    let len = if is_oversize { 0 } else { len };
    state.start(Question { asked, registry, len, extra_len, flags }, max_issues);
    if is_oversize {
        too_large(max_bytes, &mut state.log);
        return REFUSED;
    }
    answer(state, asked, max_bytes, (!now.is_nan()).then_some(now))
}

/// The verdict on a question that was started.
fn answer(state: &mut State, asked: Asked, max_bytes: u32, now: Option<f64>) -> i32 {
    let Question { registry, len, extra_len, flags, .. } = state.asked;
    let State { log, walked, items, input, arena, answer, .. } = state;
    let document = memory::document(input, len);
    let image = memory::image(arena, registry);
    if let Asked::Respond = asked {
        let header = || memory::text(memory::extra(input, len, extra_len));
        let options = respond::Options {
            idempotency_key: (flags & EXTRA != 0).then(header),
            item: flags & BULK_ITEM != 0,
            now,
            max_bytes,
        };
        if !respond::check(image, document, &options, walked, log, answer) {
            *answer = respond::Answer::NONE;
            return REFUSED;
        }
        let direction = answer.direction.map_or(0, |direction| direction as i32);
        let target = answer.target.map_or(0, |target| target as i32);
        return direction << 1 | target << 3 | found_bits(answer.outcome) | i32::from(log.warnings() > 0);
    }
    let bytes = document.bytes();
    let extra = memory::extra(input, len, extra_len);
    let mut bits = 0;
    let mut builder = Builder::default();
    match asked {
        Asked::Bulk => {
            if !bulk::check(image, document, &bulk::Options { now, max_bytes }, walked, items, log) {
                return REFUSED;
            }
            let (refused, warned) = (log.errors() > 0, log.warnings() > 0);
            return i32::from(refused) | i32::from(warned) << 1 | (items.len() as i32) << 2;
        }
        Asked::Load => {
            let options = load::Options { max_bytes, max_types: registry, max_depth: extra_len };
            load::check(document, &options, walked, &mut builder, log);
        }
        Asked::Create => drop(create::check(image, bytes, memory::form(flags), walked, log)),
        Asked::Edit => drop(edit::check(image, extra, bytes, walked, log)),
        Asked::Remove => bits = found_bits(delete::check(image, bytes, log)),
        Asked::Key => drop(key::check(memory::known(registry, image), bytes, walked, log)),
        Asked::Outcome => bits = found_bits(key::check_outcome(image, bytes, walked, log)),
        Asked::With => match load::check_row(image, bytes, walked, &mut builder, log) {
            Row::Refused => return REFUSED,
            Row::System => return SYSTEM,
            Row::Taken => {}
        },
        Asked::Without => match image.find(bytes) {
            Some(found) if found.facts.is_system() => return SYSTEM,
            Some(found) if !found.facts.is_retired() => {
                load::retire(image, found.row, extra, &mut builder);
                bits = 1;
            }
            _ => return 0,
        },
        Asked::Find => return image.find(bytes).map_or(-1, |found| found.row as i32),
        Asked::Size => return image.size() as i32,
        Asked::Complete => return i32::from(image.is_complete()),
        Asked::Defaults => builder.take_defaults(true),
        Asked::Respond | Asked::Lines => {}
    }
    if state.log.errors() > 0 {
        return REFUSED;
    }
    if !builder.records.is_empty() {
        state.made = builder.finish();
    }
    bits | i32::from(state.log.warnings() > 0)
}

/// The verdict of a check that names a type: its place in the registry stands in bits 6 to 25.
fn found_bits(found: Option<Found>) -> i32 {
    found.map_or(0, |found| (found.row as i32 + 1) << 6)
}

/// Checks the whole lines of the input, and with `LAST` the rest too; how many bytes those were. Where their stream
/// stands is in its place ([`memory::address`]) before and after, and so are the lines after it.
#[unsafe(no_mangle)]
pub extern "C" fn lines(registry: u32, len: u32, flags: u32, max_issues: u32, max_line: u32, now: f64) -> u32 {
    let state = state();
    state.start(Question { asked: Asked::Lines, registry, len, extra_len: 0, flags }, max_issues);
    let State { log, walked, lines, stream, input, arena, .. } = state;
    let options = lines::Options { item: flags & BULK_ITEM != 0, now: (!now.is_nan()).then_some(now), max_line };
    let (image, document) = (memory::image(arena, registry), memory::document(input, len));
    lines::check(image, document, flags & LAST != 0, &options, stream, walked, lines, log) as u32
}
