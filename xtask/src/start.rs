//! `cargo xtask start`: the server of www/, on a package that is up to date.

use crate::project::{at, text};
use crate::run::tool;
use crate::{Result, fresh, setup};

/// Where the server keeps what it acknowledged, unless it is told otherwise.
const DATA: &str = "target/stand-in.jsonl";

/// The options that say by themselves what is behind the page.
const CHOICES: &[&str] = &["--data", "--memory", "--api", "--help"];

/// Serves until it is stopped; the words are for the server, which knows what they mean.
pub fn start(words: &[&str]) -> Result<()> {
    if !at("www/serve.mjs").exists() {
        return Err("there is no www/serve.mjs to start".into());
    }
    setup::for_build()?;
    fresh::ensure()?;
    let (server, data) = (text(&at("www/serve.mjs")), text(&at(DATA)));
    let mut arguments = [&[server.as_str()], words].concat();
    if !words.iter().any(|word| CHOICES.contains(&name(word))) {
        std::fs::create_dir_all(at("target")).map_err(|error| format!("cannot make the folder target: {error}"))?;
        arguments.extend(["--data", &data]);
    }
    // In the caller's own folder: a path among the words is the caller's.
    let here = std::env::current_dir().map_err(|error| format!("there is no folder to run in: {error}"))?;
    tool("node", &text(&here), &arguments).instead()
}

/// An option without its value: `--data` of `--data=FILE`.
fn name<'a>(word: &&'a str) -> &'a str {
    word.split('=').next().unwrap_or(word)
}
