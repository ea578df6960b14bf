//! `issue.ts`: every code, and the union of all issues.

use super::{HEADER, literal, literals};
use crate::Result;
use kaireon_outcomes::issue::{Basis, CODES, CodeRow};

/// The codes that never come out of the core: JavaScript needs their messages.
const JAVASCRIPT_ONLY: &[&str] = &["not_serializable", "refused_by_server"];

/// The module.
pub fn text() -> Result<String> {
    let issues: Vec<String> = CODES.iter().map(issue).collect::<Result<_>>()?;
    let messages: Vec<String> = JAVASCRIPT_ONLY.iter().map(|code| message(code)).collect::<Result<_>>()?;
    Ok(format!(
        "{HEADER}
/** Every code of an issue, in the order of the core's table. */
export const ISSUE_CODES = /* @__PURE__ */ Object.freeze(
  /* @__PURE__ */ \"{line}\".split(\" \"),
) as readonly string[] as readonly [
  {codes},
];

/** The codes that `rules` cannot override. */
export type FixedCode =
  | {fixed};

/** The same as bits: 1 is the first code. */
export const FIXED_CODES = {bits};

// The messages of the codes that JavaScript alone reports.
{messages}

/** What is wrong, or worth a look, in a document: the code says which facts there are. */
export type Issue =
{issues};
",
        line = CODES.iter().map(|row| row.text).collect::<Vec<_>>().join(" "),
        codes = literals(CODES.iter().map(|row| row.text), ",\n  ")?,
        fixed = literals(CODES.iter().filter(|row| row.fixed).map(|row| row.text), "\n  | ")?,
        bits = CODES.iter().rev().fold(0_u64, |bits, row| bits << 1 | u64::from(row.fixed)),
        messages = messages.join("\n"),
        issues = issues.join("\n"),
    ))
}

/// The object type of one code.
fn issue(row: &CodeRow) -> Result<String> {
    let basis = match row.basis {
        Basis::Document => "document",
        Basis::Registry => "registry",
    };
    let facts: String = row.facts.iter().map(|fact| format!("\n      readonly {};", fact.typescript())).collect();
    Ok(format!(
        "  | {{
      /** {doc} */
      readonly code: {code};
      readonly severity: \"error\" | \"warning\";
      readonly basis: \"{basis}\";
      readonly path: readonly (string | number)[];
      readonly message: string;
      readonly offset?: number;{facts}
    }}",
        doc = if row.message.is_empty() { row.suggesting } else { row.message },
        code = literal(row.text)?,
    ))
}

fn message(code: &str) -> Result<String> {
    let row = CODES.iter().find(|row| row.text == code).ok_or_else(|| format!("the core has no code {code}"))?;
    let name = code.to_uppercase();
    // A fact stands in its place as in a template of the language.
    Ok(if row.message.contains('{') {
        format!("export const {name} = (status: number) => `{}`;", row.message.replace('{', "${"))
    } else {
        format!("export const {name} = {};", literal(row.message)?)
    })
}
