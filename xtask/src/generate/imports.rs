//! `imports.js`: what the core imports. wasm-bindgen's own glue for it is thrice as large: it wraps every export,
//! which are plain numbers here, and keeps a decoder and a view that outlive a trap.

use super::HEADER;
use crate::Result;
use crate::project::read;
use crate::shortened::{self, MODULE};

/// The module. Whatever the glue has that is not known here fails the build.
pub fn text() -> Result<String> {
    let glue = read("pkg/wasm/outcomes_bg.js")?;
    let mut members = String::new();
    for function in glue.split("\nexport function ").skip(1) {
        let (name, rest) = function.split_once('(').unwrap_or_default();
        let (body, _) = rest.split_once("\n}").unwrap_or_default();
        // The glue's own helpers have no such name.
        if name == "__wbg_set_wasm" || !name.starts_with("__wb") {
            continue;
        }
        let short = shortened::name(name);
        members.push_str(&match short {
            // Its indexes are the business of this version of wasm-bindgen: as they are.
            Some(short @ "init") => format!("  {short}({body}\n  }},\n"),
            Some(short @ "throw") => format!("  {short}(at, length) {{ throw new Error(textAt(at, length)); }},\n"),
            Some(short @ "bytes") => format!("  {short}: (at, length) => new Uint8Array(bytesAt(at, length)),\n"),
            Some(short @ "text") if body.contains("`Ref(String) -> Externref`") => format!("  {short}: textAt,\n"),
            _ => return Err(format!("xtask/src/generate/imports.rs does not know the import {name}")),
        });
    }
    Ok(format!(
        "{HEADER}
import {{ decode }} from \"../src/wasm/text.ts\";

let wasm;

/** What the core imports. */
export const imports = {{ {MODULE}: {{
{members}}} }};

/** Says which instance's memory is meant. */
export function setCore(core) {{
  wasm = core;
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
pub const TYPES: &str = "export const imports: object;\nexport function setCore(core: object): void;\n";
