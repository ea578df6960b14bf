//! What holds whatever comes in.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on says so")]

#[path = "native/samples.rs"]
mod samples;

use kaireon_outcomes::checks::log::{Override, Rules};
use kaireon_outcomes::checks::render::Units;
use kaireon_outcomes::checks::{Settings, ask, bulk, create, lines, load, respond};
use kaireon_outcomes::defaults::DEFAULTS;
use kaireon_outcomes::json::{Cursor, MAX_DEPTH};
use kaireon_outcomes::{Checked, Code, Registry, Severity, key};
use proptest::prelude::*;
use serde_json::Value;

/// A verdict is negative exactly where its issues have an error, and each list is of its severity.
fn is_consistent<T>(checked: &Checked<T>) {
    assert_eq!(checked.value.is_none(), !checked.issues.is_empty());
    assert!(checked.issues.iter().all(|issue| issue.severity == Severity::Error));
    assert!(checked.warnings.iter().all(|issue| issue.severity == Severity::Warning));
}

/// Every check there is, on the same bytes: as the rules have it, and with every fault lowered that can be.
fn ask_everything(bytes: &[u8]) {
    let mut rules = Rules::default();
    for code in Code::ALL {
        rules.set(*code, if bytes.len() & 1 == 0 { Override::Warning } else { Override::Off });
    }
    ask_all(bytes, &Settings::default());
    ask_all(bytes, &Settings { rules: Some(rules), units: Units::Utf16, ..Settings::default() });
}

fn ask_all(bytes: &[u8], settings: &Settings) {
    let registry = Registry::defaults();
    for item in [false, true] {
        let options = respond::Options { idempotency_key: Some("k"), item, now: Some(0.0), ..Default::default() };
        is_consistent(&registry.check_respond(bytes, &options, settings));
        is_consistent(&registry.read_respond(bytes, &options, settings));
        let options = lines::Options { item, ..Default::default() };
        let mut stream = lines::Lines::new(&registry, options, *settings);
        let mut results = stream.feed(bytes);
        results.extend(stream.end());
        assert!(results.iter().all(|line| line.ok == line.found.issues.is_empty()));
    }
    for form in [false, true] {
        is_consistent(&registry.check_create(bytes, create::Options { form }, settings));
    }
    is_consistent(&registry.check_edit(b"\"click\"", bytes, settings));
    is_consistent(&registry.check_edit(bytes, b"{}", settings));
    is_consistent(&registry.check_delete(bytes, settings));
    is_consistent(&registry.check_key(bytes, settings));
    is_consistent(&registry.check_outcome(bytes, settings));
    is_consistent(&ask::check_key(None, bytes, settings));
    let answer = registry.check_bulk(bytes, &bulk::Options::default(), settings);
    assert_eq!(answer.body.is_none(), !answer.found.issues.is_empty());
    assert!(answer.refused.iter().all(|item| !item.found.issues.is_empty()));
    let loaded = Registry::load(bytes, &load::Options::default(), settings);
    is_consistent(&loaded);
    if let Some(registry) = &loaded.value {
        the_ten_are_there(registry);
    }
    drop(registry.with(bytes));
    if let Some(registry) = Registry::from_image(bytes.to_vec()) {
        assert!(registry.image().size() <= registry.image().rows());
    }
    let _ = key::to_key(&String::from_utf8_lossy(bytes));
}

fn the_ten_are_there(registry: &Registry) {
    for system in &DEFAULTS {
        let found = registry.get(system.key).expect("a system type is always there");
        assert_eq!((found.classification, found.category), (system.classification, system.category));
        assert!(found.is_system && !found.is_retired());
    }
}

/// Whether the reader takes a document whole.
fn reads(bytes: &[u8]) -> bool {
    let mut cursor = Cursor::new(bytes);
    cursor.past_space();
    cursor.skip(MAX_DEPTH);
    cursor.finish();
    !cursor.failed()
}

