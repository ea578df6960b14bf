// A trap in the core is an InternalError with its cause, and the same objects work on after it. Knows no runtime.

import { faultOnce, seen, watch } from "./core.mjs";

const FAULTS = {
  "no memory left": (core) => core.reserve(0xf0000000),
  "a trap of somebody else's": () => {
    throw new WebAssembly.RuntimeError("unreachable");
  },
  "memory all over": (core) => {
    new Uint8Array(core.memory.buffer).fill(0xff);
    return core.check(0, 0, 8, 0, 0, 1, 0, NaN);
  },
};

/** Runs every fault, each twice: `{ count, failures }`, as the suite does. Has to come before any other call. */
export function runTrap(api) {
  watch();
  const failures = [];
  const registry = api.OutcomeRegistry.defaults();
  const call = { customerId: "C", recommendationId: "r", rank: 1, idempotencyKey: "k" };
  const names = [...Object.keys(FAULTS), ...Object.keys(FAULTS)];
  const holds = (name, what, expected, actual) => {
    if (actual !== expected) failures.push({ name: `trap: ${name}: ${what}`, expected, actual: String(actual) });
  };
  const works = (name) => {
    holds(name, "a call passes", "share", registry.checkRespond({ ...call, outcome: "share" }).value?.outcome.key);
    const [issue] = registry.checkRespond({ ...call, outcome: "clik" }).issues;
    holds(name, "a misspelt one is helped", "click", issue?.suggestion);
    holds(name, "its message", true, issue?.message.includes("clik"));
    holds(name, "a free key", "click_2", registry.proposeKey("Click"));
    holds(name, "a key that is known", true, registry.has("click"));
  };

  works("before");
  for (const name of names) {
    const before = seen().instances;
    faultOnce(FAULTS[name]);
    let error;
    try {
      registry.checkRespond({ ...call, outcome: "share" });
    } catch (thrown) {
      error = thrown;
    }
    holds(name, "an InternalError", true, error instanceof api.InternalError && error.name === "InternalError");
    holds(name, "its cause", "RuntimeError", error?.cause?.name);
    holds(name, "the cause's words", true, error?.message.includes(error.cause?.message) ?? false);
    works(name);
    holds(name, "a new instance", before + 1, seen().instances);
  }
  return { count: names.length, failures };
}
