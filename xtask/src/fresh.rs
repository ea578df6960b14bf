//! Whether what was built is newer than what it is built from.

use crate::project::{at, write};
use crate::{Result, build};
use std::fs::File;
use std::path::Path;
use std::time::SystemTime;

/// Written last by a build, and dated when it began. Not in pkg/dist/, where it would be packed.
const STAMP: &str = "pkg/wasm/.built";

const SOURCES: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "src",
    "pkg/package.json",
    "pkg/package-lock.json",
    "pkg/tsconfig.json",
    "pkg/src",
    "unpack/Cargo.toml",
    "unpack/src",
    "xtask/Cargo.toml",
    "xtask/src",
];

/// Builds the package, unless nothing has changed since it was built.
pub fn ensure() -> Result<()> {
    build::no_wasm_pack()?;
    if is_fresh() { Ok(()) } else { build::build().map(|_| ()) }
}

/// Notes that a build is complete. What was edited while it ran is newer than the moment at which it began.
pub fn note(began: SystemTime) -> Result<()> {
    write(STAMP, "")?;
    let dated = File::options().write(true).open(at(STAMP)).and_then(|stamp| stamp.set_modified(began));
    dated.map_err(|error| format!("cannot date {STAMP}: {error}"))
}

fn is_fresh() -> bool {
    let built = at(STAMP).metadata().and_then(|found| found.modified());
    let newest = SOURCES.iter().filter_map(|source| newest(&at(source))).max();
    at("pkg/dist/index.js").exists() && matches!((built, newest), (Ok(built), Some(newest)) if newest <= built)
}

fn newest(path: &Path) -> Option<SystemTime> {
    let own = path.metadata().ok()?.modified().ok();
    let inner = path.read_dir().into_iter().flatten().flatten().filter_map(|entry| newest(&entry.path()));
    inner.chain(own).max()
}
