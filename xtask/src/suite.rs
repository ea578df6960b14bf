//! `cargo xtask test`: runs the checks one by one and says which claims hold.

use crate::checks::{CHECKS, Seen};
use crate::{Result, matrix, setup};
use std::time::Instant;

/// What was seen of the claims so far.
#[derive(Default)]
pub struct Tally {
    pub passed: usize,
    pub failed: Vec<String>,
    pub left_out: Vec<String>,
}

/// Runs every check whose claim contains `name`, and then the package in the places where it is used: in those that every
/// change is held to or, with `all`, in every one there is.
pub fn test(name: &str, all: bool) -> Result<()> {
    setup::for_test()?;
    let mut seen = Seen::default();
    let mut tally = Tally::default();
    for (claim, check) in CHECKS.iter().filter(|(claim, _)| claim.contains(name)) {
        let started = Instant::now();
        let outcome = check(&mut seen);
        let seconds = started.elapsed().as_secs_f32();
        if let Some(reason) = seen.left_out.take() {
            println!("LEFT OUT  {claim}: {reason}");
            tally.left_out.push((*claim).to_owned());
            continue;
        }
        match outcome {
            Ok(said) => {
                let said = if said.is_empty() { said } else { format!(": {said}") };
                println!("ok      {claim}{said}  ({seconds:.1} s)");
                tally.passed += 1;
            }
            Err(reason) => {
                println!("FAILED  {claim}  ({seconds:.1} s)\n{}\n", indented(&reason));
                tally.failed.push((*claim).to_owned());
            }
        }
    }
    matrix::run(name, all, &mut seen, &mut tally)?;
    for claim in &tally.failed {
        println!("FAILED  {claim}");
    }
    for claim in &tally.left_out {
        println!("LEFT OUT  {claim}");
    }
    let Tally { passed, failed, left_out } = &tally;
    println!("{passed} passed, {} failed, {} left out", failed.len(), left_out.len());
    match (passed + failed.len() + left_out.len(), failed.len()) {
        (0, _) => Err(format!("no claim contains \"{name}\"")),
        (_, 0) => Ok(()),
        _ => Err("not every claim holds".into()),
    }
}

/// What a failed command said: its beginning and its end, where what matters stands.
fn indented(text: &str) -> String {
    const MOST: usize = 60;
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let left_out = lines.len().saturating_sub(2 * MOST);
    let shown = |line: &&str| format!("        {line}\n");
    let end = lines.iter().skip(lines.len().saturating_sub(MOST).max(MOST)).map(shown);
    let between = (left_out > 0).then(|| format!("        … {left_out} lines left out …\n"));
    lines.iter().take(MOST).map(shown).chain(between).chain(end).collect()
}
