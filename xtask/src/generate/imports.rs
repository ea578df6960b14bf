//! `imports.js`: what the core imports. wasm-bindgen's own glue for it is thrice as large: it wraps every export,
//! which are plain numbers here, and keeps a decoder and a view that outlive a trap.

use super::HEADER;
use crate::Result;
use crate::project::{bytes, read};
use crate::shortened::{self, MODULE};

/// Below are undefined, null, true and false, and what has no index.
const FIRST: u32 = 1028;

/// The module. Whatever the core imports that is not known here fails the build.
pub fn text() -> Result<String> {
    let glue = read("pkg/wasm/outcomes_bg.js")?;
    let module = bytes("pkg/wasm/outcomes.wasm")?;
    let mut members = String::new();
    for function in glue.split("\nexport function ").skip(1) {
        let (name, rest) = function.split_once('(').unwrap_or_default();
        let (body, _) = rest.split_once("\n}").unwrap_or_default();
        // The glue's own helpers have no such name.
        if name == "__wbg_set_wasm" || !name.starts_with("__wb") {
            continue;
        }
        let short = shortened::name(name);
        if !short.is_some_and(|short| shortened::imports_it(&module, short)) {
            continue;
        }
        members.push_str(&match short {
            Some(short @ "throw") => format!("  {short}(at, length) {{ throw new Error(textAt(at, length)); }},\n"),
            Some(short @ "bytes") => format!("  {short}: (at, length) => hold(new Uint8Array(bytesAt(at, length))),\n"),
            Some(short @ "text") if body.contains("`Ref(String) -> Externref`") => {
                format!("  {short}: (at, length) => hold(textAt(at, length)),\n")
            }
            _ => return Err(format!("xtask/src/generate/imports.rs does not know the import {name}")),
        });
    }
    Ok(format!(
        "{HEADER}
import {{ decode }} from \"../src/wasm/text.ts\";

let wasm;
let held;

/** What the core imports. */
export const imports = {{ {MODULE}: {{
{members}}} }};

/** Says which instance's memory is meant. */
export function setCore(core) {{
  wasm = core;
}}

/** What an answer of the core's stands for. */
export function taken(index) {{
  const value = index < FIRST ? undefined : held;
  held = undefined;
  return value;
}}

// The core makes one value a call, and gives it back at once: one place is enough. Its index is the first that
// wasm-bindgen keeps for nothing else.
const FIRST = {FIRST};

function hold(value) {{
  held = value;
  return FIRST;
}}

function bytesAt(at, length) {{
  return new Uint8Array(wasm.memory.buffer, at >>> 0, length);
}}

function textAt(at, length) {{
  return decode(bytesAt(at, length));
}}
"
    ))
}

/// Its types: nobody but the core calls what is in there.
pub const TYPES: &str = "export const imports: object;\nexport function setCore(core: object): void;
export function taken(index: number): unknown;
";
