//! `defaults.ts`: the ten system types and the words of the closed sets.

use super::{HEADER, literals};
use crate::Result;
use kaireon_outcomes::defaults::DEFAULTS;
use kaireon_outcomes::outcome::{Category, Classification, Status};

/// The module.
pub fn text() -> Result<String> {
    let rows: Vec<String> = DEFAULTS
        .iter()
        .map(|row| {
            let words = [row.key, row.name, row.classification.word(), row.category.word(), row.description];
            Ok(format!("/* @__PURE__ */ row({})", literals(words, ", ")?))
        })
        .collect::<Result<_>>()?;
    Ok(format!(
        "{HEADER}
{sets}
/** The keys of the system types. */
export type SystemOutcomeKey = {keys};

/** A type that every tenant has: it can be neither changed nor deleted. */
export interface SystemOutcomeType {{
  readonly key: SystemOutcomeKey;
  readonly name: string;
  readonly description: string;
  readonly classification: Classification;
  readonly category: Category;
  readonly isSystem: true;
}}

/** The ten system types, frozen. */
export const SYSTEM_OUTCOME_TYPES: readonly SystemOutcomeType[] = /* @__PURE__ */ Object.freeze([
  {rows},
]);

function row(
  key: SystemOutcomeKey,
  name: string,
  classification: Classification,
  category: Category,
  description: string,
): SystemOutcomeType {{
  return Object.freeze({{ key, name, description, classification, category, isSystem: true }});
}}
",
        sets = [
            set(
                "CLASSIFICATIONS",
                "Classification",
                "What an outcome may say of the customer's interest",
                Classification::WORDS
            )?,
            set(
                "CATEGORIES",
                "Category",
                "Whether the customer was shown something or did something",
                Category::WORDS
            )?,
            set("STATUSES", "Status", "Where an outcome type may stand in its life", Status::WORDS)?,
        ]
        .concat(),
        keys = literals(DEFAULTS.iter().map(|row| row.key), " | ")?,
        rows = rows.join(",\n  "),
    ))
}

/// A closed set of words: the list of them and their type.
fn set(list: &str, kind: &str, doc: &str, words: &[&str]) -> Result<String> {
    Ok(format!(
        "/** {doc}. */
export type {kind} = (typeof {list})[number];

/** {doc}: every word. */
export const {list} = /* @__PURE__ */ Object.freeze([{}] as const);
",
        literals(words.iter().copied(), ", ")?
    ))
}
