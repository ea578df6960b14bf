//! The only file that knows JavaScript.

use wasm_bindgen::prelude::wasm_bindgen;

/// A text, so that the glue has something to carry.
#[wasm_bindgen]
pub fn to_key(len: u32) -> String {
    "x".repeat(len as usize)
}
/// Bytes.
#[wasm_bindgen]
pub fn image() -> Vec<u8> {
    vec![1, 2, 3]
}
/// An answer.
#[wasm_bindgen]
pub fn issues() -> wasm_bindgen::JsValue {
    serde_wasm_bindgen::to_value(&("a", 1u32)).unwrap_or(wasm_bindgen::JsValue::NULL)
}
