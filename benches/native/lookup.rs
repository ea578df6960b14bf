//! What `benches/lookup.mjs` times inside wasm: `load` a list, then `find` every key that stands in a text, as a check of
//! a call does. JavaScript writes both into its `room`.

#![allow(unsafe_code, reason = "an export by its own name is `unsafe(no_mangle)`")]

use kaireon_outcomes::Registry;
use kaireon_outcomes::checks::{Settings, load};
use kaireon_outcomes::json::Span;
use std::cell::RefCell;

thread_local! {
    static STATE: RefCell<(Vec<u8>, Option<Registry>, Vec<Span>)> = const { RefCell::new((Vec::new(), None, Vec::new())) };
}

/// Room for so many bytes: its address.
#[unsafe(no_mangle)]
pub extern "C" fn room(len: usize) -> *const u8 {
    STATE.with_borrow_mut(|(bytes, _, _)| {
        bytes.resize(len, 0);
        bytes.as_ptr()
    })
}

/// Loads the list that was written there: how many types it has.
#[unsafe(no_mangle)]
pub extern "C" fn load() -> u32 {
    STATE.with_borrow_mut(|(bytes, registry, _)| {
        *registry = Registry::load(bytes, &load::Options::default(), &Settings::default()).value;
        registry.as_ref().map_or(0, |registry| registry.image().rows())
    })
}

/// Takes the keys that were written there, each behind a quote and with one behind it: how many there are.
#[unsafe(no_mangle)]
pub extern "C" fn keys() -> usize {
    STATE.with_borrow_mut(|(bytes, _, spans)| {
        let quotes: Vec<u32> = (0..).zip(bytes.iter()).filter(|(_, byte)| **byte == b'"').map(|(at, _)| at).collect();
        let (pairs, _) = quotes.as_chunks();
        *spans = pairs.iter().map(|[open, close]| Span { at: open + 1, len: close - open - 1 }).collect();
        spans.len()
    })
}

/// Looks up every key, some times over: how many were found.
#[unsafe(no_mangle)]
pub extern "C" fn find(times: u32) -> u32 {
    STATE.with_borrow(|(bytes, registry, spans)| {
        let Some(image) = registry.as_ref().map(Registry::image) else { return 0 };
        let found = |span: &&Span| image.find_at(bytes, **span).is_some();
        (0..times).map(|_| spans.iter().filter(found).count() as u32).sum()
    })
}
