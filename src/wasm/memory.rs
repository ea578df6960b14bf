//! What lies in wasm memory between two calls: the input buffer, the arena of registry images, and
//! the last question with its log.

#![allow(unsafe_code, reason = "a text that JavaScript encoded is known to be one")]

use super::alone::Alone;
use crate::checks::bulk::Item;
use crate::checks::lines::{self, Line};
use crate::checks::log::{Log, Rules};
use crate::checks::render::Units;
use crate::checks::respond::Answer;
use crate::checks::walk::Walked;
use crate::checks::{Settings, create};
use crate::json::Document;
use crate::json::document::ROOM;
use crate::registry::Image;
use crate::room::resize;

/// The flags of a call.
pub const RULES: u32 = 1;
pub const BULK_ITEM: u32 = 2;
pub const FORM: u32 = 4;
pub const TEXT: u32 = 8;
pub const OBJECT: u32 = 16;
pub const EXTRA: u32 = 32;
pub const LAST: u32 = 64;

/// Bytes between a document and the text beside it.
const GAP: usize = ROOM;
/// The arena is cleared rather than grown beyond this; a larger image has it to itself.
const ARENA: usize = 4 << 20;
macro_rules! asked {
    ($($variant:ident),+) => {
        /// What was asked; the number that JavaScript gives is the place in this list.
        #[derive(Clone, Copy)]
        pub enum Asked { $($variant),+ }

        impl Asked {
            const ALL: &[Asked] = &[$(Asked::$variant),+];

            /// The question of a number.
            pub fn at(number: u32) -> Option<Self> {
                Self::ALL.get(number as usize).copied()
            }
        }
    };
}

asked!(Respond, Bulk, Load, Create, Edit, Remove, Key, Outcome, With, Without, Find, Size, Complete, Defaults, Lines);

/// The last question and where its texts lie.
#[derive(Clone, Copy)]
pub struct Question {
    pub asked: Asked,
    pub registry: u32,
    pub len: u32,
    pub extra_len: u32,
    pub flags: u32,
}

/// Everything that lives between two calls.
pub struct State {
    pub input: Vec<u8>,
    pub arena: Vec<u8>,
    /// One byte per code, where JavaScript writes them.
    pub rules: Rules,
    pub log: Log,
    pub walked: Walked,
    pub items: Vec<Item>,
    pub lines: Vec<Line>,
    pub stream: lines::State,
    pub asked: Question,
    /// What the last call said that was not refused.
    pub answer: Answer,
    /// The bytes that were made last: an image, or the body of a bulk request.
    pub made: Vec<u8>,
}

static STATE: Alone<State> = Alone::new(State::new());

/// The state, for the length of a call.
pub fn state() -> &'static mut State {
    STATE.get()
}

impl State {
    const fn new() -> Self {
        Self {
            input: Vec::new(),
            arena: Vec::new(),
            rules: Rules::from_bytes(&[0; _]),
            log: Log::new(None, 0),
            walked: Walked::new(),
            items: Vec::new(),
            lines: Vec::new(),
            stream: lines::State { line: 1, offset: 0, dropped: 0, mark: false },
            asked: Question { asked: Asked::Respond, registry: 0, len: 0, extra_len: 0, flags: 0 },
            answer: Answer::NONE,
            made: Vec::new(),
        }
    }

    /// Begins a check: keeps the question for its answers and empties the log.
    #[inline(always)]
    pub fn start(&mut self, question: Question, max_issues: u32) {
        self.asked = question;
        // Behind a document stands what ends it.
        if let Some(end) = self.input.get_mut(question.len as usize) {
            *end = 0;
        }
        let rules = if question.flags & RULES != 0 { Some(&self.rules) } else { None };
        self.log.restart(rules, Settings { max_issues, ..Settings::default() }.limit());
    }

    /// What the offsets of the last check count.
    pub fn units(&self) -> Units {
        match self.asked.flags {
            flags if flags & OBJECT != 0 => Units::None,
            flags if flags & TEXT != 0 => Units::Utf16,
            _ => Units::Bytes,
        }
    }
}

/// How a body is to be read.
pub fn form(flags: u32) -> create::Options {
    create::Options { form: flags & FORM != 0 }
}

/// The registry, where the caller has one.
pub fn known(registry: u32, image: Image<'_>) -> Option<Image<'_>> {
    (registry != u32::MAX).then_some(image)
}

/// The document in the input.
pub fn document(input: &[u8], len: u32) -> Document<'_> {
    Document::within(input, len as usize)
}

/// The text beside the document.
pub fn extra(input: &[u8], len: u32, extra_len: u32) -> &[u8] {
    let at = len as usize + GAP;
    input.get(at..at + extra_len as usize).unwrap_or_default()
}

/// A text that JavaScript encoded.
pub fn text(bytes: &[u8]) -> &str {
    // SAFETY: JavaScript's `TextEncoder` wrote these bytes, and writes nothing but UTF-8.
    unsafe { std::str::from_utf8_unchecked(bytes) }
}

/// The registry of a handle.
pub fn image(arena: &[u8], registry: u32) -> Image<'_> {
    Image::unchecked(arena.get(registry as usize..).unwrap_or_default())
}

/// Makes room for a document and the text beside it; the address of the input.
#[unsafe(no_mangle)]
pub extern "C" fn reserve(capacity: u32) -> u32 {
    let input = &mut state().input;
    let wanted = (capacity as usize).saturating_add(GAP);
    if input.len() < wanted {
        resize(input, wanted);
    }
    input.as_ptr() as u32
}

/// Makes room for an image in the arena; its handle. 0: the arena starts anew, no earlier handle
/// holds.
#[unsafe(no_mangle)]
pub extern "C" fn place(len: u32) -> u32 {
    let arena = &mut state().arena;
    if arena.len().saturating_add(len as usize) > ARENA {
        arena.clear();
    }
    let at = (arena.len() + 15) & !15;
    resize(arena, at.saturating_add(len as usize));
    at as u32
}

/// Where something lies. 0: the arena, which moves only when `place` is called; 1: one byte per
/// code (0 as usual, 1 error, 2 warning, 3 off); 2: where the stream of lines stands; 3: the lines
/// that were checked last; 4: how many those were; 5: the bytes that were made last; 6: how many those are.
#[unsafe(no_mangle)]
pub extern "C" fn address(of: u32) -> u32 {
    let state = state();
    match of {
        0 => state.arena.as_ptr() as u32,
        1 => (&raw const state.rules) as u32,
        2 => (&raw const state.stream) as u32,
        3 => state.lines.as_ptr() as u32,
        4 => state.lines.len() as u32,
        5 => state.made.as_ptr() as u32,
        _ => state.made.len() as u32,
    }
}

/// Has panics, of which the released module has none, printed on JavaScript's console.
#[cfg(feature = "console")]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}
