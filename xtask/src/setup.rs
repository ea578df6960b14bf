//! What has to be on the machine before anything else: silently seen to where that is possible.

use crate::Result;
use crate::project::{at, read};
use crate::run::{npm, tool};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The oldest Node that the package and its tools run on.
const OLDEST_NODE: u32 = 20;

/// Makes sure of everything that the build needs.
pub fn for_build() -> Result<()> {
    node()?;
    wasm_target()?;
    packages("pkg")
}

/// Makes sure of everything that the tests need besides.
pub fn for_test() -> Result<()> {
    for_build()?;
    packages("tests")
}

/// Makes sure of everything that the benchmark needs besides.
pub fn for_bench() -> Result<()> {
    for_build()?;
    packages("benches")
}

fn node() -> Result<()> {
    let advice = format!("this needs Node {OLDEST_NODE} or newer: see nodejs.org");
    let version = tool("node", ".", &["--version"])
        .output()
        .map_err(|_| format!("there is no `node` on this machine, and {advice}"))?;
    let major = version.trim().trim_start_matches('v').split('.').next().and_then(|digits| digits.parse::<u32>().ok());
    if major.is_some_and(|major| major >= OLDEST_NODE) {
        return Ok(());
    }
    Err(format!("the `node` on this machine is {}, and {advice}", version.trim()))
}

/// Asks the compiler first: a toolchain without rustup may well have the target.
fn wasm_target() -> Result<()> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let library = tool("rustc", ".", &["--print", "target-libdir", "--target", TARGET]).output().unwrap_or_default();
    if std::path::Path::new(library.trim()).is_dir() {
        return Ok(());
    }
    println!("adding the Rust target {TARGET}");
    tool("rustup", ".", &["target", "add", TARGET])
        .output()
        .map(|_| ())
        .map_err(|error| format!("the Rust target {TARGET} is missing and rustup could not add it\n{error}"))
}

/// `npm ci`, unless what is installed is what the lock file says.
fn packages(folder: &str) -> Result<()> {
    let stamp = format!("{folder}/node_modules/.lock-hash");
    let wanted = hash(&read(&format!("{folder}/package-lock.json"))?);
    if read(&stamp).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    println!("installing the tools of {folder}/package-lock.json");
    npm(folder, &["ci", "--no-audit", "--no-fund", "--loglevel=error"]).output()?;
    std::fs::write(at(&stamp), wanted).map_err(|error| format!("cannot write {stamp}: {error}"))
}

fn hash(text: &str) -> String {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
