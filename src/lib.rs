//! Outcome types: the vocabulary of customer interactions, and every check that names one.
//!
//! In reading order: [`key`], [`outcome`], [`defaults`], [`registry`], [`issue`], [`suggest`],
//! [`timestamp`], [`order`], [`room`], [`json`], [`checks`], [`interactions`].

pub mod checks;
pub mod defaults;
#[cfg(any(feature = "interactions", not(target_arch = "wasm32")))]
pub mod interactions;
pub mod issue;
pub mod json;
pub mod key;
pub mod order;
pub mod outcome;
pub mod registry;
pub mod room;
pub mod suggest;
pub mod timestamp;

#[cfg(all(target_arch = "wasm32", not(feature = "interactions")))]
mod wasm;
#[cfg(all(target_arch = "wasm32", feature = "interactions"))]
#[path = "wasm/interactions.rs"]
mod wasm;

pub use issue::{Checked, Code, Issue, Severity};
pub use registry::Registry;
