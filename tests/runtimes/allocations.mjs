// What a call leaves on the heap that passes without a word: nothing. `node allocations.mjs [folder of the package]`
// runs itself again with a young generation so large that nothing is cleared away while it counts.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const PASSES = 200_000;
const ROUNDS = 5;
/** Bytes a call. What the runtime itself does meanwhile is less than one; of text, `encodeInto` hands out an object. */
const MOST = { bytes: 1, text: 48 };

const [folder = fileURLToPath(new URL("../../pkg", import.meta.url))] = process.argv.slice(2);
if (globalThis.gc === undefined) {
  const flags = ["--expose-gc", "--min-semi-space-size=128", "--max-semi-space-size=128"];
  const { status } = spawnSync(process.execPath, [...flags, fileURLToPath(import.meta.url), folder], { stdio: "inherit" });
  process.exit(status ?? 1);
}

const { OutcomeRegistry } = await import(pathToFileURL(join(folder, "dist", "index.js")).href);
const registry = OutcomeRegistry.defaults();
const call = { customerId: "CUST001", creativeId: "creative_001", outcome: "click", idempotencyKey: "k1" };
const texts = ["Zoë", "Mary"].map((name) => JSON.stringify({ ...call, attributes: { name } }));
const documents = texts.map((text) => new TextEncoder().encode(text));
const counted = {
  bytes: (at) => registry.checkRespond(documents[at & 1]),
  text: (at) => registry.checkRespond(texts[at & 1]),
  // An object a call, to know that it would be seen.
  planted: (at) => ({ ...registry.checkRespond(documents[at & 1]) }),
};

const bytes = {};
for (const [name, one] of Object.entries(counted)) {
  // Compiled for itself: a loop that several share is not optimised for any of them.
  const passes = new Function("one", "count", `// ${name}
    for (let at = 0; at < count; at += 1) if (one(at).ok !== true) throw new Error("refused");`);
  const rounds = Array.from({ length: ROUNDS }, () => {
    gc();
    const before = process.memoryUsage().heapUsed;
    passes(one, PASSES);
    return (process.memoryUsage().heapUsed - before) / PASSES;
  });
  bytes[name] = Math.min(...rounds);
}
const said = Object.entries(bytes).map(([name, count]) => `${name} ${count.toFixed(2)}`).join(", ");
for (const [name, most] of Object.entries(MOST))
  if (bytes[name] > most) throw new Error(`a call that passes without a word leaves something on the heap: ${said}`);
if (bytes.planted < 16) throw new Error(`an object a call was planted and not seen: ${said}`);
console.log(`bytes on the heap a call: ${said}`);
