//! What is shipped: bundles in pkg/dist/, small and without a dependency.

use crate::Result;
use crate::build::STAGE;
use crate::project::{at, bytes, text, write};
use crate::run::{installed, tool};

/// The same for every bundle.
const COMMON: &[&str] = &[
    "--bundle",
    "--minify",
    "--target=es2022",
    "--mangle-props=^_[a-z]",
    "--legal-comments=none",
    "--log-level=warning",
    "--outdir=wasm/dist",
];

/// One bundling: the entries share what they can, above all their classes. The inlined text is an entry only to be
/// a file of its own, which a bundle then has first: gzip finds in the JavaScript behind it what the module's end has.
const MODULES: &[&str] = &[
    "text=wasm/text.ts",
    "index=src/wasm/inline.ts",
    "workerd=src/wasm/workerd.ts",
    "edge-light=src/wasm/edge-light.ts",
    "slim=src/slim.ts",
    "--format=esm",
    "--splitting",
    "--external:*.wasm",
    "--external:*.wasm?module",
];

/// CommonJS cannot share: each file is whole. `--platform=node` only adds the names that Node looks for.
const COMMONJS: &[&str] =
    &["index=src/wasm/inline.ts", "slim=src/slim.ts", "--format=cjs", "--platform=node", "--out-extension:.js=.cjs"];

/// What stands on the package and imports it by its name, as everybody does: so each runtime gives it its own entry.
const UPON: &[&str] = &[
    "client=src/client/index.ts",
    "json-schema=src/json-schema.ts",
    "--external:kaireon-outcomes",
    "--splitting",
    "--format=esm",
];
const UPON_COMMONJS: &[&str] = &[
    "client=src/client/index.ts",
    "json-schema=src/json-schema.ts",
    "--external:kaireon-outcomes",
    "--format=cjs",
    "--out-extension:.js=.cjs",
];

/// What two entries share would be a file of its own, which Node takes a quarter of a millisecond to read: the default
/// entry has a copy of this one.
const COPIED: &str = "wasm/compile.ts";

/// Bundles everything, and puts the one copy of the binary beside it.
pub fn make() -> Result<()> {
    write(&format!("pkg/{COPIED}"), bytes(&format!("pkg/src/{COPIED}"))?)?;
    for entries in [MODULES, COMMONJS, UPON, UPON_COMMONJS] {
        installed("esbuild", &[entries, COMMON].concat()).output()?;
    }
    order()?;
    // What it exports comes from a file that the entries share.
    std::fs::remove_file(at(&format!("{STAGE}/text.js"))).map_err(|error| format!("no text.js in {STAGE}: {error}"))?;
    write(&format!("{STAGE}/outcomes.wasm"), bytes("pkg/wasm/outcomes.wasm")?)
}

/// Orders the functions in what the entries share; the text beside it has none.
fn order() -> Result<()> {
    const SCRIPT: &str = include_str!("ordered.mjs");
    let listed = std::fs::read_dir(at(STAGE)).map_err(|error| format!("cannot list {STAGE}: {error}"))?;
    let names = listed.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let files: Vec<String> =
        names.filter(|name| name.starts_with("chunk-")).map(|name| text(&at(&format!("{STAGE}/{name}")))).collect();
    let arguments = ["--input-type=module", "--eval", SCRIPT];
    tool("node", "pkg", &[&arguments[..], &files.iter().map(String::as_str).collect::<Vec<_>>()].concat())
        .output()
        .map(|_| ())
}
