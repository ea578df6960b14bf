// Runs the differential cases in WebAssembly: `node module.mjs FILE`, with KAIREON_CASES and KAIREON_SEED as natively.

import { readFileSync } from "node:fs";

const cases = Number(process.env.KAIREON_CASES ?? 100_000);
const seed = Number(process.env.KAIREON_SEED ?? 4);
const module = new WebAssembly.Module(readFileSync(process.argv[2]));
// What the bindings import is not called: nothing here hands values to JavaScript.
const imports = {};
for (const { module: from, name } of WebAssembly.Module.imports(module)) {
  imports[from] = { ...imports[from], [name]: () => 0 };
}
const { run, memory } = new WebAssembly.Instance(module, imports).exports;

for (let from = 0; from < cases; from += 10_000) {
  const failed = run(seed, from, Math.min(from + 10_000, cases));
  if (failed !== 0) {
    const bytes = new Uint8Array(memory.buffer, failed);
    console.error(new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0))));
    process.exit(1);
  }
}
console.log(`${cases}`);
