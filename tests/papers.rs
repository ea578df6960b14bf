//! What the papers say of the code.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on says so")]

#[path = "native/documents.rs"]
mod documents;

use serde_json::Value;

/// A member of a case, where it has one.
fn given<'a>(case: &'a Value, name: &str) -> Option<&'a Value> {
    case.get(name).filter(|value| !value.is_null())
}

#[test]
fn every_decision_that_a_vector_cites_is_a_question_of_design_md() {
    let design = include_str!("../DESIGN.md");
    let questions: Vec<String> =
        design.lines().filter_map(|line| line.strip_prefix("### ")).map(str::to_lowercase).collect();
    let mut cited = 0;
    let files = [documents::files(), documents::interaction_files(), documents::native_files()];
    for (file, cases) in files.into_iter().flatten() {
        for case in &cases {
            let source = case["source"].as_str().expect("every case cites its source");
            let name = case["name"].as_str().unwrap_or_default();
            assert!(
                source.starts_with('S') || source.starts_with("A ") || source.starts_with("D: "),
                "{file}: {name} cites {source}"
            );
            let Some(question) = source.strip_prefix("D: ") else { continue };
            cited += 1;
            assert!(questions.contains(&question.to_lowercase()), "{file}: {name} cites {question}");
        }
    }
    assert!(cited > 100, "only {cited} decisions are cited");
    // The documents are here for their sources alone.
    let _ = (documents::doors, documents::document, documents::list, given);
}

#[test]
fn every_file_of_the_code_map_is_there() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let map = include_str!("../ARCHITECTURE.md");
    let mut found = 0;
    for path in map.split('`').skip(1).step_by(2).filter(|word| word.starts_with("src/") || word.starts_with("tests/"))
    {
        if path.contains('{') {
            continue;
        }
        found += 1;
        assert!(root.join(path).exists(), "ARCHITECTURE.md names {path}");
    }
    assert!(found > 10, "only {found} paths were found");
}
