//! What lies in wasm memory between two calls: the input buffer, the arena of registry images, and
//! the last question with its log.

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::checks::bulk::Item;
use crate::checks::lines::{self, Line};
use crate::checks::log::{Log, Rules};
use crate::checks::render::Units;
use crate::checks::respond::Answer;
use crate::checks::walk::Walked;
use crate::checks::{Settings, create};
use crate::issue::CODES;
use crate::registry::Image;

/// The flags of a call.
pub const RULES: u32 = 1;
pub const BULK_ITEM: u32 = 2;
pub const FORM: u32 = 4;
pub const TEXT: u32 = 8;
pub const OBJECT: u32 = 16;
pub const EXTRA: u32 = 32;
pub const LAST: u32 = 64;

/// Bytes between a document and the text beside it.
const GAP: usize = 64;
/// The arena is cleared rather than grown beyond this; a larger image has it to itself.
const ARENA: usize = 4 << 20;
/// Bytes of what a panic leaves behind.
const PANIC: usize = 512;

/// What was asked last.
#[derive(Clone, Copy, Default)]
pub enum Asked {
    #[default]
    Nothing,
    Respond {
        item: bool,
    },
    Bulk,
    Lines,
    Load,
    Row,
    Create(create::Options),
    Edit,
    Remove,
    Key,
    Outcome,
}

/// The last question and where its texts lie.
#[derive(Clone, Copy, Default)]
pub struct Question {
    pub asked: Asked,
    pub registry: u32,
    pub len: u32,
    pub extra_len: u32,
    pub flags: u32,
}

/// Everything that lives between two calls.
#[derive(Default)]
pub struct State {
    pub input: Vec<u8>,
    pub arena: Vec<u8>,
    /// One byte per code, where JavaScript writes them.
    pub rules: Vec<u8>,
    pub log: Log,
    pub walked: Walked,
    pub items: Vec<Item>,
    pub lines: Vec<Line>,
    pub stream: lines::State,
    pub asked: Question,
    pub answer: Option<Answer>,
    /// The image that was made last.
    pub made: Vec<u8>,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
    static PANICKED: RefCell<[u8; PANIC]> = const { RefCell::new([0; PANIC]) };
}

/// Runs a call. Nothing that it calls comes back in: JavaScript is never called with user code.
pub fn with<A>(run: impl FnOnce(&mut State) -> A) -> A {
    STATE.with_borrow_mut(run)
}

impl State {
    /// Begins a check: keeps the question for its answers and empties the log.
    pub fn start(&mut self, question: Question, max_issues: u32) {
        self.asked = question;
        let rules = (question.flags & RULES != 0).then(|| Rules::from_bytes(&self.rules));
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

/// The document in the input.
pub fn document(input: &[u8], len: u32) -> &[u8] {
    input.get(..len as usize).unwrap_or_default()
}

/// The text beside the document.
pub fn extra(input: &[u8], len: u32, extra_len: u32) -> &[u8] {
    let at = len as usize + GAP;
    input.get(at..at + extra_len as usize).unwrap_or_default()
}

/// A text that JavaScript encoded.
pub fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

/// The registry of a handle.
pub fn image(arena: &[u8], registry: u32) -> Image<'_> {
    Image::new(arena.get(registry as usize..).unwrap_or_default())
}

/// Makes room for a document and the text beside it; the address of the input.
#[wasm_bindgen]
pub fn input_reserve(capacity: u32) -> u32 {
    with(|state| {
        let wanted = capacity as usize + GAP;
        if state.input.len() < wanted {
            state.input.resize(wanted, 0);
        }
        state.input.as_ptr() as u32
    })
}

/// The address of one byte per code: 0 as usual, 1 error, 2 warning, 3 off.
#[wasm_bindgen]
pub fn rules_address() -> u32 {
    with(|state| {
        state.rules.resize(CODES.len(), 0);
        state.rules.as_ptr() as u32
    })
}

/// The address of the arena; it moves only when `arena_place` is called.
#[wasm_bindgen]
pub fn arena_address() -> u32 {
    with(|state| state.arena.as_ptr() as u32)
}

/// Makes room for an image; its handle. 0: the arena starts anew, no earlier handle holds.
#[wasm_bindgen]
pub fn arena_place(len: u32) -> u32 {
    with(|state| {
        if state.arena.len() + len as usize > ARENA {
            state.arena.clear();
        }
        // Words of an image are read where they lie: keep them aligned.
        let at = state.arena.len().next_multiple_of(16);
        state.arena.resize(at + len as usize, 0);
        at as u32
    })
}

/// The address of what the last panic said: its length (4 bytes, little-endian) and its text.
#[wasm_bindgen]
pub fn panic_address() -> u32 {
    PANICKED.with(|panicked| panicked.as_ptr() as u32)
}

/// Leaves a panic's place and message where JavaScript finds them after the trap.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map_or("", |location| location.file());
        let line = info.location().map_or(0, |location| location.line());
        let mut said = String::from(info.payload().downcast_ref::<&str>().copied().unwrap_or("panic"));
        said.push_str(" at ");
        said.push_str(place);
        said.push(':');
        crate::json::write::push_number(&mut said, line);
        PANICKED.with(|panicked| {
            if let Ok(mut panicked) = panicked.try_borrow_mut() {
                let len = said.len().min(PANIC - 4);
                let bytes = (len as u32).to_le_bytes().into_iter().chain(said.bytes());
                for (place, byte) in panicked.iter_mut().zip(bytes) {
                    *place = byte;
                }
            }
        });
    }));
}
