//! `cargo xtask start`: the server of www/, on a package that is up to date.

use crate::project::{at, text};
use crate::{Result, fresh, setup};
use std::process::Command;

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
    // In the caller's own folder: a path among the words is the caller's.
    let mut server = Command::new("node");
    server.arg(at("www/serve.mjs")).args(words);
    if !words.iter().any(|word| CHOICES.contains(&name(word))) {
        std::fs::create_dir_all(at("target")).map_err(|error| format!("cannot make the folder target: {error}"))?;
        server.args(["--data", &text(&at(DATA))]);
    }
    serve(server)
}

/// An option without its value: `--data` of `--data=FILE`.
fn name<'a>(word: &&'a str) -> &'a str {
    word.split('=').next().unwrap_or(word)
}

/// Becomes the server, so that whatever ends this process ends the server and leaves none behind.
#[cfg(unix)]
fn serve(mut server: Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(format!("cannot run node: {}", server.exec()))
}

/// Runs the server, which says itself why it ends.
#[cfg(not(unix))]
fn serve(mut server: Command) -> Result<()> {
    let status = server.status().map_err(|error| format!("cannot run node: {error}"))?;
    std::process::exit(status.code().unwrap_or(1))
}
