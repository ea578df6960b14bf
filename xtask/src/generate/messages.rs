//! `messages/en.json`: the message templates, for translation.

use crate::Result;
use kaireon_outcomes::issue::CODES;
use serde_json::{Map, Value};

/// The file: each code with its template, and the template where there is a `suggestion`.
pub fn text() -> Result<String> {
    let rows = CODES.iter().map(|row| {
        let templates = [("message", row.message), ("suggesting", row.suggesting)];
        let given = templates.into_iter().filter(|(_, template)| !template.is_empty());
        (row.text.to_owned(), given.map(|(name, template)| (name.to_owned(), Value::from(template))).collect())
    });
    let all: Map<String, Value> = rows.collect();
    let text = serde_json::to_string_pretty(&all).map_err(|error| error.to_string())?;
    Ok(format!("{text}\n"))
}
