// 100,000 registries loaded and dropped in one task: memory stays where it was. Knows no runtime.

import { seen, watch } from "./core.mjs";

/** What grows until now is the runtime's own: compiled code, its first heap. */
const WARM_UP = 10_000;
const LOADS = 100_000;
/**
 * By how much each may grow. The heap where a runtime clears it away when told: twenty bytes a registry. Beside the
 * heap V8 frees in the background, so what was last used may still be there; the images alone would be 200 MB.
 */
const MOST = { core: 0, heap: 2 << 20, "beside the heap": 32 << 20 };

/** Runs the loop: `{ count, failures }`, as the suite does. */
export function runMemory(api) {
  watch();
  const load = (number) => {
    const data = Array.from({ length: 5 }, (_, at) => ({ key: `type_${number}_${at}`, name: `Type ${number}`, category: "response" }));
    const registry = api.OutcomeRegistry.from({ data });
    if (!registry.has(`type_${number}_4`) || registry.size !== 15) throw new Error(`registry ${number} is not whole`);
  };
  for (let number = 0; number < WARM_UP; number += 1) load(number);
  const before = measured();
  for (let number = 0; number < LOADS; number += 1) load(number);
  const after = measured();

  const failures = [];
  if (typeof before.core !== "number") failures.push({ name: "memory: the core is seen", expected: "its bytes", actual: before.core });
  for (const [name, most] of Object.entries(MOST)) {
    const grown = after[name] - before[name];
    if (grown > most) failures.push({ name: `memory: ${name}`, expected: `at most ${most} bytes more`, actual: grown });
  }
  return { count: LOADS, failures };
}

/** Bytes; of the heap only where a runtime tells, and clears it away first. */
function measured() {
  const core = seen().bytes;
  const clear = globalThis.gc ?? (globalThis.Bun && (() => globalThis.Bun.gc(true)));
  if (clear === undefined) return { core };
  clear();
  // By way of `globalThis`: builders for the edge refuse the bare words, though nothing clears away there.
  const { heapUsed: heap, external } = globalThis.process.memoryUsage();
  return { core, heap, "beside the heap": external };
}
