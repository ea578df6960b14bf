//! The core as WebAssembly, and the glue that wasm-bindgen writes for it, in pkg/wasm/.

use crate::project::{at, bytes, target, write};
use crate::run::{cargo, installed};
use crate::{Result, inlined, inspect, shortened, silence};
use wasm_bindgen_cli_support::Bindgen;

pub const TARGET: &str = "wasm32-unknown-unknown";

/// Named one by one: `--all-features` makes a larger module, which Node 20 does not load.
const FEATURES: &[&str] = &[
    "--enable-simd",
    "--enable-bulk-memory",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-mutable-globals",
];

/// Measured by what is left after gzip: -O2 and above, and -Os and -Oz, rename locals and inline, which makes the
/// module smaller and its gzip larger, by 4 %. LLVM has optimised for speed already.
const PASSES: &[&str] = &[
    // The loops that most bytes go through stay functions of their own: beside calls engines keep their variables in
    // memory instead of registers.
    "--one-caller-inline-max-function-size=500",
    "--always-inline-max-function-size=6",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--converge",
    // Addresses below 1024 are the far end of the stack: with that known, sums go into the offsets of loads.
    "--low-memory-unused",
    "--reorder-functions",
    "--dealign",
];

/// What nobody reads.
const STRIPPED: &[&str] = &["--strip-debug", "--strip-producers", "--strip-target-features"];

/// Compiles the core, writes its glue and its optimised module, and the module as text; and the second module.
pub fn make() -> Result<()> {
    let flags = flags();
    cargo(&["build", "--release", "--target", TARGET, "-p", "kaireon-outcomes", "--lib", "--config", &flags])
        .output()?;
    let compiled = target().join(TARGET).join("release/kaireon_outcomes.wasm");
    let mut plain = std::fs::read(&compiled).map_err(|error| format!("no compiled core: {error}"))?;
    silence::plain(&mut plain);
    // The glue for bundlers does nothing by itself: instantiating, and what follows a trap, is pkg/src/wasm's.
    Bindgen::new()
        .bundler(true)
        .and_then(|bindgen| {
            bindgen
                .input_bytes("outcomes", plain)
                .out_name("outcomes")
                .typescript(true)
                .remove_name_section(true)
                .remove_producers_section(true)
                .generate(at("pkg/wasm"))
        })
        .map_err(|error| format!("wasm-bindgen failed: {error:#}"))?;
    write("pkg/wasm/outcomes_bg.d.ts", TYPES)?;
    let mut raw = bytes("pkg/wasm/outcomes_bg.wasm")?;
    silence::keep(&mut raw);
    // Without what only wasm-bindgen's own glue would look for, more can go.
    write("pkg/wasm/outcomes_bg.wasm", shortened::bare(&raw)?)?;
    optimise("wasm/outcomes_bg.wasm", "wasm/outcomes.wasm", "wasm/text.ts")?;
    unpacker()?;
    interactions()
}

/// The second module of the core, for definitions and interactions. What it exports is plain: it needs no glue.
fn interactions() -> Result<()> {
    let usual = ["build", "--release", "--target", TARGET, "-p", "kaireon-outcomes", "--lib"];
    cargo(&[&usual[..], &["--features", "interactions", "--config", &flags()]].concat()).output()?;
    let compiled = target().join(TARGET).join("release/kaireon_outcomes.wasm");
    let raw = std::fs::read(&compiled).map_err(|error| format!("no compiled interactions: {error}"))?;
    write("pkg/wasm/interactions.wasm", shortened::bare(&raw)?)?;
    optimise("wasm/interactions.wasm", "wasm/interactions.wasm", "wasm/interactions-text.ts")
}

/// Makes a module of the core as light as it gets, and writes it and its text.
fn optimise(from: &str, to: &str, text: &str) -> Result<()> {
    installed("wasm-opt", &[&[from, "-o", to], FEATURES, PASSES, STRIPPED].concat()).output()?;
    let file = format!("pkg/{to}");
    let module = shortened::module(&bytes(&file)?)?;
    inspect::module(&module)?;
    write(&format!("pkg/{text}"), inlined::text(&module)?)?;
    write(&file, module)
}

/// What makes the module of its text: a module itself, so few bytes that they stand in the entry as they are.
fn unpacker() -> Result<()> {
    cargo(&["build", "--release", "--target", TARGET, "-p", "unpack", "--config", MEMORY]).output()?;
    let compiled = target().join(TARGET).join("release/unpack.wasm");
    let raw = std::fs::read(&compiled).map_err(|error| format!("no compiled unpack: {error}"))?;
    write("pkg/wasm/unpack.wasm", shortened::bare(&raw)?)?;
    let files = ["wasm/unpack.wasm", "-o", "wasm/unpack.wasm"];
    installed("wasm-opt", &[&files, FEATURES, &["-Oz", "-Oz", "--converge"], STRIPPED].concat()).output()?;
    write("pkg/wasm/unpack.ts", inlined::program(&bytes("pkg/wasm/unpack.wasm")?))
}

/// The unpacker has 768 KiB, most of them for the tables of its coder, and on its stack nothing.
const MEMORY: &str = "target.wasm32-unknown-unknown.rustflags=['-Clink-arg=-zstack-size=1024', \
    '-Clink-arg=--initial-memory=786432', '-Ctarget-feature=+simd128']";

/// The core's depth is bounded and its frames are small: 64 KiB of stack are plenty, a page of memory.
const STACK: &str = "'-Clink-arg=-zstack-size=65536'";

/// Loops are compiled as they run best (`opt-level = "s"`), but functions go into their callers no more than "z" has it.
/// Weighed: 4 % of a bulk item's and a line's time, 2 % of a call's, for 0.1 kB; all of "s" gives 3 % more for 0.5.
const INLINING: &str = "'-Cllvm-args=-inline-threshold=5'";

/// Strings are read sixteen bytes at a time (src/json/simd.rs).
const VECTORS: &str = "'-Ctarget-feature=+simd128,-reference-types'";

/// The flags of the compiler. The same binary on every machine: what names dependencies does so by where they are in
/// cargo's folder, not whose it is.
pub fn flags() -> String {
    let home = std::env::var("CARGO_HOME").or_else(|_| std::env::var("HOME").map(|home| format!("{home}/.cargo")));
    let flag = home.map_or_else(|_| String::new(), |home| format!("'--remap-path-prefix={home}=cargo'"));
    format!("target.{TARGET}.rustflags=[{STACK}, {VECTORS}, {INLINING}, {flag}]")
}

/// wasm-bindgen types the glue's front file only, which needs a bundler that knows `.wasm`; this one does not.
const TYPES: &str = "\
export * from \"./outcomes.js\";
export function __wbg_set_wasm(exports: object): void;
";
