//! What it means that an answer is as expected.

use kaireon_outcomes::checks::render::Units;
use serde_json::{Map, Value};

/// Everything in which an answer is not what a case expects.
pub fn differences(expect: &Value, answer: &Value, units: Units) -> Vec<String> {
    let mut found = Vec::new();
    let expected = expect.as_object().expect("what is expected");
    for (name, wanted) in expected {
        member(name, wanted, answer, units, &mut found);
    }
    for name in ["issues", "warnings"] {
        if !expected.contains_key(name) && answer.get(name).is_some() {
            issues(name, &[], &answer[name], units, &mut found);
        }
    }
    found
}

fn member(name: &str, wanted: &Value, answer: &Value, units: Units, found: &mut Vec<String>) {
    let actual = &answer[name];
    match (name, wanted) {
        ("issues" | "warnings", Value::Array(wanted)) => issues(name, wanted, actual, units, found),
        ("refused" | "results", Value::Array(wanted)) => {
            if Some(wanted.len()) != actual.as_array().map(Vec::len) {
                found.push(format!("{name}: expected {wanted:?}, found {actual}"));
            }
            for (place, wanted) in wanted.iter().enumerate() {
                let inner = differences(wanted, &actual[place], units);
                found.extend(inner.into_iter().map(|difference| format!("{name} {place}: {difference}")));
            }
        }
        ("rows", Value::Object(wanted)) => {
            for (key, facts) in wanted {
                if let Some(difference) = missing(facts, &actual[key]) {
                    found.push(format!("row {key}: {difference}"));
                }
            }
        }
        // Of a type that is got, some facts.
        ("get", Value::Array(wanted)) => {
            for (place, pair) in wanted.iter().enumerate() {
                let (facts, got) = (&pair[1], &actual[place][1]);
                let difference =
                    if facts.is_null() { (!got.is_null()).then(|| got.to_string()) } else { missing(facts, got) };
                found.extend(difference.map(|difference| format!("get {}: {difference}", pair[0])));
            }
        }
        // A body is exact text, or what it says.
        ("body", Value::Object(_)) => {
            let said = actual.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
            if said.as_ref() != Some(wanted) {
                found.push(format!("body: expected {wanted}, found {actual}"));
            }
        }
        // Figures that other programs gave.
        ("near", wanted) if !near(wanted, &answer["value"]) => {
            found.push(format!("expected nearly {wanted}, found {}", answer["value"]));
        }
        ("near", _) => {}
        ("ok", _) if actual != wanted => found.push(format!("expected ok {wanted}, found {answer}")),
        _ if !same(wanted, actual) => found.push(format!("{name}: expected {wanted}, found {actual}")),
        _ => {}
    }
}

fn issues(name: &str, wanted: &[Value], actual: &Value, units: Units, found: &mut Vec<String>) {
    let none = Vec::new();
    let actual = actual.as_array().unwrap_or(&none);
    if wanted.len() != actual.len() {
        return found.push(format!("{name}: expected {wanted:?}, found {actual:?}"));
    }
    for (wanted, actual) in wanted.iter().zip(actual) {
        let mut facts: Map<String, Value> = wanted.as_object().expect("an issue").clone();
        let bytes = facts.remove("offset");
        let text = facts.remove("textOffset").or_else(|| bytes.clone());
        let offset = match units {
            Units::Bytes => bytes,
            Units::Utf16 => text,
            Units::None => None,
        };
        facts.extend(offset.map(|offset| ("offset".to_owned(), offset)));
        if let Some(difference) = missing(&Value::Object(facts), actual) {
            found.push(format!("{name}: {difference}"));
        }
    }
}

/// The facts that an object does not have; a fact of null must be absent.
fn missing(facts: &Value, actual: &Value) -> Option<String> {
    let facts = facts.as_object().expect("facts");
    let holds = |(name, wanted): (&String, &Value)| same(wanted, &actual[name]);
    (!facts.iter().all(holds)).then(|| format!("expected {}, found {actual}", Value::Object(facts.clone())))
}

/// Equality of JSON but for the last of the 16 digits of numbers.
fn near(a: &Value, b: &Value) -> bool {
    equal(a, b, 1e-12)
}

/// Equality of JSON, where `1` and `1.0` are one number.
fn same(a: &Value, b: &Value) -> bool {
    equal(a, b, 0.0)
}

fn equal(a: &Value, b: &Value, slack: f64) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => {
            let [a, b] = [a, b].map(|number| number.as_f64().unwrap_or(f64::NAN));
            (a - b).abs() <= slack * a.abs()
        }
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b, slack)),
        (Value::Object(a), Value::Object(b)) => {
            let is_there =
                |(name, value): (&String, &Value)| b.get(name).is_some_and(|other| equal(value, other, slack));
            a.len() == b.len() && a.iter().all(is_there)
        }
        _ => a == b,
    }
}
