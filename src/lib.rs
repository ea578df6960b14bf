//! Outcome types: the vocabulary of customer interactions.

#[cfg(target_arch = "wasm32")]
mod wasm;
