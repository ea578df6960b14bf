//! What `benches/instructions.mjs` counts: `count FOLDER QUESTION TIMES` answers the same question as often as it is told.

use kaireon_outcomes::Registry;
use kaireon_outcomes::checks::{Settings, bulk, load, respond};
use std::path::{Path, PathBuf};

fn main() -> Result<(), String> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [folder, question, times] = words.as_slice() else { return Err("count FOLDER QUESTION TIMES".into()) };
    let folder = PathBuf::from(folder);
    let times: u32 = times.parse().map_err(|error| format!("{times}: {error}"))?;
    match question.as_str() {
        "call" => calls(&folder, times),
        "bulk" => bulks(&folder, times),
        "find" => finds(&folder, times),
        _ => Err(format!("no such question: {question}")),
    }
}

fn calls(folder: &Path, times: u32) -> Result<(), String> {
    let (registry, bodies) = (registry(&folder.join("list.json"))?, read(&folder.join("calls.ndjson"))?);
    let (options, settings) = (respond::Options::default(), Settings::default());
    for _ in 0..times {
        for body in bodies.split(|&byte| byte == b'\n') {
            taken(registry.check_respond(body, &options, &settings).value.is_some())?;
        }
    }
    Ok(())
}

fn bulks(folder: &Path, times: u32) -> Result<(), String> {
    let (registry, body) = (registry(&folder.join("list.json"))?, read(&folder.join("bulk.json"))?);
    let (options, settings) = (bulk::Options::default(), Settings::default());
    for _ in 0..times {
        taken(registry.check_bulk(&body, &options, &settings).body.is_some())?;
    }
    Ok(())
}

fn finds(folder: &Path, times: u32) -> Result<(), String> {
    let registry = registry(&folder.join("many.json"))?;
    let keys: Vec<&str> = registry.iter().map(|outcome| outcome.key).collect();
    // Every tenth of the 10,000: 1,000 lookups a time.
    for _ in 0..times {
        for key in keys.iter().step_by(10) {
            taken(registry.has(key))?;
        }
    }
    Ok(())
}

fn registry(list: &Path) -> Result<Registry, String> {
    let checked = Registry::load(&read(list)?, &load::Options::default(), &Settings::default());
    checked.value.ok_or_else(|| format!("{} is no list", list.display()))
}

fn read(file: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))
}

fn taken(taken: bool) -> Result<(), String> {
    if taken { Ok(()) } else { Err("what should be taken is refused".into()) }
}
