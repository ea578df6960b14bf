//! Every vector of `tests/vectors`, answered by the core itself.
//!
//! `tests/README.md` says what a case is. The same files run through the package elsewhere; all
//! print the same count.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on says so")]

#[path = "native/answers.rs"]
mod answers;
#[path = "native/compare.rs"]
mod compare;
#[path = "native/documents.rs"]
mod documents;
#[path = "native/interactions.rs"]
mod interactions;

use serde_json::Value;

#[test]
fn every_vector_holds_natively() {
    let count = hold(documents::files());
    assert!(count > 1000, "only {count} vectors were found");
    println!("vectors: {count}");
}

/// Those of an entry of their own, which runtimes count by themselves.
#[test]
fn every_vector_of_interactions_holds_natively() {
    let count = hold(documents::interaction_files());
    assert!(count > 200, "only {count} were found");
    println!("of interactions: {count}");
}

/// Those that native Rust alone is asked.
#[test]
fn every_vector_of_native_rust_alone_holds() {
    let count = hold(documents::native_files());
    assert!(count > 20, "only {count} were found");
    println!("of native Rust alone: {count}");
}

/// How many cases hold, which is all of them.
fn hold(files: Vec<(String, Vec<Value>)>) -> u32 {
    let mut count = 0;
    let mut failures = Vec::new();
    for (file, cases) in files {
        for case in &cases {
            count += 1;
            let name = case["name"].as_str().unwrap_or_default();
            for &units in documents::doors(case) {
                let answer = answers::answer(case, units);
                for failure in compare::differences(&case["expect"], &answer, units) {
                    failures.push(format!("{file}: {name} ({units:?}): {failure}"));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} of {count} differ\n{}", failures.len(), failures.join("\n"));
    count
}

/// A member of a case, where it has one.
fn given<'a>(case: &'a Value, name: &str) -> Option<&'a Value> {
    case.get(name).filter(|value| !value.is_null())
}
