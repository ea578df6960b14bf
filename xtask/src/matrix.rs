//! The package where people use it: the claims of tests/package/matrix.mjs, said as they are seen.

use crate::checks::Seen;
use crate::run::tool;
use crate::suite::Tally;
use crate::{Result, browsers};

/// Runs the combinations whose claim contains `name`.
pub fn run(name: &str, all: bool, seen: &mut Seen, tally: &mut Tally) -> Result<()> {
    if let Err(reason) = seen.built() {
        tally.failed.push(format!("the package works where it is used: {reason}"));
        return Ok(());
    }
    for browser in browsers::names(all) {
        // Where there is none, its claims are left out, and say so.
        let _ = browsers::ensure(browser);
    }
    // What holds natively is counted, too.
    let native = seen.vectors.map(|count| format!("--vectors={count}"));
    let options = ["tests/package/matrix.mjs"].into_iter().chain(all.then_some("--all")).chain(native.as_deref());
    let arguments: Vec<&str> = options.chain((!name.is_empty()).then_some(name)).collect();
    let mut counted = 0;
    let ended_well = tool("node", ".", &arguments).lines(|line| {
        println!("{line}");
        let claim = |rest: &str| rest.rsplit_once("  (").map_or(rest, |(claim, _)| claim).to_owned();
        if line.starts_with("ok      ") {
            tally.passed += 1;
        } else if let Some(rest) = line.strip_prefix("FAILED  ") {
            tally.failed.push(claim(rest));
        } else if let Some(rest) = line.strip_prefix("LEFT OUT  ") {
            tally.left_out.push(claim(rest));
        } else {
            return;
        }
        counted += 1;
    })?;
    if !ended_well && tally.failed.is_empty() {
        tally.failed.push(format!("tests/package/matrix.mjs came to its end, after {counted} claims"));
    }
    Ok(())
}
