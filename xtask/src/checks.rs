//! Everything there is to test, as claims: one row each.

use crate::project::{at, target, text};
use crate::run::{cargo, installed, tool};
use crate::{Result, bindings, browsers, build, fresh, size};
use std::collections::BTreeMap;

/// A claim's check: what it found, in a word or two, or why the claim does not hold.
type Check = fn(&mut Seen) -> Result<String>;

const WASM: &str = "--target=wasm32-unknown-unknown";

/// The claims, cheap ones first.
#[rustfmt::skip]
pub const CHECKS: &[(&str, Check)] = &[
    ("the core depends on serde alone",                          serde_alone),
    ("every Rust file is formatted",                             |_| quiet(cargo(&["fmt", "--all", "--check"]).output())),
    ("clippy has nothing to say, natively",                      |_| quiet(cargo(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]).output())),
    ("clippy has nothing to say, for wasm32",                    |_| quiet(cargo(&["clippy", "--quiet", "-p", "kaireon-outcomes", "--lib", WASM, "--", "-D", "warnings"]).output())),
    ("every native test passes",                                 native_tests),
    ("the differential cases hold on WebAssembly's vectors",     |_| differential()),
    ("the package builds",                                       Seen::build),
    ("the package's TypeScript has no type errors",              |_| quiet(installed("tsc", &["-p", "."]).output())),
    ("the default entry weighs at most 30 kB",                   |seen| seen.built().and_then(|()| size::size()).map(last_line)),
    ("every vector holds natively",                              |seen| seen.vectors("native")),
    ("every vector holds in Node",                               |seen| seen.vectors("Node")),
    ("every vector holds in Node, by require",                   |seen| seen.vectors("Node by require")),
    ("every vector holds in workerd",                            |seen| seen.vectors("workerd")),
    ("every vector holds in Chromium",                           |seen| seen.in_browser("Chromium")),
    ("every vector holds in Firefox",                            |seen| seen.in_browser("Firefox")),
    ("every place holds the same number of vectors",             same_number),
    ("a call that passes without a word allocates nothing",      |seen| script(seen, "tests/runtimes/allocations.mjs")),
    ("a call's object, text and bytes get the same answer",      |seen| script(seen, "tests/runtimes/doors.mjs")),
    ("the package installs and imports in Node 20, 22 and 24",   |seen| script(seen, "tests/package/install.mjs")),
    ("the package starts at any time in workerd",                 |seen| script(seen, "tests/package/workerd.mjs")),
    ("the package's types hold in every TypeScript",             |seen| script(seen, "tests/package/types.mjs")),
    ("every example of the README runs",                         |seen| script(seen, "tests/package/readme.mjs")),
    ("the server answers as documented",                         |seen| node_tests(seen, "tests/www")),
    ("a tenant is asked for its rules, and disagreements are found", |seen| node_tests(seen, "tests/conform")),
    ("the page works in Chromium",                               |seen| seen.page("Chromium", "tests/browser/chromium.test.mjs")),
    ("the page works in Firefox",                                |seen| seen.page("Firefox", "tests/browser/firefox.test.mjs")),
];

/// What earlier checks found, and what they leave to be cleaned up.
#[derive(Default)]
pub struct Seen {
    counts: BTreeMap<&'static str, u32>,
    package: Option<String>,
    built: Option<bool>,
    /// Why the check that runs was left out, where it was.
    pub left_out: Option<String>,
}

impl Seen {
    /// Builds the package where it is out of date. A build that failed is not tried again.
    fn built(&mut self) -> Result<()> {
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

    /// Runs the vectors somewhere, once.
    fn vectors(&mut self, place: &'static str) -> Result<String> {
        let count = match self.counts.get(place) {
            Some(count) => *count,
            None => count_in(&self.run_vectors(place)?)?,
        };
        self.counts.insert(place, count);
        Ok(format!("{count}"))
    }

    fn run_vectors(&mut self, place: &str) -> Result<String> {
        match place {
            "native" => {
                cargo(&["test", "--quiet", "-p", "kaireon-outcomes", "--test", "vectors", "--", "--nocapture"]).output()
            }
            "workerd" => tool("node", ".", &["tests/runtimes/workerd.mjs", &self.package()?]).output(),
            "Chromium" | "Firefox" => {
                tool("node", ".", &["tests/runtimes/browsers.mjs", place, &self.package()?]).output()
            }
            "Node" => tool("node", ".", &["tests/runtimes/node.mjs", &self.package()?]).output(),
            _ => tool("node", ".", &["tests/runtimes/node.mjs", &self.package()?, "require"]).output(),
        }
    }

    /// The vectors in a browser; left out where there is none.
    fn in_browser(&mut self, name: &'static str) -> Result<String> {
        if let Err(reason) = browsers::ensure(name) {
            self.left_out = Some(reason);
            return Ok(String::new());
        }
        self.vectors(name)
    }

    /// The page in a browser; left out where there is none.
    fn page(&mut self, name: &'static str, tests: &str) -> Result<String> {
        if let Err(reason) = browsers::ensure(name) {
            self.left_out = Some(reason);
            return Ok(String::new());
        }
        node_tests(self, tests)
    }

    /// The folder of the packed and installed package.
    fn package(&mut self) -> Result<String> {
        if let Some(package) = &self.package {
            return Ok(package.clone());
        }
        self.built()?;
        let said = tool("node", ".", &["tests/runtimes/packed.mjs"]).output()?;
        Ok(self.package.insert(said.trim().to_owned()).clone())
    }

    /// Takes away the project that the package was installed into.
    pub fn clean_up(&self) {
        let folder = self.package.as_deref().map(std::path::Path::new);
        if let Some(project) = folder.and_then(|folder| folder.parent()?.parent()) {
            // A leftover in the temporary folder harms nobody.
            let _ = std::fs::remove_dir_all(project);
        }
    }
}

fn serde_alone(_: &mut Seen) -> Result<String> {
    let tree =
        cargo(&["tree", "-p", "kaireon-outcomes", "-e", "normal", "--depth", "1", "--prefix", "none"]).output()?;
    let names: Vec<&str> = tree.lines().skip(1).filter_map(|line| line.split(' ').next()).collect();
    if names == ["serde"] { Ok(String::new()) } else { Err(format!("the core depends on {}", names.join(", "))) }
}

/// The vectors are among them, and take too long to be run twice.
fn native_tests(seen: &mut Seen) -> Result<String> {
    let said = cargo(&["test", "-p", "kaireon-outcomes", "--", "--nocapture"]).output()?;
    seen.counts.insert("native", count_in(&said)?);
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

/// What was left out counts nowhere.
fn same_number(seen: &mut Seen) -> Result<String> {
    for place in ["native", "Node", "workerd"] {
        seen.vectors(place)?;
    }
    let counts: Vec<String> = seen.counts.iter().map(|(place, count)| format!("{place} {count}")).collect();
    let mut different: Vec<&u32> = seen.counts.values().collect();
    different.dedup();
    if different.len() == 1 { Ok(counts.join(", ")) } else { Err(counts.join(", ")) }
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
