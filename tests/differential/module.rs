//! The same cases as a module of WebAssembly: there chunks are the machine's own vectors, natively their scalar twin.
//! `module.mjs` runs it.

#![allow(unsafe_code, reason = "a name to call by, as every export has")]
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test that cannot go on says so")]

mod case;
mod chance;
mod decimal;
mod generator;
mod judge;
mod model;
mod mutation;
mod oracle;
mod registries;
mod rows;
mod time;
mod values;
mod ways;

/// Holds the cases from a number up to another against the oracle. Where one fails it answers what was found, as text
/// that ends in NUL; otherwise nothing.
#[unsafe(no_mangle)]
pub extern "C" fn run(seed: u32, from: u32, to: u32) -> *const u8 {
    let known = registries::all();
    let mut asker = ways::Asker::new();
    for number in from..to {
        let case = generator::case(seed.into(), number.into());
        let known = &known[case.registry];
        let held = asker.ask(&case, known).and_then(|said| judge::judge(&case, known, &said));
        if let Err(why) = held {
            let text = format!("case {number} of seed {seed}: {why}\n{}\0", case.bytes.escape_ascii());
            return text.leak().as_ptr();
        }
    }
    std::ptr::null()
}
