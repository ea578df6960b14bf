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
    "--one-caller-inline-max-function-size=300",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--converge",
    "--dealign",
    "--strip-producers",
    "--strip-target-features",
];

/// Compiles the core, writes its glue and its optimised module, and the module as text.
pub fn make() -> Result<()> {
    let flags = flags();
    cargo(&["build", "--release", "--target", TARGET, "-p", "kaireon-outcomes", "--lib", "--config", &flags])
        .output()?;
    let compiled = target().join(TARGET).join("release/kaireon_outcomes.wasm");
    // The glue for bundlers does nothing by itself: instantiating, and what follows a trap, is pkg/src/wasm's.
    Bindgen::new()
        .bundler(true)
        .and_then(|bindgen| {
            bindgen
                .input_path(&compiled)
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
    write("pkg/wasm/outcomes_bg.wasm", raw)?;
    let files = ["wasm/outcomes_bg.wasm", "-o", "wasm/outcomes.wasm"];
    installed("wasm-opt", &[&files, FEATURES, PASSES].concat()).output()?;
    let module = shortened::module(&bytes("pkg/wasm/outcomes.wasm")?)?;
    inspect::module(&module)?;
    let (text, alphabet) = inlined::text(&module)?;
    write("pkg/wasm/outcomes.wasm", module)?;
    write("pkg/wasm/text.ts", text)?;
    write("pkg/wasm/alphabet.ts", alphabet)
}

/// The core's depth is bounded and its frames are small: 64 KiB of stack are plenty, a page of memory.
const STACK: &str = "'-Clink-arg=-zstack-size=65536'";

/// Strings are read sixteen bytes at a time (src/json/simd.rs).
const VECTORS: &str = "'-Ctarget-feature=+simd128'";

/// The flags of the compiler. The same binary on every machine: what names dependencies does so by where they are in
/// cargo's folder, not whose it is.
pub fn flags() -> String {
    let home = std::env::var("CARGO_HOME").or_else(|_| std::env::var("HOME").map(|home| format!("{home}/.cargo")));
    let flag = home.map_or_else(|_| String::new(), |home| format!("'--remap-path-prefix={home}=cargo'"));
    format!("target.{TARGET}.rustflags=[{STACK}, {VECTORS}, {flag}]")
}

/// wasm-bindgen types the glue's front file only, which needs a bundler that knows `.wasm`; this one does not.
const TYPES: &str = "\
export * from \"./outcomes.js\";
export function __wbg_set_wasm(exports: object): void;
";
