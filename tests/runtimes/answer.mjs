// Everything that a runtime is asked, in one call: an application hands in the package's exports and the vectors,
// and sends the text that comes back to the runner.

import { runJavaScript } from "./javascript.mjs";
import { runMemory } from "./memory.mjs";
import { runVectors } from "./suite.mjs";
import { runTrap } from "./trap.mjs";

/** The package in this runtime, as JSON: `{ trap, vectors, javascript, memory }`, each `{ count, failures }`. */
export async function answer(api, files) {
  // First of all: it watches from the first call on.
  const trap = runTrap(api);
  const vectors = await runVectors(api, files);
  const javascript = await runJavaScript(api, files);
  const memory = runMemory(api);
  return JSON.stringify({ trap, vectors, javascript, memory }, (_, value) => (typeof value === "bigint" ? String(value) : value));
}
