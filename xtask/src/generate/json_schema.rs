//! `json-schema.ts`: what the tables of the checks say of each member, as JSON Schema.

use super::{HEADER, literals};
use crate::Result;
use kaireon_outcomes::checks::create::CREATE_FORM;
use kaireon_outcomes::checks::respond::{CALL, ITEM};
use kaireon_outcomes::checks::table::{Need, Object, Rule, Words, letters};
use kaireon_outcomes::checks::walk::MAX_NAME;
use kaireon_outcomes::issue::Code;
use kaireon_outcomes::key::MAX_KEY;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The tables under the names that TypeScript knows them by.
const TABLES: &[(&str, &Object)] = &[("CREATE", &CREATE_FORM), ("CALL", &CALL), ("ITEM", &ITEM)];

/// The module.
pub fn text() -> Result<String> {
    let mut rules = BTreeMap::new();
    let mut tables = String::new();
    for (name, table) in TABLES {
        tables.push_str(&members(name, table, &mut rules)?);
    }
    Ok(format!(
        "{HEADER}
import type {{ Issue }} from \"./issue.js\";

/** What JSON Schema says of a value. */
export interface Says {{
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly readOnly?: boolean;
  readonly [keyword: string]: unknown;
}}

/** What is said of a member, and the codes of what it refuses by that, beside `invalid_type`. */
export interface Rule {{
  readonly says: Says;
  readonly codes: readonly Issue[\"code\"][];
}}

/** The members that an object may have, and those that it must. */
export interface Members {{
  readonly rules: Readonly<Record<string, Rule>>;
  readonly required: readonly string[];
}}

{rules}
{tables}",
        rules = rules.into_values().collect::<String>(),
    ))
}

/// One table; the rules that it has join the others, each once.
fn members(name: &str, table: &'static Object, rules: &mut BTreeMap<String, String>) -> Result<String> {
    let mut rows = String::new();
    let mut required = Vec::new();
    for place in 0..table.len {
        let (field, member) = (table.field(place), word(table.name_of(place))?);
        let rule = name_of(field.rule);
        if field.need == Need::Required {
            required.push(member);
        }
        rows.push_str(&format!("    {member}: {rule},\n"));
        let (says, codes) = meaning(field.rule)?;
        let codes = literals(codes.iter().map(|code| code.text()), ", ")?;
        let text = format!("const {rule}: Rule = {{ says: {says}, codes: [{codes}] }};\n");
        rules.insert(rule, text);
    }
    Ok(format!(
        "export const {name}: Members = {{
  rules: {{
{rows}  }},
  required: [{}],
}};
",
        literals(required, ", ")?
    ))
}

/// What a rule says, and the codes of its faults, beside `invalid_type`. What is taken has to keep it: where JSON Schema
/// cannot say the rule itself, it says something weaker.
fn meaning(rule: Rule) -> Result<(Value, &'static [Code])> {
    use Code::{Defaulted, Empty, InvalidCharacter, InvalidStart, InvalidValue, OutOfRange, TooLong};
    Ok(match rule {
        Rule::Text => (json!({ "type": "string" }), &[]),
        Rule::Filled => (json!({ "type": "string", "minLength": 1 }), &[Empty]),
        // JSON Schema counts characters, of which there are never more than UTF-16 units.
        Rule::Name => (json!({ "type": "string", "minLength": 1, "maxLength": MAX_NAME }), &[Empty, TooLong]),
        Rule::Key => (
            json!({ "type": "string", "pattern": "^[a-z][a-z0-9_]*$", "maxLength": MAX_KEY }),
            &[Empty, InvalidStart, InvalidCharacter, TooLong],
        ),
        Rule::Choice(words) => (json!({ "type": "string", "enum": choices(words)? }), &[InvalidValue]),
        // `""` is no choice, which a form refuses.
        Rule::OpenChoice(words) => (json!({ "type": "string", "enum": choices(words)? }), &[InvalidValue, Defaulted]),
        Rule::Whole(least) => (json!({ "type": "integer", "minimum": least }), &[InvalidValue, OutOfRange]),
        Rule::Number => (json!({ "type": "number" }), &[OutOfRange]),
        // Not `date-time`, which is one of the forms that are taken.
        Rule::Timestamp => (
            json!({ "type": "string", "description": "ISO 8601", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}" }),
            &[InvalidValue],
        ),
        Rule::Flag => (json!({ "type": "boolean" }), &[]),
        Rule::Object => (json!({ "type": "object" }), &[]),
        Rule::List => (json!({ "type": "array" }), &[]),
        Rule::ReadOnly => (json!({ "readOnly": true }), &[]),
    })
}

fn choices(words: Words) -> Result<Vec<&'static str>> {
    words.list().iter().map(|name| word(letters(name))).collect()
}

fn word(letters: &'static [u8]) -> Result<&'static str> {
    std::str::from_utf8(letters).map_err(|error| error.to_string())
}

/// A rule's name in TypeScript: `isChoiceDirection`, `isWhole1`.
fn name_of(rule: Rule) -> String {
    format!("is{rule:?}").replace(['(', ')'], "")
}
