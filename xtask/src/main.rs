//! `cargo xtask`: the few commands that build, serve, test and weigh this project.

mod bench;
mod bindings;
mod browsers;
mod build;
mod bundles;
mod chances;
mod checks;
mod conform;
mod declarations;
mod fresh;
mod generate;
mod inlined;
mod inspect;
mod matrix;
mod parted;
mod project;
mod run;
mod setup;
mod shortened;
mod silence;
mod size;
mod start;
mod suite;

use std::process::ExitCode;

/// What every step gives back: a value, or one sentence about what went wrong.
type Result<T> = std::result::Result<T, String>;

const USAGE: &str = "\
cargo xtask build           the npm package, from the core to pkg/dist
cargo xtask start           builds what is out of date, then serves the page and the endpoints on 127.0.0.1
                            [--port N] [--data FILE | --memory | --api URL], or --help for what they mean
cargo xtask test [NAME]     runs everything there is to test, or the checks whose claim contains NAME
                            [--all], the package in every runtime, bundler and framework as well
cargo xtask conform         asks a tenant for its rules and compares them   --api URL [--record] [--write], see --help
cargo xtask size            weighs the package and holds it to its limit
cargo xtask bench           times the package beside its peers and writes benches/RESULTS.md; some minutes
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["build"] => build::build().map(|said| println!("{said}")),
        ["start", words @ ..] => start::start(words),
        ["test"] => suite::test("", false),
        ["test", "--all"] => suite::test("", true),
        ["test", "--all", name] | ["test", name, "--all"] => suite::test(name, true),
        ["test", name] => suite::test(name, false),
        ["conform", words @ ..] => conform::conform(words),
        ["size"] => size::size().map(|said| println!("{said}")),
        ["bench"] => bench::bench(),
        ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(())
        }
        _ => Err(format!("no such command; there are\n\n{USAGE}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("xtask: {}", reason.trim_end());
            ExitCode::FAILURE
        }
    }
}
