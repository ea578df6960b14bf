// The lookup inside wasm among 10,000 keys: the core with a loop of its own (native/lookup.rs), since the package has no
// entry that does nothing else.

import { readFileSync } from "node:fs";
import { chance, list, shuffled } from "./bodies.mjs";

const TYPES = 10_000;
const ROUNDS = 41;
const SLICE = 12;

/** Nanoseconds a lookup, one number a round, of keys as short as a slot holds them, and of keys as a list here has them. */
export function lookups(file) {
  const long = list(TYPES - 10).data;
  const short = long.map((row, at) => (row.isSystem ? row : { ...row, key: `${row.key.split("_")[0]}_${at}` }));
  return { short: lookup(file, short), long: lookup(file, long) };
}

/** Every key is looked up as often as every other, in no order. */
function lookup(file, data) {
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
  write(JSON.stringify({ data }));
  if (core.load() !== TYPES) throw new Error("the list was not loaded");
  const keys = shuffled(data, chance(TYPES)).map((row) => JSON.stringify(row.key));
  write(keys.join("\n"));
  if (core.keys() !== TYPES) throw new Error("the keys were not taken");

  const timed = (times) => {
    const start = performance.now();
    if (core.find(times) !== times * TYPES) throw new Error("not every key was found");
    return performance.now() - start;
  };
  timed(50);
  const times = Math.max(1, Math.round((SLICE * 50) / timed(50)));
  return Array.from({ length: ROUNDS }, () => (timed(times) * 1e6) / times / TYPES);
}
