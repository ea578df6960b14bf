//! What the core answers to a case, as JSON.

use kaireon_outcomes::checks::log::{Override, Rules};
use kaireon_outcomes::checks::render::Units;
use kaireon_outcomes::checks::{Settings, ask, bulk, create, lines, load, respond};
use kaireon_outcomes::outcome::{Category, Classification};
use kaireon_outcomes::registry::Filter;
use kaireon_outcomes::{Checked, Code, Registry, key};
use serde_json::{Value, json};

use crate::documents::{self, document};
use crate::given;
use crate::interactions;

/// The answer of the case's check.
pub fn answer(case: &Value, units: Units) -> Value {
    let options = case.get("options").unwrap_or(&Value::Null);
    let settings = settings(options, units);
    let registry = registry(case, &settings);
    let bytes = || document(case);
    let input = || case["input"].as_str().unwrap_or_default();
    match case["check"].as_str().unwrap_or_default() {
        "key" => {
            let image = (case.get("registry") != Some(&Value::Null)).then(|| registry.image());
            let key = bytes();
            checked(ask::check_key(image, &key, &settings), |()| parsed(&key))
        }
        "to_key" => json!({ "value": key::to_key(input()) }),
        "propose_key" => json!({ "value": registry.image().propose_key(input()) }),
        "suggest" => json!({ "value": registry.image().suggest(input()) }),
        "create" => checked(registry.check_create(&bytes(), create::Options::default(), &settings), text),
        "create_form" => checked(registry.check_create(&bytes(), create::Options { form: true }, &settings), text),
        "edit" => checked(registry.check_edit(&documents::json(&case["key"]), &bytes(), &settings), text),
        "delete" => checked(registry.check_delete(&bytes(), &settings), |_| json!({})),
        "outcome" => {
            let key = bytes();
            checked(registry.check_outcome(&key, &settings), |_| parsed(&key))
        }
        "respond" => {
            let bytes = bytes();
            let answer = registry.check_respond(&bytes, &respond_options(options), &settings);
            checked(answer, |answer| self::respond(&registry, &bytes, answer))
        }
        "read_respond" => checked(registry.read_respond(&bytes(), &respond_options(options), &settings), text),
        "load" => {
            let loaded = Registry::load(&bytes(), &load_options(options), &settings);
            let found = loaded.value.as_ref().map(contents);
            with(checked(loaded, |_| Value::Null), found)
        }
        "lookup" => lookup(&registry, &case["expect"]),
        "bulk" => bulk(&registry, &bytes(), options, &settings),
        "lines" => json!({ "results": lines(&registry, &bytes(), options, settings) }),
        "with" => registry.with(&bytes()).map_or_else(|| json!({ "throws": true }), |next| contents(&next)),
        "without" => match registry.image().find(input().as_bytes()) {
            Some(found) if found.facts.is_system() => json!({ "throws": true }),
            Some(_) => {
                let next = registry.without(input(), "2026-01-01T00:00:00.000Z");
                contents(next.as_ref().unwrap_or(&registry))
            }
            None => contents(&registry),
        },
        _ => interactions::answer(case, &registry, options, &settings),
    }
}

fn settings(options: &Value, units: Units) -> Settings {
    let rules = given(options, "rules").and_then(Value::as_object).map(|given| {
        let mut rules = Rules::default();
        for (code, severity) in given {
            let known = Code::ALL.iter().find(|known| known.text() == code);
            let severity = match severity.as_str() {
                Some("error") => Override::Error,
                Some("warning") => Override::Warning,
                _ => Override::Off,
            };
            rules.set(*known.unwrap_or_else(|| panic!("there is no code {code}")), severity);
        }
        rules
    });
    Settings { rules, max_issues: number(options, "maxIssues"), units }
}

pub fn number(options: &Value, name: &str) -> u32 {
    options[name].as_u64().unwrap_or(0) as u32
}

fn respond_options(options: &Value) -> respond::Options<'_> {
    respond::Options {
        idempotency_key: options["idempotencyKey"].as_str(),
        item: options["as"] == "bulk-item",
        now: options["now"].as_f64(),
        max_bytes: number(options, "maxBytes"),
    }
}

fn load_options(options: &Value) -> load::Options {
    load::Options {
        max_bytes: number(options, "maxBytes"),
        max_types: number(options, "maxTypes"),
        max_depth: number(options, "maxDepth"),
    }
}

/// The case's registry; that of the ten where it names none.
fn registry(case: &Value, settings: &Settings) -> Registry {
    let Some(list) = given(case, "registry") else { return Registry::defaults() };
    let settings = Settings { rules: None, max_issues: 0, ..*settings };
    let loaded = Registry::load(&documents::list(list), &load::Options::default(), &settings);
    loaded.value.expect("the registry of a case loads")
}

pub fn checked<T>(checked: Checked<T>, value: impl FnOnce(T) -> Value) -> Value {
    json!({
        "ok": checked.ok(),
        "issues": checked.issues,
        "warnings": checked.warnings,
        "value": checked.value.map(value),
    })
}

pub fn text(text: String) -> Value {
    parsed(text.as_bytes())
}

