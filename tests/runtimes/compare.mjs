// What it means that an answer is as expected.

/** Deep equality of plain data; the order of members does not count. */
export function same(a, b) {
  if (Object.is(a, b) || (a === 0 && b === 0)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && same(a[name], b[name]));
}

/** Fails unless both are the same. */
export function compare(what, expected, actual, fail) {
  if (!same(expected, actual)) fail(what, expected, actual);
}

/**
 * Two lists of issues: as many, in the same order, each fact of an expected issue being one of the actual.
 * A fact of null must be absent. `offset` counts bytes; `textOffset` stands beside it where UTF-16 units differ.
 */
export function compareIssues(what, expected, actual, door, fail) {
  if (expected.length !== actual.length) return fail(what, expected, actual);
  for (const [index, { offset, textOffset = offset, ...facts }] of expected.entries()) {
    const issue = actual[index];
    const wrong = Object.keys(facts).some((name) => !same(facts[name] ?? undefined, issue[name]));
    const place = door === "text" ? textOffset : offset;
    const misplaced = place !== undefined && door !== "object" && issue.offset !== place;
    if (wrong || misplaced) fail(`${what} ${index}`, misplaced ? { ...facts, offset: place } : facts, issue);
  }
  return undefined;
}

/** What only the registry says: contract, the codes marked r. */
const REGISTRY = new Set([
  "unknown_outcome_type", "retired_outcome_type", "duplicate_key", "system_type", "unconfirmed_outcome_type",
  "inactive_outcome_type", "not_listed", "unknown_reference", "retired_reference", "inactive_reference",
]);

/** What holds of every issue, whatever the case. */
export function invariants(list, severity, door, api, fail) {
  for (const [index, issue] of list.entries()) {
    const wrong = (what) => fail(`every issue: ${what}`, severity, issue);
    if (!api.ISSUE_CODES.includes(issue.code)) wrong("a known code");
    if (issue.severity !== severity) wrong("the severity of its list");
    if (issue.basis !== (REGISTRY.has(issue.code) ? "registry" : "document")) wrong("the basis of its code");
    if (!Array.isArray(issue.path) || !issue.path.every((step) => typeof step === "string" || Number.isInteger(step))) wrong("a path");
    if (issue.code === "too_many_issues" && index !== list.length - 1) wrong("too_many_issues is the last");
    if (typeof issue.message !== "string" || !/^[\p{Lu}`][^\n\r]*[^.\s]$/u.test(issue.message)) wrong("a message of one line, capitalised, without a full stop");
    if (/undefined|NaN|\{\w*\}/.test(issue.message)) wrong("a message without holes");
    // Ids and the opaque objects of the vectors say s3cr3t where it matters.
    if (JSON.stringify(issue).includes("s3cr3t")) wrong("no id, nothing of the opaque objects");
    if (door === "object" && issue.offset !== undefined) wrong("no offset in an object");
    if (issue.offset !== undefined && !(Number.isInteger(issue.offset) && issue.offset >= 0)) wrong("an offset");
  }
}
