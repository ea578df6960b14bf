// What a claim's text says: the suite's answer, or words of its own.

import assert from "node:assert/strict";

const OF_INTERACTIONS = /^\d+ vectors and \d+ JavaScript cases of interactions$/;

/** The text of a place that was asked for interactions: a server may have answered with a page of its own. */
export const ofInteractions = (text) => (assert.match(text, OF_INTERACTIONS), text);

/** `{ said, vectors, javascript }`, or `{ said, interactions }`; throws where something failed. Any other text is its own words. */
export function readAnswer(text) {
  if (typeof text !== "string" || text === "") throw new Error(`no answer: ${text}`);
  const said = text.trim();
  if (OF_INTERACTIONS.test(said)) return { said, interactions: said };
  if (!said.startsWith("{")) return { said };
  const answer = JSON.parse(text);
  const failures = [];
  for (const part of ["trap", "vectors", "javascript", "memory"]) {
    if (!(answer[part]?.count > 0)) throw new Error(`no ${part} in ${text.slice(0, 300)}`);
    failures.push(...answer[part].failures);
  }
  if (failures.length > 0) throw new Error(`${failures.length} failures\n${failures.slice(0, 30).map(shown).join("\n")}`);
  return { said: `${answer.vectors.count} vectors`, vectors: answer.vectors.count, javascript: answer.javascript.count };
}

function shown({ name, expected, actual }) {
  const cut = (value) => String(JSON.stringify(value)).slice(0, 600);
  return `✗ ${name}\n    expected ${cut(expected)}\n    actual   ${cut(actual)}`;
}
