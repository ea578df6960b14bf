//! Registries: lookups in an image, and the next image.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::memory::{self, Asked, Question, with};
use super::{REFUSED, oversize};
use crate::Registry;
use crate::checks::{create, load};
use crate::key;
use crate::outcome::{Category, Classification};
use crate::registry::{Filter, Image};

/// A verdict on a system type, which nobody replaces or retires.
const SYSTEM: i32 = -2;

/// Asks the registry of a handle about the text in the input.
fn ask<A>(registry: u32, len: u32, run: impl FnOnce(Image, &str) -> A) -> A {
    with(|state| run(memory::image(&state.arena, registry), memory::text(memory::document(&state.input, len))))
}

/// The image of the ten system types alone.
#[wasm_bindgen]
pub fn defaults_image() -> Vec<u8> {
    Registry::defaults().into_bytes()
}

/// The image that `load`, `with_row` or `without_key` made last.
#[wasm_bindgen]
pub fn image() -> Vec<u8> {
    with(|state| std::mem::take(&mut state.made))
}

/// Puts the row in the input into the registry. -1: no row (`issues`), -2: a system type, else
/// `image` has the next registry; bit 0: warnings.
#[wasm_bindgen]
pub fn with_row(registry: u32, len: u32, flags: u32) -> i32 {
    with(|state| {
        state.start(Question { asked: Asked::Row, registry, len, extra_len: 0, flags }, 0);
        if oversize(state, len, 0, create::MAX_BYTES) {
            return REFUSED;
        }
        let image = memory::image(&state.arena, registry);
        match load::check_row(image, memory::document(&state.input, len), &mut state.log) {
            None => REFUSED,
            Some(None) => SYSTEM,
            Some(Some(next)) => {
                state.made = next.into_bytes();
                state.verdict(true, 0)
            }
        }
    })
}

/// Retires the key in the input at the time in the extra text. -2: a system type, 0: nothing to
/// retire, 1: `image` has the next registry.
#[wasm_bindgen]
pub fn without_key(registry: u32, len: u32, extra_len: u32) -> i32 {
    with(|state| {
        let image = memory::image(&state.arena, registry);
        let key = memory::text(memory::document(&state.input, len));
        match image.find(key.as_bytes()) {
            Some(found) if found.facts.is_system() => SYSTEM,
            Some(found) if !found.facts.is_retired() => {
                let time = memory::text(memory::extra(&state.input, len, extra_len));
                state.made = image.without(key, time).into_bytes();
                1
            }
            _ => 0,
        }
    })
}

/// The place of the key in the input; -1 where it is unknown.
#[wasm_bindgen]
pub fn find(registry: u32, len: u32) -> i32 {
    with(|state| {
        let key = memory::document(&state.input, len);
        memory::image(&state.arena, registry).find(key).map_or(-1, |found| found.row as i32)
    })
}

/// The type at a place.
#[wasm_bindgen]
pub fn row(registry: u32, row: u32) -> JsValue {
    with(|state| {
        let outcome = memory::image(&state.arena, registry).outcome(row);
        outcome
            .map_or(JsValue::UNDEFINED, |outcome| serde_wasm_bindgen::to_value(&outcome).unwrap_or(JsValue::UNDEFINED))
    })
}

/// The places of the types that pass a filter. Bits 0-1: classification, 2-3: category, 4-5:
/// system (1 yes, 2 no), 6-7: retired (0 live, 1 retired, 2 both), 8: in the list that was loaded.
#[wasm_bindgen]
pub fn rows(registry: u32, filter: u32) -> Vec<u32> {
    let choice = |bit: u32| (filter >> bit & 3) as usize;
    let filter = Filter {
        classification: Classification::at(choice(0).wrapping_sub(1)),
        category: Category::at(choice(2).wrapping_sub(1)),
        system: [None, Some(true), Some(false)].get(choice(4)).copied().flatten(),
        retired: [Some(false), Some(true), None].get(choice(6)).copied().flatten(),
        listed: (filter >> 8 & 1 == 1).then_some(true),
    };
    with(|state| memory::image(&state.arena, registry).list(filter).collect())
}

/// How many live types there are.
#[wasm_bindgen]
pub fn size(registry: u32) -> u32 {
    with(|state| memory::image(&state.arena, registry).size())
}

/// Whether the list that was loaded was whole.
#[wasm_bindgen]
pub fn complete(registry: u32) -> bool {
    with(|state| memory::image(&state.arena, registry).is_complete())
}

/// The nearest live key to the word in the input.
#[wasm_bindgen]
pub fn suggest(registry: u32, len: u32) -> Option<String> {
    ask(registry, len, |image, word| image.suggest(word).map(String::from))
}

/// A free key for the name in the input.
#[wasm_bindgen]
pub fn propose_key(registry: u32, len: u32) -> String {
    ask(registry, len, |image, name| image.propose_key(name))
}

/// A key made from the name in the input.
#[wasm_bindgen]
pub fn to_key(len: u32) -> String {
    with(|state| key::to_key(memory::text(memory::document(&state.input, len))))
}