pub fn parsed(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).expect("the core writes JSON")
}

pub fn with(mut answer: Value, more: Option<Value>) -> Value {
    if let (Some(members), Some(Value::Object(more))) = (answer.as_object_mut(), more) {
        members.extend(more);
    }
    answer
}

/// What a call means, the outcome named by its key.
fn respond(registry: &Registry, bytes: &[u8], answer: respond::Answer) -> Value {
    let outcome = answer.outcome.and_then(|found| registry.image().outcome(found.row));
    let target = answer.target.map(|target| format!("{target:?}").to_lowercase());
    let value = json!({
        "outcome": outcome.map(|outcome| outcome.key),
        "direction": answer.direction.map(respond::Direction::word),
        "target": target,
    });
    let word = answer.word.map(|span| json!({ "key": parsed(span.of(bytes)) }));
    with(value, word)
}

/// What a registry holds; it must hold the same after it was written and loaded.
fn contents(registry: &Registry) -> Value {
    let image = registry.image();
    let all = Filter { listed: Some(true), ..Filter::default() };
    let written: Vec<Value> = image.list(all).map(|row| json!(image.outcome(row))).collect();
    let list = json!({ "data": written, "hasMore": !image.is_complete() });
    let again = Registry::load(&documents::json(&list), &Default::default(), &Settings::default());
    assert_eq!(again.value.as_ref(), Some(registry), "what is written loads to the same");
    let keys = |filter| image.list(filter).filter_map(|row| image.outcome(row)).map(|outcome| outcome.key);
    let rows = image.list(Filter::default()).filter_map(|row| image.outcome(row));
    json!({
        "size": image.size(),
        "complete": image.is_complete(),
        "keys": keys(Filter { retired: Some(false), ..Filter::default() }).collect::<Vec<_>>(),
        "retired": keys(Filter { retired: Some(true), ..Filter::default() }).collect::<Vec<_>>(),
        "rows": rows.map(|outcome| (outcome.key.to_owned(), json!(outcome))).collect::<serde_json::Map<_, _>>(),
    })
}

/// The answers to the very questions that are expected to have some.
fn lookup(registry: &Registry, expect: &Value) -> Value {
    let mut answer = contents(registry);
    for question in ["has", "get", "classification", "category", "isSystem"] {
        let Some(pairs) = given(expect, question).and_then(Value::as_array) else { continue };
        let ask = |pair: &Value| {
            let found = registry.get(pair[0].as_str().unwrap_or_default());
            let said = match question {
                "has" => json!(found.is_some()),
                "get" => json!(found),
                "classification" => json!(found.map(|found| found.classification)),
                "category" => json!(found.map(|found| found.category)),
                _ => json!(found.is_some_and(|found| found.is_system)),
            };
            json!([pair[0], said])
        };
        answer[question] = pairs.iter().map(ask).collect();
    }
    if let Some(lists) = given(expect, "list").and_then(Value::as_array) {
        answer["list"] =
            lists.iter().map(|list| json!({ "filter": list["filter"], "keys": keys(registry, list) })).collect();
    }
    answer
}

fn keys(registry: &Registry, list: &Value) -> Value {
    let filter = &list["filter"];
    let place = |words: &[&str], name: &str| words.iter().position(|word| filter[name] == *word);
    let filter = Filter {
        classification: place(Classification::WORDS, "classification").and_then(Classification::at),
        category: place(Category::WORDS, "category").and_then(Category::at),
        system: filter["system"].as_bool(),
        retired: Some(filter["retired"].as_bool().unwrap_or(false)),
        listed: None,
    };
    let image = registry.image();
    image.list(filter).filter_map(|row| image.outcome(row)).map(|outcome| json!(outcome.key)).collect()
}

fn bulk(registry: &Registry, bytes: &[u8], options: &Value, settings: &Settings) -> Value {
    let bulk_options = bulk::Options { now: options["now"].as_f64(), max_bytes: number(options, "maxBytes") };
    let answer = registry.check_bulk(bytes, &bulk_options, settings);
    let body = answer.body.as_ref().map(|body| String::from_utf8_lossy(body).into_owned());
    let more = json!({ "ok": answer.ok(), "body": body, "refusedCount": answer.refused.len() });
    with(json!(answer), Some(more))
}

/// The same lines, whole and byte by byte.
fn lines(registry: &Registry, bytes: &[u8], options: &Value, settings: Settings) -> Value {
    let line_options = lines::Options {
        item: options["as"] == "bulk-item",
        now: options["now"].as_f64(),
        max_line: number(options, "maxBytes"),
    };
    let read = |size: usize| {
        let mut stream = lines::Lines::new(registry, line_options, settings);
        let mut results: Vec<_> = bytes.chunks(size).flat_map(|chunk| stream.feed(chunk)).collect();
        results.extend(stream.end());
        json!(results)
    };
    let whole = read(bytes.len().max(1));
    if bytes.len() < 10_000 {
        assert_eq!(whole, read(1), "the size of the chunks makes no difference");
        assert_eq!(whole, read(7), "the size of the chunks makes no difference");
    }
    whole
}
