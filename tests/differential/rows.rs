//! What a list of types makes of a registry by the rules: its types as JSON, by key, and whether it is complete.

use super::decimal::{is_beyond_double, whole};
use super::oracle::{Raw, elements, members};
use kaireon_outcomes::defaults::DEFAULTS;
use serde_json::{Map, Value, json};

/// Nothing where it is no list.
pub fn list(document: &[u8], value: Raw) -> Option<(Vec<Value>, bool)> {
    let mut complete = true;
    let rows = match value.first() {
        b'[' => value,
        b'{' => {
            let members = members(document, value)?;
            let data = members.iter().filter(|(name, _)| name.decoded().as_deref() == Some("data"));
            let data: Vec<Raw> = data.map(|(_, value)| *value).collect();
            let [list] = data.as_slice() else { return None };
            complete = !has_more(document, value, list.at);
            *list
        }
        _ => return None,
    };
    if rows.first() != b'[' {
        return None;
    }
    let ten = |key: &str| DEFAULTS.iter().find(|system| system.key == key).map(|system| json!(system));
    let mut types: Vec<Value> = DEFAULTS.iter().map(|system| json!(system)).collect();
    for row in elements(document, rows)? {
        let Some(made) = row_of(document, row, ten) else {
            complete = false;
            continue;
        };
        let key = made["key"].clone();
        match types.iter_mut().find(|known| known["key"] == key) {
            // A live row before a retired one, otherwise the last.
            Some(known) if known.get("deletedAt").is_some() || made.get("deletedAt").is_none() => *known = made,
            Some(_) => {}
            None => types.push(made),
        }
    }
    types.sort_by_key(|row| row["key"].to_string());
    Some((types, complete))
}

/// Whether an object in the envelope says that there is more, the list itself aside.
fn has_more(document: &[u8], value: Raw, list: usize) -> bool {
    if value.at == list {
        return false;
    }
    match value.first() {
        b'{' => members(document, value).unwrap_or_default().iter().any(|(name, value)| {
            let says = name.decoded().as_deref() == Some("hasMore") && value.text == "true";
            says || has_more(document, *value, list)
        }),
        b'[' => elements(document, value).unwrap_or_default().iter().any(|value| has_more(document, *value, list)),
        _ => false,
    }
}

/// A row with a key as it is kept.
fn row_of(document: &[u8], row: Raw, ten: impl Fn(&str) -> Option<Value>) -> Option<Value> {
    let members = if row.first() == b'{' { members(document, row)? } else { return None };
    // What a member says that is given once.
    let given = |name: &str| {
        let mut values = members.iter().filter(|(known, _)| known.decoded().as_deref() == Some(name));
        values.next().map(|(_, value)| *value).filter(|_| values.next().is_none())
    };
    let text = |name: &str| given(name).filter(|value| value.first() == b'"').and_then(Raw::decoded);
    let word = |name: &str, words: &[&str]| text(name).filter(|word| words.contains(&word.as_str()));
    let key = text("key").filter(|key| !key.is_empty())?;
    let system = ten(&key);
    let is_system = match given("isSystem").map(|value| value.text) {
        Some("true") => Some(true),
        Some("false") => Some(false),
        _ => None,
    };
    let mut made = match &system {
        Some(Value::Object(system)) => system.clone(),
        _ => Map::from_iter([
            ("key".to_owned(), json!(key)),
            ("name".to_owned(), json!(key)),
            ("description".to_owned(), json!("")),
            (
                "classification".to_owned(),
                json!(word("classification", &["positive", "negative", "neutral"]).unwrap_or("neutral".to_owned())),
            ),
            (
                "category".to_owned(),
                json!(word("category", &["impression", "response"]).unwrap_or("response".to_owned())),
            ),
            ("isSystem".to_owned(), json!(is_system.unwrap_or(false))),
        ]),
    };
    let mut take = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            made.insert(name.to_owned(), value);
        }
    };
    let says = |name: &str| text(name).filter(|text| !text.is_empty()).map(Value::from);
    if system.is_none() || is_system != Some(false) {
        take("name", says("name"));
        take("description", says("description"));
    }
    if system.is_none() {
        take("deletedAt", says("deletedAt"));
    }
    for name in ["id", "tenantId", "createdAt", "updatedAt"] {
        take(name, text(name).map(Value::from));
    }
    for name in ["ordinal", "version"] {
        let number = given(name).filter(|value| matches!(value.first(), b'-' | b'0'..=b'9'));
        let number = number.filter(|value| !is_beyond_double(value.text)).and_then(|value| whole(value.text));
        take(name, number.map(|number| json!(number as f64)));
    }
    let first = members.iter().find(|(name, _)| name.decoded().as_deref() == Some("status"));
    if first.is_some_and(|(_, value)| value.first() != b'n') {
        // One that is none of the words counts as active; the ten are that or say nothing.
        let status = word("status", &["draft", "active", "paused", "archived"]).unwrap_or("active".to_owned());
        take("status", (system.is_none() || status == "active").then(|| json!(status)));
    }
    Some(Value::Object(made))
}
