//! The only code that knows JavaScript: bytes in, one number back, answers made when asked for.
//!
//! JavaScript writes a document into the input buffer, calls a check and reads its `i32`: negative
//! is refused. Only when there is something to say does it ask for more: [`answers`] renders the
//! last check. [`registries`] looks things up; [`memory`] is where everything lies.

mod answers;
mod memory;
mod registries;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::checks::{bulk, create, delete, edit, key, lines, load, respond, too_large};
use crate::json::Span;
use crate::registry::Found;
use memory::{Asked, BULK_ITEM, EXTRA, FORM, LAST, Question, State, with};

/// A registry's handle where a check needs none.
const NO_REGISTRY: u32 = u32::MAX;
const REFUSED: i32 = -1;

/// The verdict of a check that names a type: its place in the registry stands in bits 6 to 25.
fn found_bits(found: Option<Found>) -> i32 {
    found.map_or(0, |found| (found.row as i32 + 1) << 6)
}

impl State {
    /// The verdict of the last check: refused, or its answer's bits with the one of its warnings.
    fn verdict(&self, taken: bool, bits: i32) -> i32 {
        if taken { bits | i32::from(self.log.warnings() > 0) } else { REFUSED }
    }
}

/// A document that JavaScript did not even copy.
fn oversize(state: &mut State, len: u32, max_bytes: u32, usual: u32) -> bool {
    let limit = if max_bytes == 0 { usual } else { max_bytes };
    if len > limit {
        state.asked.len = 0;
        too_large(limit, &mut state.log);
    }
    len > limit
}

fn time(now: f64) -> Option<f64> {
    (!now.is_nan()).then_some(now)
}

/// Checks a Respond call. Bit 0: warnings; 1-2: direction; 3-5: target; 6-25: row + 1.
#[wasm_bindgen]
pub fn respond(registry: u32, len: u32, extra_len: u32, flags: u32, max_issues: u32, max_bytes: u32, now: f64) -> i32 {
    with(|state| {
        let item = flags & BULK_ITEM != 0;
        state.start(Question { asked: Asked::Respond { item }, registry, len, extra_len, flags }, max_issues);
        state.answer = None;
        if oversize(state, len, max_bytes, respond::MAX_BYTES) {
            return REFUSED;
        }
        let State { log, walked, input, arena, .. } = state;
        let options = respond::Options {
            idempotency_key: (flags & EXTRA != 0).then(|| memory::text(memory::extra(input, len, extra_len))),
            item,
            now: time(now),
            max_bytes,
        };
        let image = memory::image(arena, registry);
        let Some(answer) = respond::check(image, memory::document(input, len), &options, walked, log) else {
            return REFUSED;
        };
        state.answer = Some(answer);
        let direction = answer.direction.map_or(0, |direction| direction as i32);
        let target = answer.target.map_or(0, |target| target as i32);
        state.verdict(true, direction << 1 | target << 3 | found_bits(answer.outcome))
    })
}

/// Checks a bulk request. Bit 0: something refused; 1: warnings; from 2: how many items.
#[wasm_bindgen]
pub fn bulk(registry: u32, len: u32, flags: u32, max_issues: u32, max_bytes: u32, now: f64) -> i32 {
    with(|state| {
        state.start(Question { asked: Asked::Bulk, registry, len, extra_len: 0, flags }, max_issues);
        state.items.clear();
        if oversize(state, len, max_bytes, bulk::MAX_BYTES) {
            return REFUSED;
        }
        let State { log, walked, items, input, arena, .. } = state;
        let options = bulk::Options { now: time(now), max_bytes };
        let image = memory::image(arena, registry);
        if !bulk::check(image, memory::document(input, len), &options, walked, items, log) {
            return REFUSED;
        }
        let refused = log.errors() > 0;
        i32::from(refused) | i32::from(log.warnings() > 0) << 1 | (items.len() as i32) << 2
    })
}

/// Checks the whole lines of the input, and with `LAST` the rest too; how many bytes are done with.
/// `line`, `offset`, `dropped` and `mark` are the stream's state: 1, 0, 0, 0 at its start, then
/// what `lines_state` gave.
#[wasm_bindgen]
#[allow(clippy::too_many_arguments, reason = "plain numbers cross to JavaScript at no cost")]
pub fn lines(
    registry: u32,
    len: u32,
    flags: u32,
    max_issues: u32,
    max_line: u32,
    now: f64,
    line: f64,
    offset: f64,
    dropped: f64,
    mark: f64,
) -> u32 {
    with(|state| {
        let item = flags & BULK_ITEM != 0;
        state.start(Question { asked: Asked::Lines, registry, len, extra_len: 0, flags }, max_issues);
        let State { log, walked, lines, stream, input, arena, .. } = state;
        *stream = lines::State { line: line as u64, offset: offset as u64, dropped: dropped as u64, mark: mark != 0.0 };
        let options = lines::Options { item, now: time(now), max_line };
        let (image, bytes) = (memory::image(arena, registry), memory::document(input, len));
        lines::check(image, bytes, flags & LAST != 0, &options, stream, walked, lines, log) as u32
    })
}

