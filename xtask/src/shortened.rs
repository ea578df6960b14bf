//! The module with short names for what it imports: wasm-bindgen's are hashes, which no gzip makes smaller, and they
//! stand in the module and in the JavaScript.

use crate::Result;

/// The name of the one module that everything is imported from.
pub const MODULE: &str = "js";

/// The short name of an import of wasm-bindgen's, if it is one that is known.
pub fn name(long: &str) -> Option<&'static str> {
    let known = [("__wbg___wbindgen_throw_", "throw"), ("__wbindgen_generic_", "text")];
    known.iter().find(|(start, _)| long.starts_with(start)).map(|(_, short)| *short)
}

/// Whether a module with short names imports what has this one.
pub fn imports_it(module: &[u8], short: &str) -> bool {
    let mut entry = Vec::new();
    push_text(&mut entry, MODULE.as_bytes());
    push_text(&mut entry, short.as_bytes());
    module.windows(entry.len()).any(|window| window == entry)
}

/// The section that holds the imports.
const IMPORTS: u8 = 2;
/// The section that holds the exports.
const EXPORTS: u8 = 7;
/// The section that holds the code.
const CODE: u8 = 10;

/// The same module with short names, and the length of each function in two bytes: `unpack/` can then fill it in.
pub fn module(bytes: &[u8]) -> Result<Vec<u8>> {
    changed(&changed(bytes, IMPORTS, imports)?, CODE, bodies)
}

/// The same module without what linker and wasm-bindgen export of their own accord.
pub fn bare(bytes: &[u8]) -> Result<Vec<u8>> {
    changed(bytes, EXPORTS, exports)
}

/// The same module with another content of one section.
fn changed(bytes: &[u8], which: u8, change: fn(&[u8]) -> Result<Vec<u8>>) -> Result<Vec<u8>> {
    let mut rest = Reader(bytes);
    let mut made = rest.take(8)?.to_vec();
    while !rest.0.is_empty() {
        let section = rest.byte()?;
        let length = rest.number()?;
        let content = rest.take(length)?;
        made.push(section);
        if section == which { push_text(&mut made, &change(content)?) } else { push_text(&mut made, content) }
    }
    Ok(made)
}

fn imports(content: &[u8]) -> Result<Vec<u8>> {
    let mut rest = Reader(content);
    let count = rest.number()?;
    let mut made = Vec::new();
    push_number(&mut made, count);
    for _ in 0..count {
        let _module = rest.text()?;
        let long = String::from_utf8_lossy(rest.text()?);
        let short = name(&long).ok_or_else(|| format!("xtask/src/shortened.rs does not know the import {long}"))?;
        push_text(&mut made, MODULE.as_bytes());
        push_text(&mut made, short.as_bytes());
        let kind = rest.byte()?;
        if kind != 0 {
            return Err(format!("the import {long} is no function"));
        }
        made.push(kind);
        push_number(&mut made, rest.number()?);
    }
    Ok(made)
}

fn bodies(content: &[u8]) -> Result<Vec<u8>> {
    let mut rest = Reader(content);
    let count = rest.number()?;
    let mut made = Vec::new();
    push_number(&mut made, count);
    for _ in 0..count {
        let length = rest.number()?;
        if length >> 14 > 0 {
            return Err("a function has a length of more than two bytes: xtask/src/shortened.rs".into());
        }
        made.extend([(length & 0x7f) as u8 | 0x80, (length >> 7) as u8]);
        made.extend(rest.take(length)?);
    }
    Ok(made)
}

fn exports(content: &[u8]) -> Result<Vec<u8>> {
    let mut rest = Reader(content);
    let mut kept = Vec::new();
    let mut count = 0;
    for _ in 0..rest.number()? {
        let name = rest.text()?;
        let (kind, index) = (rest.byte()?, rest.number()?);
        if !name.starts_with(b"__") {
            push_text(&mut kept, name);
            kept.push(kind);
            push_number(&mut kept, index);
            count += 1;
        }
    }
    let mut made = Vec::new();
    push_number(&mut made, count);
    made.extend(kept);
    Ok(made)
}

/// What is left to read.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or("outcomes.wasm ends too early")?;
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8> {
        Ok(self.take(1)?.first().copied().unwrap_or_default())
    }

    /// Seven bits a byte, the lowest first; the eighth says that more follow.
    fn number(&mut self) -> Result<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err("outcomes.wasm has a number that is too long".into())
    }

    fn text(&mut self) -> Result<&'a [u8]> {
        let length = self.number()?;
        self.take(length)
    }
}

fn push_text(made: &mut Vec<u8>, text: &[u8]) {
    push_number(made, text.len());
    made.extend_from_slice(text);
}

fn push_number(made: &mut Vec<u8>, mut number: usize) {
    while number > 0x7f {
        made.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    made.push(number as u8);
}
