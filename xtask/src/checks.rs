//! Everything there is to test, as claims: one row each.

use crate::project::{at, target, text};
use crate::run::{cargo, installed, tool};
use crate::{Result, bindings, browsers, build, fresh, size};

/// A claim's check: what it found, in a word or two, or why the claim does not hold.
type Check = fn(&mut Seen) -> Result<String>;

const WASM: &str = "--target=wasm32-unknown-unknown";

/// The claims, cheap ones first.
#[rustfmt::skip]
pub const CHECKS: &[(&str, Check)] = &[
    ("the core depends on serde alone",                          serde_alone),
    ("every Rust file is formatted",                             |_| quiet(cargo(&["fmt", "--all", "--check"]).output())),
    ("clippy has nothing to say, natively",                      |_| quiet(cargo(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]).output())),
    ("clippy has nothing to say, for wasm32",                    |_| quiet(cargo(&["clippy", "--quiet", "-p", "kaireon-outcomes", "--lib", WASM, "--config", &bindings::flags(), "--", "-D", "warnings"]).output())),
    ("clippy has nothing to say of the second module",           |_| quiet(cargo(&["clippy", "--quiet", "-p", "kaireon-outcomes", "--lib", WASM, "--config", &bindings::flags(), "--features", "interactions", "--", "-D", "warnings"]).output())),
    ("every native test passes",                                 native_tests),
    ("the differential cases hold on WebAssembly's vectors",     |_| differential()),
    ("the package builds",                                       Seen::build),
    ("the package's TypeScript has no type errors",              |_| quiet(installed("tsc", &["-p", "."]).output())),
    ("the default entry weighs at most 30 kB",                   |seen| seen.built().and_then(|()| size::size()).map(last_line)),
    ("every vector holds natively",                              native_vectors),
    ("a call that passes without a word allocates nothing",      |seen| script(seen, "tests/runtimes/allocations.mjs")),
    ("a call's object, text and bytes get the same answer",      |seen| script(seen, "tests/runtimes/doors.mjs")),
    ("the package installs from its tarball, in every Node",     |seen| script(seen, "tests/package/install.mjs")),
    ("the package's types hold in every TypeScript",             |seen| script(seen, "tests/package/types.mjs")),
    ("every example of the README runs",                         |seen| script(seen, "tests/package/readme.mjs")),
    ("the server answers as documented",                         |seen| node_tests(seen, "tests/www")),
    ("the client keeps a registry fresh, whatever the API does",  |seen| node_tests(seen, "tests/client")),
    ("the guard refuses, forwards and keeps as documented",      |seen| node_tests(seen, "tests/guard")),
    ("a tenant is asked for its rules, and disagreements are found", |seen| node_tests(seen, "tests/conform")),
    ("the page works in Chromium",                               |seen| seen.page("Chromium", "tests/browser/chromium.test.mjs")),
    ("the page works in Firefox",                                |seen| seen.page("Firefox", "tests/browser/firefox.test.mjs")),
];

/// What earlier checks found.
#[derive(Default)]
pub struct Seen {
    /// How many vectors hold natively.
    pub vectors: Option<u32>,
    built: Option<bool>,
    /// Why the check that runs was left out, where it was.
    pub left_out: Option<String>,
}

impl Seen {
    /// Builds the package where it is out of date. A build that failed is not tried again.
    pub fn built(&mut self) -> Result<()> {
        if self.built == Some(false) {
            return Err("the package does not build".into());
        }
        let done = fresh::ensure();
        self.built = Some(done.is_ok());
        done
    }

    fn build(&mut self) -> Result<String> {
        let done = build::build();
        self.built = Some(done.is_ok());
        quiet(done)
    }

    /// The page in a browser; left out where there is none.
    fn page(&mut self, name: &'static str, tests: &str) -> Result<String> {
        if let Err(reason) = browsers::ensure(name) {
            self.left_out = Some(reason);
            return Ok(String::new());
        }
        node_tests(self, tests)
    }
}

fn serde_alone(_: &mut Seen) -> Result<String> {
    let tree =
        cargo(&["tree", "-p", "kaireon-outcomes", "-e", "normal", "--depth", "1", "--prefix", "none"]).output()?;
    let names: Vec<&str> = tree.lines().skip(1).filter_map(|line| line.split(' ').next()).collect();
    if names == ["serde"] { Ok(String::new()) } else { Err(format!("the core depends on {}", names.join(", "))) }
}

/// The vectors, unless they were run among the tests: they take too long to be run twice.
fn native_vectors(seen: &mut Seen) -> Result<String> {
    if seen.vectors.is_none() {
        let vectors = ["test", "--quiet", "-p", "kaireon-outcomes", "--test", "vectors", "--", "--nocapture"];
        seen.vectors = Some(count_in(&cargo(&vectors).output()?)?);
    }
    Ok(seen.vectors.map(|count| count.to_string()).unwrap_or_default())
}

/// The vectors are among them.
fn native_tests(seen: &mut Seen) -> Result<String> {
    let said = cargo(&["test", "-p", "kaireon-outcomes", "--", "--nocapture"]).output()?;
    seen.vectors = Some(count_in(&said)?);
    let passed = |line: &str| line.strip_prefix("test result: ok. ")?.split(' ').next()?.parse::<u32>().ok();
    Ok(format!("{}", said.lines().filter_map(passed).sum::<u32>()))
}

/// The cases of tests/differential.rs once more, where sixteen bytes are a vector and not its scalar twin.
fn differential() -> Result<String> {
    let flags = bindings::flags();
    let example = ["build", "--quiet", "--release", "-p", "kaireon-outcomes", "--example", "differential", WASM];
    cargo(&[&example[..], &["--config", &flags]].concat()).output()?;
    let module = text(&target().join("wasm32-unknown-unknown/release/examples/differential.wasm"));
    tool("node", ".", &["tests/differential/module.mjs", &module]).output().map(last_line)
}

/// The number in the line `vectors: N`.
fn count_in(said: &str) -> Result<u32> {
    let number = said.lines().find_map(|line| line.split_once("vectors: "));
    number
        .and_then(|(_, digits)| digits.trim().parse().ok())
        .ok_or_else(|| format!("there is no line `vectors: N` in\n{said}"))
}

/// A test that is a script of its own, on a package that is up to date.
fn script(seen: &mut Seen, path: &str) -> Result<String> {
    seen.built()?;
    tool("node", ".", &[path]).output().map(last_line)
}

/// Node's own test runner on a file, or on every `*.test.mjs` of a folder; none at all would be no test.
fn node_tests(seen: &mut Seen, path: &str) -> Result<String> {
    seen.built()?;
    let mut files = vec![path.to_owned()];
    if let Ok(listed) = at(path).read_dir() {
        let names = listed.flatten().map(|entry| format!("{path}/{}", entry.file_name().to_string_lossy()));
        files = names.filter(|name| name.ends_with(".test.mjs")).collect();
    }
    let arguments: Vec<&str> =
        ["--test", "--test-reporter=spec"].into_iter().chain(files.iter().map(String::as_str)).collect();
    let said = tool("node", ".", &arguments).output()?;
    match said.lines().find_map(|line| line.strip_prefix("ℹ pass ")) {
        Some(count) if count != "0" && !files.is_empty() => Ok(count.to_owned()),
        _ => Err(format!("{path} holds no test\n{said}")),
    }
}

fn quiet(done: Result<String>) -> Result<String> {
    done.map(|_| String::new())
}

fn last_line(said: String) -> String {
    said.trim_end().lines().last().unwrap_or_default().to_owned()
}
