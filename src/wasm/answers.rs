//! What there is to say of the last check, and of a registry: made when JavaScript asks for it.
//!
//! Structures go out as JSON text, which JavaScript parses: carrying them member by member costs
//! 4 KB of code and a crossing for every member.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::memory::{self, Asked, BULK_ITEM, EXTRA, Question, State, state};
use crate::checks::bulk::BulkAnswer;
use crate::checks::edit::EDIT;
use crate::checks::key::{NEW_KEY, OUTCOME};
use crate::checks::render::{Page, text_at};
use crate::checks::respond::{self, CALL, ITEM};
use crate::checks::row::{self, ROW};
use crate::checks::{bulk, create, edit, lines, write};
use crate::json::write::Writer;
use crate::key;
use crate::outcome::{Category, Classification};
use crate::registry::{Filter, Image};

impl State {
    /// What the log of the last check is about.
    fn page(&self) -> Page<'_> {
        let Question { asked, registry, len, extra_len, flags } = self.asked;
        let bytes = memory::document(&self.input, len);
        let image = memory::image(&self.arena, registry);
        let table = match asked {
            Asked::With => &ROW,
            Asked::Create => create::table(memory::form(flags)),
            Asked::Edit => &EDIT,
            Asked::Remove | Asked::Outcome => &OUTCOME,
            Asked::Key => &NEW_KEY,
            _ if flags & BULK_ITEM != 0 => &ITEM,
            _ => &CALL,
        };
        let mut page = match asked {
            Asked::Bulk => Page::of_bulk(bytes, image),
            Asked::Load => Page::of_list(bytes),
            _ => Page::new(bytes, table),
        };
        match asked {
            Asked::Edit => page.argument = memory::extra(&self.input, len, extra_len),
            Asked::Remove => page.argument = bytes,
            Asked::Key | Asked::Outcome => page.single = true,
            _ => {}
        }
        page.registry = memory::known(registry, image);
        page.units = self.units();
        page
    }

    /// What the last document means: a body to POST or to PUT, a normalised call.
    fn value(&self) -> String {
        let Question { asked, len, extra_len, flags, .. } = self.asked;
        let bytes = memory::document(&self.input, len);
        match asked {
            Asked::Create => create::value(bytes, &self.walked),
            Asked::Edit => edit::value(bytes, &self.walked),
            _ => {
                let header = memory::text(memory::extra(&self.input, len, extra_len));
                let options = respond::Options {
                    idempotency_key: (flags & EXTRA != 0).then_some(header),
                    item: flags & BULK_ITEM != 0,
                    ..Default::default()
                };
                respond::normalise(bytes, &options, &self.walked, &self.answer.unwrap_or_default())
            }
        }
    }
}

/// One answer, by its number:
///
/// | | answer | |
/// |---|---|---|
/// | 0 | issues and warnings of the last check | JSON |
/// | 1 | what the last document means | JSON |
/// | 2 | the word of the last call that names no type | text |
/// | 3 | what was found in the last bulk request | JSON |
/// | 4 | that request without its refused items | bytes |
/// | 5 | what was found on the last lines | JSON |
/// | 6 | the state of their stream: line, offset, dropped, mark | JSON |
/// | 7 | the image that was made last | bytes |
/// | 8 | the type at the place `argument` of the registry | JSON |
/// | 9 | the places of the types that pass the filter `argument` | JSON |
/// | 10 | the nearest live key to the first `argument` bytes of the input | text |
/// | 11 | a free key for the name there | text |
/// | 12 | a key made from the name there | text |
///
/// Bits of a filter: 0-1 classification, 2-3 category, 4-5 system (1 yes, 2 no), 6-7 retired (0
/// live, 1 retired, 2 both), 8 in the list that was loaded.
#[wasm_bindgen]
pub fn answer(which: u32, registry: u32, argument: u32) -> JsValue {
    let state = state();
    match which {
        4 => bytes(&bulk::body(memory::document(&state.input, state.asked.len), &state.items)),
        7 => bytes(&std::mem::take(&mut state.made)),
        _ => match text(state, which, registry, argument) {
            Some(text) => serde_wasm_bindgen::to_value(&text).unwrap_or(JsValue::UNDEFINED),
            None => JsValue::UNDEFINED,
        },
    }
}

/// The answers that are text or JSON.
fn text(state: &mut State, which: u32, registry: u32, argument: u32) -> Option<String> {
    let image = memory::image(&state.arena, registry);
    let name = memory::text(memory::document(&state.input, argument));
    let document = memory::document(&state.input, state.asked.len);
    let said = match which {
        0 => write::issues(state.page(), &state.log),
        1 => state.value(),
        2 => text_at(document, state.answer?.word?).into_owned(),
        3 => write::bulk(&BulkAnswer::new(state.page(), &state.items, &state.log)),
        5 => {
            let image = memory::image(&state.arena, state.asked.registry);
            let item = state.asked.flags & BULK_ITEM != 0;
            write::lines(&lines::render(image, document, item, &state.lines, &state.log))
        }
        6 => {
            let stream = state.stream;
            numbers(&[stream.line, stream.offset, stream.dropped, u64::from(stream.mark)])
        }
        8 => row::outcome(image, argument)?,
        9 => rows(image, argument),
        10 => image.suggest(name)?.into(),
        11 => image.propose_key(name),
        _ => key::to_key(name),
    };
    Some(said)
}

fn bytes(bytes: &[u8]) -> JsValue {
    js_sys::Uint8Array::from(bytes).into()
}

fn numbers(numbers: &[u64]) -> String {
    let mut writer = Writer::default();
    writer.open('[');
    for number in numbers {
        writer.number(*number);
    }
    writer.close(']');
    writer.finish()
}

fn rows(image: Image, filter: u32) -> String {
    let choice = |bit: u32| (filter >> bit & 3) as usize;
    let filter = Filter {
        classification: Classification::at(choice(0).wrapping_sub(1)),
        category: Category::at(choice(2).wrapping_sub(1)),
        system: match choice(4) {
            1 => Some(true),
            2 => Some(false),
            _ => None,
        },
        retired: match choice(6) {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        },
        listed: if filter >> 8 & 1 == 1 { Some(true) } else { None },
    };
    let mut rows = Vec::new();
    for row in image.list(filter) {
        rows.push(u64::from(row));
    }
    numbers(&rows)
}
