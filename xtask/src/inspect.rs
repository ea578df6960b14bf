//! What must be true of the bundles, whatever made them.

use crate::Result;
use crate::build::STAGE;
use crate::project::read;
use crate::run::tool;

/// Next fails the build of an edge route that so much as mentions one of these.
const NOT_ON_THE_EDGE: &[&str] =
    &["WebAssembly.compile", "compileStreaming", "instantiateStreaming", "eval", "new Function"];

/// What no entry may need: some runtime has none of it.
const NOWHERE: &[&str] = &[
    "import.meta",
    "FinalizationRegistry",
    "import(",
    "process.",
    "\"fs\"",
    "Math.random",
    "getRandomValues",
    "\"node:",
    "__dirname",
];

/// The inlined bytes as the package decodes them, against the file: under `import` and under `require`. The entry of
/// interactions names the package, which is not in its place yet: it gets its neighbour.
const BYTES: &str = r#"
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
const file = readFileSync("outcomes.wasm");
const { Module } = WebAssembly;
for (const entry of ["index.js", "cjs/index.js"]) {
  let bytes;
  WebAssembly.Module = function (given) { bytes = given; return new Module(given); };
  const api = entry.startsWith("cjs") ? createRequire(process.cwd() + "/")("./" + entry) : await import(process.cwd() + "/" + entry);
  if (bytes !== undefined) throw new Error(entry + " compiles at import");
  api.toKey("a");
  if (bytes === undefined || !file.equals(bytes)) throw new Error(entry + " inlines other bytes than outcomes.wasm");
}
const inlined = readFileSync("interactions.js", "utf8").replaceAll('"kaireon-outcomes"', '"./index.js"');
const [, chunk] = /from"\.\/(interactions-\w+\.js)"/.exec(inlined);
const files = { [chunk]: readFileSync(chunk, "utf8").replaceAll('"kaireon-outcomes"', '"./index.js"'), "interactions.js": inlined };
const copies = Object.entries(files).map(([name, text]) => ["copy-of-" + name, text.replaceAll(chunk, "copy-of-" + chunk)]);
for (const [name, text] of copies) writeFileSync(name, text);
let bytes;
WebAssembly.Module = function (given) { bytes = given; return new Module(given); };
const { Interactions } = await import(process.cwd() + "/copy-of-interactions.js");
for (const [name] of copies) rmSync(name);
if (bytes !== undefined) throw new Error("interactions.js compiles at import");
Interactions.read([]);
if (!readFileSync("interactions.wasm").equals(bytes)) throw new Error("interactions.js inlines other bytes than interactions.wasm");
"#;

/// The section of a module that fills its function table.
const ELEMENTS: u8 = 9;

/// Whatever can panic or calls indirectly brings a function table along, and all that is in it: 4 KB gzipped.
pub fn module(bytes: &[u8]) -> Result<()> {
    let mut rest = bytes.get(8..).unwrap_or_default();
    while let Some((id, behind)) = rest.split_first() {
        if *id == ELEMENTS {
            return Err("the module has a function table: something in the core can panic, or calls indirectly".into());
        }
        let (len, content) = number(behind);
        rest = content.get(len..).unwrap_or_default();
    }
    Ok(())
}

/// A number of as many bytes as it takes, and what follows.
fn number(bytes: &[u8]) -> (usize, &[u8]) {
    let end = bytes.iter().position(|byte| *byte < 0x80).map_or(bytes.len(), |last| last + 1);
    let (number, rest) = bytes.split_at_checked(end).unwrap_or((bytes, &[]));
    (number.iter().rev().fold(0, |value, byte| value << 7 | usize::from(byte & 0x7f)), rest)
}

/// Fails with the first sentence that does not hold.
pub fn bundles() -> Result<()> {
    for entry in ["workerd.js", "edge-light.js", "interactions-workerd.js", "interactions-edge-light.js"] {
        for file in graph(entry)? {
            forbid(&file, NOT_ON_THE_EDGE)?;
        }
    }
    for entry in ["index.js", "init.js", "interactions.js"] {
        for file in graph(entry)? {
            forbid(&file, NOWHERE)?;
        }
    }
    forbid("cjs/index.js", NOWHERE)?;
    tool("node", STAGE, &["--input-type=module", "--eval", BYTES]).output().map(|_| ())
}

fn forbid(file: &str, texts: &[&str]) -> Result<()> {
    let content = read(&format!("{STAGE}/{file}"))?;
    match texts.iter().find(|text| content.contains(**text)) {
        Some(text) => Err(format!("{file} contains `{text}`, which not every runtime takes")),
        None => Ok(()),
    }
}

/// A bundle and every file there that it imports.
fn graph(entry: &str) -> Result<Vec<String>> {
    let mut files = vec![entry.to_owned()];
    let mut next = 0;
    while let Some(file) = files.get(next) {
        let content = read(&format!("{STAGE}/{file}"))?;
        // Minified, both forms of a static import have no space before the name.
        for piece in content.split("from\"./").chain(content.split("import\"./")).skip(1) {
            let name = piece.split('"').next().unwrap_or_default().to_owned();
            if name.ends_with(".js") && !files.contains(&name) {
                files.push(name);
            }
        }
        next += 1;
    }
    Ok(files)
}
