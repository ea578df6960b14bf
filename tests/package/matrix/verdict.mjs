// What a claim's text says: the suite's answer, or words of its own.

/** `{ said, vectors, javascript }`; throws where something failed. A text that is no answer of the suite is its own words. */
export function readAnswer(text) {
  if (typeof text !== "string" || text === "") throw new Error(`no answer: ${text}`);
  if (!text.startsWith("{")) return { said: text.trim() };
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