/// Whether serde_json does. What it skips it does not hold against UTF-8, nor numbers against doubles.
fn serde_reads(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_check_panics_on_any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        ask_everything(&bytes);
    }

    #[test]
    fn no_check_panics_on_what_is_nearly_a_document(document in samples::nearly_a_document()) {
        ask_everything(&document);
    }

    #[test]
    fn the_reader_agrees_with_serde_json(document in samples::json_text()) {
        prop_assert!(serde_reads(document.as_bytes()));
        prop_assert!(reads(document.as_bytes()));
    }

    #[test]
    fn the_reader_agrees_with_serde_json_on_broken_documents(document in samples::mutated(samples::json_text())) {
        prop_assert_eq!(reads(&document), serde_reads(&document), "{}", String::from_utf8_lossy(&document));
    }

    #[test]
    fn the_defaults_survive_any_list(list in samples::list()) {
        let loaded = Registry::load(list.to_string().as_bytes(), &load::Options::default(), &Settings::default());
        the_ten_are_there(&loaded.value.expect("a list loads"));
    }

    #[test]
    fn a_registry_that_is_written_loads_to_the_same(list in samples::list()) {
        let load = |text: &str| Registry::load(text.as_bytes(), &load::Options::default(), &Settings::default());
        let registry = load(&list.to_string()).value.expect("a list loads");
        let image = registry.image();
        let rows: Vec<Value> = (0..image.rows())
            .filter(|row| image.facts(*row).is_listed())
            .map(|row| serde_json::to_value(image.outcome(row)).expect("a type is JSON"))
            .collect();
        let written = serde_json::json!({ "data": rows, "hasMore": !image.is_complete() });
        prop_assert_eq!(load(&written.to_string()).value, Some(registry.clone()));
        prop_assert_eq!(Registry::from_image(registry.clone().into_bytes()), Some(registry));
    }

    #[test]
    fn a_normalised_call_is_its_own_normal_form(call in samples::call()) {
        let registry = Registry::defaults();
        let options = respond::Options { idempotency_key: Some("header"), ..Default::default() };
        let read = |text: &str| registry.read_respond(text.as_bytes(), &options, &Settings::default());
        if let Some(normal) = read(&call.to_string()).value {
            prop_assert_eq!(read(&normal).value, Some(normal));
        }
    }

    #[test]
    fn bulk_is_the_map_of_its_items(items in proptest::collection::vec(samples::call(), 1..8)) {
        let registry = Registry::defaults();
        let body = serde_json::json!({ "outcomes": items }).to_string();
        let answer = registry.check_bulk(body.as_bytes(), &bulk::Options::default(), &Settings::default());
        prop_assert_eq!(answer.size as usize, items.len());
        let options = respond::Options { item: true, ..Default::default() };
        for (index, item) in (0..).zip(&items) {
            let alone = registry.check_respond(item.to_string().as_bytes(), &options, &Settings::default());
            let refused = answer.refused.iter().find(|refused| refused.index == index);
            prop_assert_eq!(alone.ok(), refused.is_none());
            prop_assert_eq!(alone.ok(), answer.passed.contains(&index));
            let codes = |issues: &[kaireon_outcomes::Issue]| issues.iter().map(|issue| issue.code).collect::<Vec<_>>();
            if let Some(refused) = refused {
                prop_assert_eq!(codes(&alone.issues), codes(&refused.found.issues));
            }
        }
    }

    #[test]
    fn the_partition_loses_nothing(items in proptest::collection::vec(samples::call(), 1..8), gap in "[ \n\t]{0,3}") {
        let registry = Registry::defaults();
        let texts: Vec<String> = items.iter().map(|item| format!("{gap}{item}{gap}")).collect();
        let body = format!("{{\"outcomes\":[{}],\"more\": [1, 2]}}", texts.join(","));
        let answer = registry.check_bulk(body.as_bytes(), &bulk::Options::default(), &Settings::default());
        let rest = answer.body.expect("a body");
        let left: Value = serde_json::from_slice(&rest).expect("what is left is JSON");
        let kept: Vec<&Value> = answer.passed.iter().map(|index| &items[*index as usize]).collect();
        prop_assert_eq!(left["outcomes"].as_array().expect("a list").iter().collect::<Vec<_>>(), kept);
        prop_assert_eq!(answer.passed.len() + answer.refused.len(), items.len());
        // Byte for byte: what was cut out is the refused items and a comma each.
        let cut: usize = answer.refused.iter().map(|item| items[item.index as usize].to_string().len()).sum();
        let commas = answer.refused.len().min(items.len() - 1);
        prop_assert_eq!(rest.len(), body.len() - cut - commas);
        if answer.refused.is_empty() {
            prop_assert_eq!(rest, body.into_bytes());
        }
    }

    #[test]
    fn a_made_key_is_a_key(name in "\\PC{0,300}") {
        let made = key::to_key(&name);
        prop_assert!(made.is_empty() || key::Key::new(&made).is_some());
        prop_assert_eq!(key::to_key(&made), made);
    }
}
