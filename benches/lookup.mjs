// The lookup inside wasm among 10,000 keys: the core with a loop of its own (native/lookup.rs), since the package has no
// entry that does nothing else.

import { readFileSync } from "node:fs";
import { chance, list, shuffled } from "./bodies.mjs";

const TYPES = 10_000;
const ROUNDS = 41;
const SLICE = 12;

/** Nanoseconds a lookup, one number a round; every key is looked up as often as every other, in no order. */
export function lookups(file, short) {
  const compiled = new WebAssembly.Module(readFileSync(file));
  const imports = {};
  // What the core would ask of JavaScript, which nothing here reaches.
  for (const { module, name } of WebAssembly.Module.imports(compiled)) (imports[module] ??= {})[name] = () => 0;
  const core = new WebAssembly.Instance(compiled, imports).exports;
  const write = (text) => {
    const bytes = new TextEncoder().encode(text);
    // The address first: asking for it may make memory grow, which takes its buffer away.
    const address = core.room(bytes.length);
    new Uint8Array(core.memory.buffer, address, bytes.length).set(bytes);
  };

  const types = list(TYPES - 10);
  // The list's own keys have 17 bytes or more, nearly all.
  if (short) for (const [at, row] of types.data.entries()) if (!row.isSystem) row.key = `${row.key.split("_")[0]}_${at}`;
  write(JSON.stringify(types));
  if (core.load() !== TYPES) throw new Error("the list was not loaded");
  const keys = shuffled(types.data, chance(TYPES)).map((row) => JSON.stringify(row.key));
  write(keys.join("\n"));
  if (core.keys() !== TYPES) throw new Error("the keys were not taken");

  const timed = (times) => {
    const start = performance.now();
    if (core.find(times) !== times * TYPES) throw new Error("not every key was found");
    return performance.now() - start;
  };
  const times = Math.max(1, Math.round((SLICE * 50) / timed(50)));
  return Array.from({ length: ROUNDS }, () => (timed(times) * 1e6) / times / TYPES);
}