/// Loads a list of outcome types; `image` has the registry. Bit 0: warnings.
#[wasm_bindgen]
pub fn load(len: u32, flags: u32, max_issues: u32, max_bytes: u32, max_types: u32, max_depth: u32) -> i32 {
    with(|state| {
        state.start(Question { asked: Asked::Load, registry: NO_REGISTRY, len, extra_len: 0, flags }, max_issues);
        if oversize(state, len, max_bytes, load::MAX_BYTES) {
            return REFUSED;
        }
        let options = load::Options { max_bytes, max_types, max_depth };
        let registry = load::check(memory::document(&state.input, len), &options, &mut state.log);
        let taken = registry.is_some();
        state.made = registry.map(crate::Registry::into_bytes).unwrap_or_default();
        state.verdict(taken, 0)
    })
}

/// Checks the body of a new type; `value` has the body to POST. Bit 0: warnings.
#[wasm_bindgen]
pub fn create(registry: u32, len: u32, flags: u32, max_issues: u32) -> i32 {
    with(|state| {
        let options = create::Options { form: flags & FORM != 0 };
        state.start(Question { asked: Asked::Create(options), registry, len, extra_len: 0, flags }, max_issues);
        if oversize(state, len, 0, create::MAX_BYTES) {
            return REFUSED;
        }
        let State { log, walked, input, arena, .. } = state;
        let taken = create::check(memory::image(arena, registry), memory::document(input, len), options, walked, log);
        state.verdict(taken, 0)
    })
}

/// Checks a change of the type whose key (a JSON value) is the extra text; `value` has the body to
/// PUT. Bit 0: warnings.
#[wasm_bindgen]
pub fn edit(registry: u32, len: u32, extra_len: u32, flags: u32, max_issues: u32) -> i32 {
    with(|state| {
        state.start(Question { asked: Asked::Edit, registry, len, extra_len, flags }, max_issues);
        if oversize(state, len, 0, create::MAX_BYTES) {
            return REFUSED;
        }
        let State { log, walked, input, arena, .. } = state;
        let key = memory::extra(input, len, extra_len);
        let taken = edit::check(memory::image(arena, registry), key, memory::document(input, len), walked, log);
        state.verdict(taken, 0)
    })
}

/// Checks the deletion of the type whose key (a JSON value) is the document. Bit 0: warnings;
/// 6-25: row + 1.
#[wasm_bindgen]
pub fn remove(registry: u32, len: u32, flags: u32, max_issues: u32) -> i32 {
    with(|state| {
        state.start(Question { asked: Asked::Remove, registry, len, extra_len: 0, flags }, max_issues);
        if oversize(state, len, 0, create::MAX_BYTES) {
            return REFUSED;
        }
        let State { log, input, arena, .. } = state;
        let found = delete::check(memory::image(arena, registry), memory::document(input, len), log);
        state.verdict(state.log.errors() == 0, found_bits(found))
    })
}

/// Checks a new key (a JSON value); without a registry its syntax alone. Bit 0: warnings.
#[wasm_bindgen]
pub fn key(registry: u32, len: u32, flags: u32, max_issues: u32) -> i32 {
    with(|state| {
        state.start(Question { asked: Asked::Key, registry, len, extra_len: 0, flags }, max_issues);
        if oversize(state, len, 0, create::MAX_BYTES) {
            return REFUSED;
        }
        let State { log, walked, input, arena, .. } = state;
        let image = (registry != NO_REGISTRY).then(|| memory::image(arena, registry));
        let taken = key::check(image, memory::document(input, len), walked, log);
        state.verdict(taken, 0)
    })
}

/// Checks a key (a JSON value) that new calls are to name. Bit 0: warnings; 6-25: row + 1.
#[wasm_bindgen]
pub fn outcome(registry: u32, len: u32, flags: u32, max_issues: u32) -> i32 {
    with(|state| {
        state.start(Question { asked: Asked::Outcome, registry, len, extra_len: 0, flags }, max_issues);
        if oversize(state, len, 0, create::MAX_BYTES) {
            return REFUSED;
        }
        let State { log, walked, input, arena, .. } = state;
        let found = key::check_outcome(memory::image(arena, registry), memory::document(input, len), walked, log);
        state.verdict(state.log.errors() == 0, found_bits(found))
    })
}

/// The text of a span of the last document.
fn word_at(state: &State, span: Span) -> String {
    let document = memory::document(&state.input, state.asked.len);
    crate::checks::render::text_at(document, span).into_owned()
}
