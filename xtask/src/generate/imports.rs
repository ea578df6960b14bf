//! `imports.js`: what the core imports. wasm-bindgen's own glue for it is thrice as large: it wraps every export,
//! which are plain numbers here, and keeps a decoder and a view that outlive a trap. The core makes one value a call, and
//! gives it back at once: whoever calls keeps it, and what the core has of it is no index of anything.

use super::HEADER;
use crate::Result;
use crate::project::{bytes, read};
use crate::shortened::{self, MODULE};

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
            Some(short @ "throw") => format!("  {short}(at, length) {{ throw new Error(read(at, length)); }},\n"),
            Some(short @ "text") if body.contains("`Ref(String) -> Externref`") => {
                format!("  {short}(at, length) {{ hold(JSON.parse(read(at, length))); }},\n")
            }
            _ => return Err(format!("xtask/src/generate/imports.rs does not know the import {name}")),
        });
    }
    Ok(format!(
        "{HEADER}
/** What the core imports: how to read a text of its memory is given, and where to keep what an answer says. */
export const imports = (read, hold) => ({{ {MODULE}: {{
{members}}} }});
"
    ))
}

/// Its types: nobody but the core calls what is in there.
pub const TYPES: &str =
    "export const imports: (read: (at: number, length: number) => string, hold: (value: unknown) => void) => object;\n";
