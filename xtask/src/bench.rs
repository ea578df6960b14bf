//! `cargo xtask bench`: the package and its peers, timed in one process; `benches/RESULTS.md` is what comes out.

use crate::project::{target, text};
use crate::run::{cargo, tool};
use crate::{Result, bindings, fresh, setup, size};

/// Hands over to the benchmark, on a package that is up to date.
pub fn bench() -> Result<()> {
    setup::for_bench()?;
    fresh::ensure()?;
    let size = size::default_entry()?.to_string();
    cargo(&["build", "--quiet", "--release", "--example", "count"]).output()?;
    let flags = bindings::flags();
    cargo(&["build", "--quiet", "--release", "--target", bindings::TARGET, "-p", "lookup", "--config", &flags])
        .output()?;
    let lookup = text(&target().join(bindings::TARGET).join("release/lookup.wasm"));
    let program = text(&target().join(format!("release/examples/count{}", std::env::consts::EXE_SUFFIX)));
    let folder = text(&target().join("bench"));
    tool("node", ".", &["--expose-gc", "benches/bench.mjs", &size, &program, &lookup, &folder]).instead()
}
