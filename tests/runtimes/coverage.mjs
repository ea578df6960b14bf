// What the vectors themselves must hold: every default, every code, a message for each, a source for each case.

/** Codes that no vector can report yet, each with its reason. */
export const EXCEPTIONS = {
  not_serializable: "exists in JavaScript only: javascript.mjs",
  refused_by_server: "exists in JavaScript only: javascript.mjs",
  still_referenced: "definitions report it: vectors/interactions",
  unknown_reference: "definitions report it: vectors/interactions",
  retired_reference: "definitions report it: vectors/interactions",
  inactive_reference: "definitions report it: vectors/interactions",
};

/** Those of them that vectors of interactions report. */
export const OF_DEFINITIONS = Object.keys(EXCEPTIONS).filter((code) => EXCEPTIONS[code].startsWith("definitions"));

const SOURCE = /^(S|A [A-Z]+(-[A-Z0-9]+)?|D: .+\?)$/;

/** Failures as the suite's own. */
export function coverage(api, files) {
  const failures = [];
  const fail = (name, expected, actual) => failures.push({ name: `coverage: ${name}`, expected, actual });
  const seen = new Set();
  const worded = new Set();
  const outcomes = new Set();
  for (const [file, { about, cases }] of Object.entries(files)) {
    if (typeof about !== "string") fail(`${file} says what it is about`, "about", about);
    const names = cases.map(({ name }) => name);
    for (const name of new Set(names.filter((name, index) => names.indexOf(name) !== index))) fail(`${file} names each case once`, name, "twice");
    for (const { name, source, expect } of cases) {
      if (!SOURCE.test(source ?? "")) fail(`${file}: ${name} cites its source`, "S, A … or D: …?", source);
      if (typeof expect.value?.outcome === "string") outcomes.add(expect.value.outcome);
      for (const issue of issuesIn(expect)) {
        seen.add(issue.code);
        if (typeof issue.message === "string") worded.add(issue.code);
      }
    }
  }
  for (const { key } of api.SYSTEM_OUTCOME_TYPES) if (!outcomes.has(key)) fail("every default is the outcome of a call", key, "none");
  for (const code of api.ISSUE_CODES) {
    if (code in EXCEPTIONS) {
      if (seen.has(code)) fail("an exception is one", `${code}: ${EXCEPTIONS[code]}`, "a vector reports it");
    } else {
      if (!seen.has(code)) fail("every code is reported by a vector", code, "none");
      if (!worded.has(code)) fail("every code's message stands in a vector", code, "none");
    }
  }
  for (const code of seen) if (!api.ISSUE_CODES.includes(code)) fail("every code exists", code, "none such");
  return failures;
}

/** Every expected issue, however deep. */
export function* issuesIn(expect) {
  for (const list of [expect.issues, expect.warnings]) yield* list ?? [];
  for (const part of [...(expect.refused ?? []), ...(expect.results ?? [])]) yield* issuesIn(part);
}
