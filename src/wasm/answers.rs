//! What there is to say of the last check, made when JavaScript asks for it.

use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::memory::{self, Asked, BULK_ITEM, EXTRA, Question, State, with};
use super::word_at;
use crate::checks::ask::BulkAnswer;
use crate::checks::edit::EDIT;
use crate::checks::key::{NEW_KEY, OUTCOME};
use crate::checks::load::ROW;
use crate::checks::render::{Page, Renderer};
use crate::checks::respond::{self, CALL, ITEM};
use crate::checks::{bulk, create, edit, lines};

fn answer(value: &impl Serialize) -> JsValue {
    serde_wasm_bindgen::to_value(value).unwrap_or(JsValue::UNDEFINED)
}

impl State {
    /// What the log of the last check is about.
    fn page(&self) -> Page<'_> {
        let Question { asked, registry, len, extra_len, .. } = self.asked;
        let bytes = memory::document(&self.input, len);
        let image = memory::image(&self.arena, registry);
        let page = match asked {
            Asked::Respond { item: true } => Page::new(bytes, &ITEM),
            Asked::Respond { .. } | Asked::Lines | Asked::Nothing => Page::new(bytes, &CALL),
            Asked::Bulk => Page::of_bulk(bytes, image),
            Asked::Load => Page::of_list(bytes),
            Asked::Row => Page::new(bytes, &ROW),
            Asked::Create(options) => Page::new(bytes, create::table(options)),
            Asked::Edit => Page { argument: memory::extra(&self.input, len, extra_len), ..Page::new(bytes, &EDIT) },
            Asked::Remove => Page { argument: bytes, ..Page::new(bytes, &OUTCOME) },
            Asked::Key => Page { single: true, ..Page::new(bytes, &NEW_KEY) },
            Asked::Outcome => Page { single: true, ..Page::new(bytes, &OUTCOME) },
        };
        let registry = (registry != super::NO_REGISTRY).then_some(image);
        Page { registry, units: self.units(), ..page }
    }
}

/// The issues and warnings of the last check.
#[wasm_bindgen]
pub fn issues() -> JsValue {
    with(|state| answer(&Renderer::new(state.page(), &state.log).all(&state.log)))
}

/// What the last document means, as JSON: a body to POST or to PUT, a normalised call.
#[wasm_bindgen]
pub fn value() -> String {
    with(|state| {
        let Question { asked, len, extra_len, flags, .. } = state.asked;
        let bytes = memory::document(&state.input, len);
        match asked {
            Asked::Create(_) => create::value(bytes, &state.walked),
            Asked::Edit => edit::value(bytes, &state.walked),
            _ => {
                let header = memory::text(memory::extra(&state.input, len, extra_len));
                let options = respond::Options {
                    idempotency_key: (flags & EXTRA != 0).then_some(header),
                    item: flags & BULK_ITEM != 0,
                    ..Default::default()
                };
                respond::normalise(bytes, &options, &state.walked, &state.answer.unwrap_or_default())
            }
        }
    })
}

/// The word of the last call that names no type.
#[wasm_bindgen]
pub fn word() -> Option<String> {
    with(|state| state.answer?.word.map(|span| word_at(state, span)))
}

/// What was found in the last bulk request.
#[wasm_bindgen]
pub fn bulk_answer() -> JsValue {
    with(|state| answer(&BulkAnswer::new(state.page(), &state.items, &state.log)))
}

/// The last bulk request without its refused items.
#[wasm_bindgen]
pub fn bulk_body() -> Vec<u8> {
    with(|state| bulk::body(memory::document(&state.input, state.asked.len), &state.items))
}

/// What was found on the last lines.
#[wasm_bindgen]
pub fn line_answers() -> JsValue {
    with(|state| {
        let item = state.asked.flags & BULK_ITEM != 0;
        let image = memory::image(&state.arena, state.asked.registry);
        let bytes = memory::document(&state.input, state.asked.len);
        answer(&lines::render(image, bytes, item, &state.lines, &state.log))
    })
}

/// The state of the last stream: the next line's number, the offset, the bytes dropped of a line
/// that is too long, whether a byte-order mark is still to be reported.
#[wasm_bindgen]
pub fn lines_state() -> Vec<f64> {
    with(|state| {
        let stream = state.stream;
        Vec::from([stream.line as f64, stream.offset as f64, stream.dropped as f64, f64::from(u8::from(stream.mark))])
    })
}
