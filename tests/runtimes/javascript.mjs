// What exists in JavaScript only and no vector can say: values that JSON does not have, identity, misuse,
// streams. Knows no runtime, as the suite.

import lines from "./javascript/lines.mjs";
import options from "./javascript/options.mjs";
import registries from "./javascript/registries.mjs";
import { bytesOf, tools } from "./javascript/tools.mjs";
import values from "./javascript/values.mjs";
import { lineResults, linesOf } from "./suite.mjs";

/** Runs every case: `{ count, failures }`, as the suite does. */
export async function runJavaScript(api, files) {
  const failures = [];
  const cases = [...values, ...registries, ...options, ...lines, ...chunked(files)];
  for (const [name, run] of cases) {
    const fail = (expected, actual) => failures.push({ name: `javascript: ${name}`, expected, actual });
    try {
      await run(tools(api, fail));
    } catch (error) {
      fail("no throw", String(error?.stack ?? error));
    }
  }
  return { count: cases.length, failures };
}

/** Every vector of lines again, in chunks of odd sizes: whatever the cut, the results are the same. */
function chunked(files) {
  return [1, 2, 3, 7, 64, 1000].map((size) => [`lines in chunks of ${size} bytes`, async ({ api, fail }) => {
    for (const { name, text, hex, registry: document, options = {}, expect } of files.lines.cases) {
      if (text === undefined && hex === undefined) continue;
      const registry = document === undefined ? api.OutcomeRegistry.defaults() : api.OutcomeRegistry.from(document);
      const { maxBytes: maxLineBytes, ...rest } = options;
      const bytes = text === undefined ? Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)) : bytesOf(text);
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.slice(index * size, (index + 1) * size));
      const results = await linesOf(registry, chunks, maxLineBytes === undefined ? rest : { ...rest, maxLineBytes });
      lineResults(name, results, expect.results, (what, expected, actual) => fail({ name, what, expected }, actual), api);
    }
  }]);
}
