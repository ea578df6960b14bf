//! What the core answers to a case about definitions or interactions, as JSON.

use kaireon_outcomes::Registry;
use kaireon_outcomes::checks::Settings;
use kaireon_outcomes::checks::definitions::{self, Kind};
use kaireon_outcomes::interactions::experiment::{self, Unit};
use kaireon_outcomes::interactions::statistics::{compare, rate, uplift, wilson};
use kaireon_outcomes::interactions::suppression::Candidate;
use kaireon_outcomes::interactions::{Interactions, Options, Reader, Window};
use kaireon_outcomes::json::write::Writer;
use serde_json::{Value, json};

use crate::answers::{checked, number, parsed, text, with};
use crate::documents::{self, document};
use crate::given;

/// The answer of the case's check.
pub fn answer(case: &Value, registry: &Registry, options: &Value, settings: &Settings) -> Value {
    let image = registry.image();
    let definition = || documents::json(&case["definition"]);
    let now = options["now"].as_i64().unwrap_or(0);
    match case["check"].as_str().unwrap_or_default() {
        "definition" => {
            let compared = options["compared"].as_array().map(|keys| words(keys));
            let kind =
                Kind::ALL.into_iter().find(|kind| case["kind"] == kind.word()).expect("the kind of a definition");
            let max_bytes = number(options, "maxBytes");
            let options = definitions::Options { compared: compared.as_deref(), max_bytes };
            checked(registry.check_definition(kind, &document(case), &options, settings), text)
        }
        "delete_among" => {
            checked(registry.check_delete_among(&documents::json(&case["key"]), &document(case), settings), |_| {
                json!({})
            })
        }
        "interactions" => interactions(case, options, settings),
        "tally" => {
            let log = log(case, options);
            let window = match options["now"].as_i64() {
                Some(now) => Window::last(options["days"].as_u64(), now),
                None => Window::ALWAYS,
            };
            json!({ "value": written(|writer| log.rows().tally(image, window).write(image, writer)) })
        }
        "suppression" => {
            let (log, who) = (log(case, options), &case["candidate"]);
            let candidate = Candidate {
                customer_id: who["customerId"].as_str().unwrap_or_default(),
                offer_id: who["offerId"].as_str(),
                creative_id: who["creativeId"].as_str(),
                channel_id: who["channelId"].as_str(),
            };
            let answer = log.rows().suppression(image, &definition(), &candidate, now, settings);
            checked(answer, |answer| written(|writer| answer.write(writer)))
        }
        "metric" => {
            let log = log(case, options);
            let answer = log.rows().metric(image, &definition(), options["customerId"].as_str(), now, settings);
            checked(answer, |answer| written(|writer| answer.write(writer)))
        }
        "experiment" => {
            let log = log(case, options);
            let keys = |name: &str| options[name].as_array().map(|keys| words(keys));
            let (exposure, conversion) = (keys("exposure"), keys("conversion"));
            let usual = experiment::Options::default();
            let options = experiment::Options {
                exposure: exposure.as_deref().unwrap_or(usual.exposure),
                conversion: conversion.as_deref().unwrap_or(usual.conversion),
                unit: if options["unit"] == "interaction" { Unit::Interaction } else { Unit::Customer },
                control: options["control"].as_str(),
                min_samples: options["minSamples"].as_u64().unwrap_or(usual.min_samples),
                window: options["now"].as_i64().map_or(usual.window, |now| Window::last(options["days"].as_u64(), now)),
            };
            json!({ "value": written(|writer| log.rows().experiment(&options).write(writer)) })
        }
        "proportions" => {
            let share = |name: &str| {
                let number = |place: usize| case["input"][name][place].as_u64().expect("a count");
                (number(0), number(1))
            };
            let (one, other) = (share("one"), share("other"));
            let (interval, found) = (wilson(one.0, one.1), compare(one, other));
            let (absolute, relative) = uplift(one, other);
            json!({ "value": {
                "rate": rate(one), "low": interval.map(|found| found.low), "high": interval.map(|found| found.high),
                "absolute": absolute, "relative": relative,
                "z": found.map(|found| found.z), "p": found.map(|found| found.p),
            } })
        }
        other => panic!("there is no check {other}"),
    }
}

fn words(keys: &[Value]) -> Vec<&str> {
    keys.iter().filter_map(Value::as_str).collect()
}

fn written(write: impl FnOnce(&mut Writer)) -> Value {
    let mut writer = Writer::default();
    write(&mut writer);
    parsed(&writer.text)
}

fn reading(options: &Value) -> Options {
    Options { at: options["at"].as_i64(), max_bytes: number(options, "maxBytes") }
}

/// The log of a case, which has to be the same whichever way it came.
fn log(case: &Value, options: &Value) -> Interactions {
    let read = Interactions::read(&document(case), &reading(options), &Settings::default());
    assert_eq!(read.left_out, 0, "every row of a case is a good one: {:?}", read.refused);
    let log = read.interactions.expect("the rows of a case can be read");
    let rows: Vec<Value> = match given(case, "input") {
        Some(Value::Array(rows)) => rows.clone(),
        _ => return log,
    };
    let mut reader = Reader::new(reading(options), Settings::default());
    for row in &rows {
        reader.feed(format!("{row}\n").as_bytes());
    }
    assert_eq!(reader.end().0, log, "lines and an array of the same rows are the same log");
    let halves = rows.split_at(rows.len() / 2);
    let half =
        |rows: &[Value]| Interactions::read(&documents::json(&json!(rows)), &reading(options), &Settings::default());
    let [first, second] = [half(halves.0), half(halves.1)].map(|read| read.interactions.expect("a half can be read"));
    assert_eq!(first.with(second.rows()), log, "two halves are the whole");
    assert_eq!(Interactions::from_bytes(log.clone().into_bytes()), Some(log.clone()), "a log that was kept comes back");
    log
}

/// What comes of reading: the rows that were left out, and how many there are of either.
fn interactions(case: &Value, options: &Value, settings: &Settings) -> Value {
    let bytes = document(case);
    if options["as"] != "lines" {
        let read = Interactions::read(&bytes, &reading(options), settings);
        let size = read.interactions.as_ref().map(|log| log.rows().len());
        let answer = json!({ "ok": size.is_some(), "size": size, "leftOut": read.left_out, "refused": read.refused });
        return with(answer, Some(json!(read.found)));
    }
    let read = |size: usize| {
        let mut reader = Reader::new(reading(options), *settings);
        let mut results: Vec<_> = bytes.chunks(size).flat_map(|chunk| reader.feed(chunk)).collect();
        let (log, left_out, last) = reader.end();
        results.extend(last);
        (json!({ "ok": true, "size": log.rows().len(), "leftOut": left_out, "refused": results }), log)
    };
    let whole = read(bytes.len().max(1));
    if bytes.len() < 10_000 {
        assert_eq!(whole, read(1), "the size of the chunks makes no difference");
        assert_eq!(whole, read(7), "the size of the chunks makes no difference");
    }
    whole.0
}
