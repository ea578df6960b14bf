//! What is shipped: bundles in pkg/dist/, small and without a dependency.

use crate::Result;
use crate::build::STAGE;
use crate::project::{at, bytes, read, text, write};
use crate::run::{installed, tool};

/// The same for every bundle.
const COMMON: &[&str] = &[
    "--bundle",
    "--minify",
    "--target=es2022",
    "--mangle-props=^_[a-z]",
    "--legal-comments=none",
    "--log-level=warning",
];

/// One bundling: the entries share what they can, above all their classes. The inlined text is an entry only to be
/// a file of its own, which a bundle then has first: gzip finds in the JavaScript behind it what the module's end has.
const MODULES: &[&str] = &[
    "text=wasm/text.ts",
    "index=src/wasm/inline.ts",
    "workerd=src/wasm/workerd.ts",
    "edge-light=src/wasm/edge-light.ts",
    "init=src/slim.ts",
    "--splitting",
    "--external:*.wasm",
    "--external:*.wasm?module",
];

/// CommonJS cannot share: each file is whole. The slim entry is the file `init`: by that name it stands beside `index` in
/// the tarball, and gzip finds again what both have.
const COMMONJS: &[&str] = &["index=src/wasm/inline.ts", "init=src/slim.ts"];

/// What stands on the package and imports it by its name, as everybody does: so each runtime gives it its own entry. These
/// name each other too, and so share nothing.
const UPON: &[&str] = &[
    "client=src/client/index.ts",
    "json-schema=src/json-schema.ts",
    "guard=src/guard/index.ts",
    "hono=src/hono/index.ts",
    "node=src/node/index.ts",
    "--external:kaireon-outcomes",
];
const ESM: &[&str] = &["--format=esm", "--outdir=wasm/dist"];
/// What stands on the package with a module of its own. ES modules alone: Node takes them by `require`, too, and a second
/// copy of the text would weigh as much again.
const INTERACTIONS: &[&str] = &[
    "interactions=src/interactions/inline.ts",
    "interactions-workerd=src/interactions/workerd.ts",
    "interactions-edge-light=src/interactions/edge-light.ts",
    "--splitting",
    "--chunk-names=interactions-[hash]",
    "--external:kaireon-outcomes",
    "--external:*.wasm",
    "--external:*.wasm?module",
];
/// In a folder of its own, under the same names: so what is the same in both stands side by side in the tarball, and is
/// packed once. `--platform=node` only adds the names that Node looks for.
const CJS: &[&str] = &["--format=cjs", "--platform=node", "--outdir=wasm/dist/cjs"];

/// What two entries share would be a file of its own, which Node takes a quarter of a millisecond to read: the default
/// entry has a copy of this one.
const COPIED: &str = "wasm/compile.ts";

/// Bundles everything, and puts the one copy of either binary beside it.
pub fn make() -> Result<()> {
    write(&format!("pkg/{COPIED}"), bytes(&format!("pkg/src/{COPIED}"))?)?;
    for (entries, system) in [(MODULES, ESM), (COMMONJS, CJS), (UPON, ESM), (UPON, CJS), (INTERACTIONS, ESM)] {
        installed("esbuild", &[entries, system, COMMON].concat()).output()?;
    }
    write(&format!("{STAGE}/cjs/package.json"), "{ \"type\": \"commonjs\" }\n")?;
    name_neighbours()?;
    order()?;
    // What it exports comes from a file that the entries share.
    std::fs::remove_file(at(&format!("{STAGE}/text.js"))).map_err(|error| format!("no text.js in {STAGE}: {error}"))?;
    let binaries = ["outcomes.wasm", "interactions.wasm"];
    binaries.into_iter().try_for_each(|name| write(&format!("{STAGE}/{name}"), bytes(&format!("pkg/wasm/{name}"))?))
}

/// That package.json has no name, so whoever stands beside it in CommonJS is asked for as a file: a name would be looked
/// for in some node_modules, where the package need not be.
fn name_neighbours() -> Result<()> {
    for entry in ["client", "guard", "hono", "node"] {
        let file = format!("{STAGE}/cjs/{entry}.js");
        let content = read(&file)?
            .replace("require(\"kaireon-outcomes\")", "require(\"./index.js\")")
            .replace("require(\"kaireon-outcomes/", "require(\"./");
        // What follows the last slash is an entry's name, and so a file's.
        write(&file, content)?;
    }
    Ok(())
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
