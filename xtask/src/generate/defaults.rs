//! `defaults.ts`: the ten system types and the words of the closed sets.

use super::{HEADER, literal, literals};
use crate::Result;
use kaireon_outcomes::defaults::DEFAULTS;
use kaireon_outcomes::outcome::{Category, Classification, Status};

/// The module.
pub fn text() -> Result<String> {
    // One text, as the module has it, and how it is cut: gzip then finds nearly all of it in the inlined module.
    let texts: String = DEFAULTS.iter().flat_map(|row| [row.key, row.name, row.description]).collect();
    let shapes: Vec<String> = DEFAULTS
        .iter()
        .flat_map(|row| {
            let words = row.classification as usize * 2 + row.category as usize;
            [row.key.len(), row.name.len(), row.description.len(), words]
        })
        .map(|number| number.to_string())
        .collect();
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
export const SYSTEM_OUTCOME_TYPES: readonly SystemOutcomeType[] = /* @__PURE__ */ Object.freeze(
  /* @__PURE__ */ cut({texts}, [{shapes}]),
);

/** Cuts the texts of all types; of each: how long its key, name and description are, and both its words. */
function cut(texts: string, shapes: readonly number[]): SystemOutcomeType[] {{
  const types: SystemOutcomeType[] = [];
  let at = 0;
  let from = 0;
  const next = () => texts.slice(from, (from += shapes[at++]!));
  while (at < shapes.length) {{
    types.push(
      Object.freeze({{
        key: next() as SystemOutcomeKey,
        name: next(),
        description: next(),
        classification: CLASSIFICATIONS[shapes[at]! >> 1]!,
        category: CATEGORIES[shapes[at++]! & 1]!,
        isSystem: true,
      }}),
    );
  }}
  return types;
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
        texts = literal(&texts)?,
        shapes = shapes.join(", "),
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
