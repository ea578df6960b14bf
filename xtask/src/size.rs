//! `cargo xtask size`: what the package weighs, and the limit of its default entry.

use crate::project::{target, text};
use crate::run::{installed, tool};
use crate::{Result, fresh, setup};

/// What a user's bundle may grow by when it imports the package: 30 kB, gzipped.
const LIMIT: usize = 30_000;

/// The entry that the limit holds for.
const DEFAULT: &str = "default entry";

/// What stands beside another entry: by file, since its own name begins like the other's.
const BESIDE: &[&str] = &["--external:kaireon-outcomes", "--external:*.wasm"];

/// Bundled as a user's bundler does it, every export used. The package imports itself by its own name.
const ENTRIES: &[(&str, &str, &[&str])] = &[
    (DEFAULT, "kaireon-outcomes", &[]),
    ("workerd entry, without the .wasm", "kaireon-outcomes", &["--conditions=workerd", "--external:*.wasm"]),
    (
        "edge-light entry, without the .wasm",
        "kaireon-outcomes",
        &["--conditions=edge-light", "--external:*.wasm?module"],
    ),
    ("slim entry, without the .wasm", "kaireon-outcomes/slim", &[]),
    ("JSON Schema entry, by itself", "kaireon-outcomes/json-schema", &[]),
    ("interactions entry, beside another", "./dist/interactions.js", BESIDE),
    ("the same for workerd, without the .wasm", "./dist/interactions-workerd.js", BESIDE),
];

/// The table of weights, or the complaint that the default entry is too heavy.
pub fn size() -> Result<String> {
    let (table, default) = weigh_entries()?;
    if default > LIMIT {
        return Err(format!("the default entry is {default} bytes gzipped, above its limit of {LIMIT}\n{table}"));
    }
    Ok(format!("{table}the default entry: {default} of {LIMIT} bytes"))
}

/// What the default entry weighs, gzipped; also where that is too much.
pub fn default_entry() -> Result<usize> {
    weigh_entries().map(|(_, default)| default)
}

/// The table of weights, and that of the default entry.
fn weigh_entries() -> Result<(String, usize)> {
    setup::for_build()?;
    fresh::ensure()?;
    let mut table = format!("{:>9} {:>9}\n", "bytes", "gzip -9");
    table.push_str(&row("outcomes.wasm", weigh("dist/outcomes.wasm")?));
    table.push_str(&row("interactions.wasm", weigh("dist/interactions.wasm")?));
    let mut default = 0;
    for (name, entry, options) in ENTRIES {
        let weight = weigh(&bundle(entry, options)?)?;
        table.push_str(&row(name, weight));
        if *name == DEFAULT {
            default = weight.1;
        }
    }
    Ok((table, default))
}

fn row(name: &str, (plain, zipped): (usize, usize)) -> String {
    format!("{plain:>9} {zipped:>9}  {name}\n")
}

/// Makes a bundle of everything that an entry exports, and says where it is.
fn bundle(entry: &str, options: &[&str]) -> Result<String> {
    let file = text(&target().join("size.js"));
    let outfile = format!("--outfile={file}");
    // Without our own tsconfig.json, by which the package's name leads to its sources.
    let usual = [
        "--bundle",
        "--minify",
        "--format=esm",
        "--log-level=warning",
        "--allow-overwrite",
        &outfile,
        "--tsconfig-raw={}",
    ];
    installed("esbuild", &[&usual, options].concat()).input(&format!("export * from \"{entry}\";")).output()?;
    Ok(file)
}

/// A file's bytes, plain and as `gzip -9` leaves them.
fn weigh(file: &str) -> Result<(usize, usize)> {
    const SCRIPT: &str = "const bytes = require('fs').readFileSync(process.argv[1]);\
        console.log(bytes.length, require('zlib').gzipSync(bytes, { level: 9 }).length)";
    let said = tool("node", "pkg", &["--eval", SCRIPT, file]).output()?;
    let mut numbers = said.split_whitespace().map(str::parse::<usize>);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(plain)), Some(Ok(zipped))) => Ok((plain, zipped)),
        _ => Err(format!("cannot weigh {file}: {said}")),
    }
}
