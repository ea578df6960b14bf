//! What there is to say of the last check, and of a registry: made when JavaScript asks for it.
//!
//! All of it goes out as JSON text, which JavaScript parses: carrying structures member by member costs
//! 4 KB of code and a crossing for every member. Bytes do not cross: they are left in `made`.

#![allow(unsafe_code, reason = "what is UTF-8 by construction need not be looked through")]

use js_sys::JsString;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;

use super::memory::{self, Asked, BULK_ITEM, EXTRA, Question, State, state};
use crate::checks::bulk::BULK;
use crate::checks::edit::EDIT;
use crate::checks::key::{NEW_KEY, OUTCOME};
use crate::checks::load::{LIST, rows_at};
use crate::checks::normalise::normalise;
use crate::checks::render::{Page, Renderer};
use crate::checks::respond::{self, ITEM};
use crate::checks::row::{self, ROW};
use crate::checks::{bulk, create, edit, lines};
use crate::json::write::Writer;
use crate::key;
use crate::registry::Image;

impl State {
    /// What the log of the last check is about.
    fn page(&self) -> Page<'_> {
        let Question { asked, registry, len, extra_len, flags } = self.asked;
        let document = memory::document(&self.input, len).bytes();
        let mut argument = document;
        let mut list = "";
        let mut elements = None;
        let table = match asked {
            Asked::With => &ROW,
            Asked::Create => create::table(memory::form(flags)),
            Asked::Edit => {
                argument = memory::extra(&self.input, len, extra_len);
                &EDIT
            }
            Asked::Remove | Asked::Outcome => &OUTCOME,
            Asked::Key => &NEW_KEY,
            Asked::Bulk => {
                list = "outcomes";
                elements = Some(&ITEM);
                &BULK
            }
            Asked::Load => {
                list = rows_at(document);
                elements = Some(&ROW);
                &LIST
            }
            _ => respond::table(flags & BULK_ITEM != 0),
        };
        let single = matches!(asked, Asked::Key | Asked::Outcome);
        let registry = memory::known(registry, memory::image(&self.arena, registry));
        Page { document, argument, table, elements, list, single, registry, units: self.units(), offset: 0 }
    }

    /// What the last document means: a body to POST or to PUT, a normalised call.
    fn value(&self, writer: &mut Writer) {
        let Question { asked, len, extra_len, flags, .. } = self.asked;
        let bytes = memory::document(&self.input, len).bytes();
        match asked {
            Asked::Create => create::value(bytes, &self.walked, writer),
            Asked::Edit => edit::value(bytes, &self.walked, writer),
            _ => {
                let mut header = "";
                if flags & EXTRA != 0 {
                    header = memory::text(memory::extra(&self.input, len, extra_len));
                }
                normalise(bytes, header, flags & BULK_ITEM != 0, self.answer.direction, &self.walked, writer);
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
/// | 2 | the word of the last call that names no type | JSON |
/// | 3 | what was found in the last bulk request | JSON |
/// | 4 | that request without its refused items: bytes, where [`memory::address`] finds what was made | |
/// | 5 | what was found on the last lines | JSON |
/// | 8 | the type at the place `argument` of the registry | JSON |
/// | 9 | the places of the types that pass the filter `argument` | JSON |
/// | 10 | the nearest live key to the first `argument` bytes of the input | JSON |
/// | 11 | a free key for the name there | JSON |
/// | 12 | a key made from the name there | JSON |
///
/// Bits of a filter: 0-1 classification, 2-3 category, 4-5 system (1 yes, 2 no), 6-7 retired (0
/// live, 1 retired, 2 both), 8 in the list that was loaded.
#[wasm_bindgen]
pub fn answer(which: u32, registry: u32, argument: u32) -> Option<JsString> {
    made(which, registry, argument)
}

/// On its own: what wasm-bindgen puts around an export carries its numbers through memory where it
/// holds more than a call.
#[inline(never)]
fn made(which: u32, registry: u32, argument: u32) -> Option<JsString> {
    let state = state();
    if which == 4 {
        state.made = bulk::body(memory::document(&state.input, state.asked.len).bytes(), &state.items);
        return None;
    }
    let mut renderer = Renderer::new(state.page(), &state.log);
    let is_any = write(state, which, registry, argument, &mut renderer);
    is_any.then(|| text(&renderer.writer.text))
}

/// Writes an answer. `false` where there is none.
fn write<'a>(state: &'a State, which: u32, registry: u32, argument: u32, renderer: &mut Renderer<'a>) -> bool {
    let image = memory::image(&state.arena, registry);
    let name = memory::document(&state.input, argument).bytes();
    let document = memory::document(&state.input, state.asked.len).bytes();
    let writer = &mut renderer.writer;
    match which {
        0 => renderer.all(&state.log),
        1 => state.value(writer),
        2 => {
            let Some(word) = state.answer.word else { return false };
            writer.raw(word.of(document));
        }
        3 => bulk::write(renderer, &state.items, &state.log),
        5 => lines::write(renderer, document, &state.lines, &state.log),
        8 => return row::outcome(image, argument, writer),
        9 => rows(image, argument, writer),
        10 => {
            let key = image.nearest(name);
            writer.string(key);
            return !key.is_empty();
        }
        _ => {
            let mut key = Vec::new();
            if which == 11 {
                image.push_free_key(name, &mut key);
            } else {
                key::push_key(name, &mut key);
            }
            writer.string(&key);
        }
    }
    true
}

fn text(text: &[u8]) -> JsString {
    // SAFETY: what is written is words of the core, keys of a registry that was made from text, and
    // strings and values of a document that was read to its end: those of one that could not be
    // read are not quoted, save the character in front of a fault, which was looked at. A key
    // beside a document, which rules may let pass unread, was written by `JSON.stringify`.
    let text = unsafe { std::str::from_utf8_unchecked(text) };
    match serde_wasm_bindgen::to_value(text) {
        Ok(text) => text.unchecked_into(),
        // Text always goes; and nothing is left to be dropped.
        Err(_) => std::process::abort(),
    }
}

/// Writes the places of the types that pass a filter.
fn rows(image: Image, filter: u32, writer: &mut Writer) {
    // Both bits of each pair that is not 0: what is 0 may be anything.
    let given = (filter | filter >> 1) & 0b01_01_01;
    let given = given | given << 1;
    writer.open(b'[');
    for row in 0..image.rows() {
        let facts = image.facts(row);
        let classification = facts.classification() as u32 + 1;
        let category = facts.category() as u32 + 1;
        let system = 2 - u32::from(facts.is_system());
        if (filter ^ (classification | category << 2 | system << 4)) & given == 0
            && (filter & 0x80 != 0 || filter >> 6 & 1 == u32::from(facts.is_retired()))
            && (filter & 0x100 == 0 || facts.is_listed())
        {
            writer.number(u64::from(row));
        }
    }
    writer.close(b']');
}
