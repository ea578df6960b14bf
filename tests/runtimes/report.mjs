// What the runners of Node share: the files of the vectors, and the way failures are printed.

import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("../vectors/", import.meta.url);

/** The text of every vector file, by name without `.json`. */
export function vectorTexts() {
  const names = readdirSync(folder).filter((name) => name.endsWith(".json")).sort();
  return Object.fromEntries(names.map((name) => [name.slice(0, -5), readFileSync(new URL(name, folder), "utf8")]));
}

/** Every vector file, parsed. */
export function vectors() {
  return Object.fromEntries(Object.entries(vectorTexts()).map(([name, text]) => [name, JSON.parse(text)]));
}

/** Prints both counts, or the failures; the exit code says which. */
export function report(where, suite, javascript) {
  const failures = [...suite.failures, ...javascript.failures];
  for (const { name, expected, actual } of failures.slice(0, 200)) {
    console.error(`✗ ${name}\n    expected ${show(expected)}\n    actual   ${show(actual)}`);
  }
  if (failures.length > 0) {
    console.error(`${where}: ${failures.length} failures in ${suite.count} vectors and ${javascript.count} javascript cases`);
    process.exitCode = 1;
    return;
  }
  console.log(`vectors: ${suite.count}`);
  console.log(`javascript cases: ${javascript.count}`);
}

/** One line, cut where it grows out of hand. */
function show(value) {
  const text = typeof value === "string" ? value : JSON.stringify(value, (_, inner) => (typeof inner === "bigint" ? `${inner}n` : inner)) ?? String(value);
  return text.length > 800 ? `${text.slice(0, 800)}…` : text;
}
