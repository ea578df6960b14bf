//! Documents to try: JSON of every shape, broken JSON, lists, calls.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Names and words that mean something to the checks, and some that do not.
const NAMES: &[&str] = &[
    "customerId",
    "outcome",
    "interactionType",
    "outcomeType",
    "eventType",
    "recommendationId",
    "rank",
    "creativeId",
    "treatmentId",
    "interactionId",
    "offerId",
    "idempotencyKey",
    "direction",
    "conversionValue",
    "timestamp",
    "context",
    "key",
    "name",
    "description",
    "classification",
    "category",
    "ordinal",
    "status",
    "isSystem",
    "deletedAt",
    "data",
    "hasMore",
    "outcomes",
    "__proto__",
    "x",
];
const WORDS: &[&str] = &[
    "",
    "click",
    "clik",
    "impression",
    "positive",
    "response",
    "inbound",
    "outbound",
    "active",
    "k1",
    "C",
    "quote_requested",
    "Quote",
    "2026-03-16T14:35:00Z",
    "2026-03-16",
    "never",
    "\u{1f600}",
    "a\"b\\c\n",
];

fn name() -> impl Strategy<Value = String> {
    prop_oneof![9 => proptest::sample::select(NAMES).prop_map(str::to_owned), 1 => "\\PC{0,6}"]
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-3_i64..4).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        proptest::sample::select(WORDS).prop_map(Value::from),
        "\\PC{0,10}".prop_map(Value::from),
    ]
}

fn object(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    proptest::collection::vec((name(), value), 0..8)
        .prop_map(|members| Value::Object(members.into_iter().collect::<Map<String, Value>>()))
}

/// Any JSON value.
fn json_value() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(5, 40, 6, |inner| {
        prop_oneof![proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from), object(inner)]
    })
}

/// Any JSON text, compact or spread out.
pub fn json_text() -> impl Strategy<Value = String> {
    (json_value(), any::<bool>()).prop_map(|(value, pretty)| {
        if pretty { serde_json::to_string_pretty(&value).expect("a value is JSON") } else { value.to_string() }
    })
}

/// A document with some of its bytes changed, left out, doubled or put in.
pub fn mutated(document: impl Strategy<Value = String>) -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![
        4 => proptest::sample::select(&b"{}[]\",:\\u0e+-. \n\ttruefalsn19/"[..]),
        1 => any::<u8>(),
    ];
    let change = (any::<proptest::sample::Index>(), 0_u8..4, byte);
    (document, proptest::collection::vec(change, 1..4)).prop_map(|(document, changes)| {
        let mut bytes = document.into_bytes();
        for (place, kind, byte) in changes {
            let at = place.index(bytes.len() + 1).min(bytes.len().saturating_sub(1));
            match kind {
                0 if at < bytes.len() => bytes[at] = byte,
                1 if at < bytes.len() => drop(bytes.remove(at)),
                2 => bytes.truncate(at),
                _ => bytes.insert(at, byte),
            }
        }
        bytes
    })
}

/// Something that a check would take, or nearly.
pub fn nearly_a_document() -> impl Strategy<Value = Vec<u8>> {
    let whole = prop_oneof![
        call().prop_map(|call| call.to_string()),
        list().prop_map(|list| list.to_string()),
        proptest::collection::vec(call(), 0..4).prop_map(|items| json!({ "outcomes": items }).to_string()),
        object(scalar()).prop_map(|object| object.to_string()),
        json_text(),
    ];
    let text = whole.boxed();
    prop_oneof![text.clone().prop_map(String::into_bytes), mutated(text)]
}

/// A list of types: rows of every quality.
pub fn list() -> impl Strategy<Value = Value> {
    let key = proptest::sample::select(&["click", "complaint", "applied", "odd Key", "x", "share"][..]);
    let row = (key, object(scalar())).prop_map(|(key, row)| {
        let mut members = row.as_object().cloned().unwrap_or_default();
        members.insert("key".to_owned(), json!(key));
        Value::Object(members)
    });
    let rows = proptest::collection::vec(prop_oneof![6 => row, 1 => scalar()], 0..8);
    (rows, any::<bool>(), any::<bool>()).prop_map(|(rows, bare, more)| {
        if bare { Value::from(rows) } else { json!({ "data": rows, "pagination": { "hasMore": more } }) }
    })
}

/// A call: all that is needed, with some of it changed.
pub fn call() -> impl Strategy<Value = Value> {
    object(scalar()).prop_map(|changes| {
        let mut call = json!({
            "customerId": "C", "creativeId": "cr", "offerId": "o", "outcome": "click", "idempotencyKey": "k",
        });
        if let (Some(call), Some(changes)) = (call.as_object_mut(), changes.as_object()) {
            // Few enough that many calls are still taken.
            call.extend(changes.clone().into_iter().take(2));
        }
        call
    })
}
