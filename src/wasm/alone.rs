//! What one thread alone reaches: everything that lives in wasm memory between two calls.

#![allow(unsafe_code, reason = "a lock that nothing contends for would weigh more than what it guards")]

use std::cell::UnsafeCell;

/// A value without a lock.
pub struct Alone<T>(UnsafeCell<T>);

// SAFETY: wasm without threads has one thread.
unsafe impl<T> Sync for Alone<T> {}

impl<T> Alone<T> {
    pub const fn new(value: T) -> Self {
        Self(UnsafeCell::new(value))
    }

    /// The value, for the length of a call: every export asks for it once, and nothing that it calls comes back in.
    #[inline(always)]
    #[allow(clippy::mut_from_ref, reason = "each call asks once, at its start")]
    pub fn get(&'static self) -> &'static mut T {
        // SAFETY: as above; JavaScript is never called with user code.
        unsafe { &mut *self.0.get() }
    }
}
