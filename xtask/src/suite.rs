//! `cargo xtask test`: runs the checks one by one and says which claims hold.

use crate::checks::{CHECKS, Seen};
use crate::{Result, setup};
use std::time::Instant;

/// Runs every check whose claim contains `name`.
pub fn test(name: &str) -> Result<()> {
    let wanted: Vec<_> = CHECKS.iter().filter(|(claim, _)| claim.contains(name)).collect();
    if wanted.is_empty() {
        return Err(format!("no claim contains \"{name}\""));
    }
    setup::for_test()?;
    let mut seen = Seen::default();
    let mut failed = Vec::new();
    let mut left_out = Vec::new();
    for (claim, check) in &wanted {
        let started = Instant::now();
        let outcome = check(&mut seen);
        let seconds = started.elapsed().as_secs_f32();
        if let Some(reason) = seen.left_out.take() {
            println!("LEFT OUT  {claim}: {reason}");
            left_out.push(*claim);
            continue;
        }
        match outcome {
            Ok(said) if said.is_empty() => println!("ok      {claim}  ({seconds:.1} s)"),
            Ok(said) => println!("ok      {claim}: {said}  ({seconds:.1} s)"),
            Err(reason) => {
                println!("FAILED  {claim}  ({seconds:.1} s)\n{}\n", indented(&reason));
                failed.push(*claim);
            }
        }
    }
    seen.clean_up();
    for claim in &failed {
        println!("FAILED  {claim}");
    }
    for claim in &left_out {
        println!("LEFT OUT  {claim}");
    }
    let passed = wanted.len() - failed.len() - left_out.len();
    println!("{passed} passed, {} failed, {} left out", failed.len(), left_out.len());
    if failed.is_empty() { Ok(()) } else { Err("not every claim holds".into()) }
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
