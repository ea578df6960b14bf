//! Work is bounded by the size of the document: what takes a multiple of a plain document's time is
//! found here. Each hostile one is held against a plain one of the same size.

#![allow(clippy::expect_used, reason = "a test that cannot go on says so")]

use std::time::{Duration, Instant};

use kaireon_outcomes::Registry;
use kaireon_outcomes::checks::render::Units;
use kaireon_outcomes::checks::{Settings, bulk, lines, load};

/// The time of a run.
fn time(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

fn load_time(document: &str) -> Duration {
    time(|| drop(Registry::load(document.as_bytes(), &load::Options::default(), &Settings::default())))
}

const SIZE: usize = 1 << 20;

/// A list of that size and more that is read once.
fn plain() -> Duration {
    load_time(&format!(r#"{{"data":[],"x":"{}"}}"#, "x".repeat(SIZE)))
}

#[test]
fn a_long_key_is_not_copied_for_each_fault_of_its_row() {
    let document = format!(r#"[{{"key":"{}"{}}}]"#, "k".repeat(SIZE), r#","name":1"#.repeat(200));
    let (hostile, plain) = (load_time(&document), plain());
    assert!(hostile < plain * 30, "{hostile:?} for what a plain list takes {plain:?}");
}

#[test]
fn a_deep_has_more_is_found_in_one_go() {
    let (open, close) = (r#"{"a":"#.repeat(900), "}".repeat(900));
    let document = format!(r#"{{"data":[],"x":{open}{{"x":"{}","hasMore":true}}{close}}}"#, "x".repeat(SIZE));
    let (hostile, plain) = (load_time(&document), plain());
    assert!(hostile < plain * 30, "{hostile:?} for what a plain list takes {plain:?}");
}

#[test]
fn offsets_in_utf_16_are_counted_on() {
    let part = SIZE / 500;
    let item = format!(r#"{{"zzzz":1,"x":"{}","outcome":1}}"#, "x".repeat(part));
    let document = format!(r#"{{"outcomes":[{}]}}"#, vec![item; 500].join(","));
    let [hostile, plain] = [Units::Utf16, Units::Bytes].map(|units| {
        let settings = Settings { units, ..Settings::default() };
        time(|| drop(Registry::defaults().check_bulk(document.as_bytes(), &bulk::Options::default(), &settings)))
    });
    assert!(hostile < plain * 5, "{hostile:?} for what takes {plain:?} in bytes");
}

#[test]
fn a_line_in_many_pieces_is_looked_through_once() {
    let line = "x".repeat(SIZE - 1);
    let registry = Registry::defaults();
    let [hostile, plain] = [16, SIZE].map(|piece| {
        let mut lines = lines::Lines::new(&registry, lines::Options::default(), Settings::default());
        time(|| {
            for piece in line.as_bytes().chunks(piece) {
                assert!(lines.feed(piece).is_empty());
            }
            assert_eq!(lines.end().len(), 1);
        })
    });
    assert!(hostile < plain * 100, "{hostile:?} for what takes {plain:?} in one piece");
}
