// A run of the asker against a stand-in, and what it found that is not as it is without a planted disagreement.

import assert from "node:assert/strict";
import { run } from "../../xtask/conform/run.mjs";
import { baseOf, createTenant, headersFrom } from "../../xtask/conform/tenant.mjs";
import { standin } from "./standin.mjs";

/** Asks all there is to ask. */
export async function asked(test, planted, options = {}) {
  const server = await standin(test, planted);
  const said = [];
  const tenant = createTenant({ base: baseOf(server.api), headers: headersFrom({}), ...options });
  const found = await run({ tenant, say: (words) => said.push(words), ...options });
  const of = (name) => {
    const result = found.results.find((one) => one.name === name);
    assert.ok(result, `there is no rule "${name}"`);
    return result;
  };
  return { ...found, ...server, said, of, names: (verdict) => namesOf(found.results, verdict) };
}

export const namesOf = (results, verdict) =>
  results.filter((result) => result.verdict === verdict).map(({ name }) => name);

/**
 * Holds a run to the disagreements that were planted, `{ stricter, looser, different }` as lists of names: those and no
 * others, and nothing of what was made is left.
 */
export async function assertFound(found, { stricter = [], looser = [], different = [] }) {
  assert.deepEqual(
    { stricter: found.names("stricter"), looser: found.names("looser"), different: found.names("different") },
    { stricter, looser, different },
  );
  await assertClean(found);
}

/** Ten types and no others: those that every tenant has. */
export async function assertClean({ keys, left }) {
  assert.deepEqual(left, []);
  assert.equal((await keys()).length, 10);
}
