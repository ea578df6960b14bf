// A trap is an InternalError with its cause, and the same objects work on after it

import assert from "node:assert/strict";
import { InternalError, OutcomeRegistry } from "kaireon-outcomes";

/** What an export does once instead of its work; the core knows nothing of it. */
let fault;

const { Instance } = WebAssembly;
WebAssembly.Instance = function (module, imports) {
  const { exports } = new Instance(module, imports);
  const check = (...words) => {
    const once = fault;
    fault = undefined;
    return once ? once(exports) : exports.check(...words);
  };
  return { exports: { ...exports, check } };
};

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

const registry = OutcomeRegistry.defaults();
const call = { customerId: "C", recommendationId: "r", rank: 1, idempotencyKey: "k" };

function works() {
  assert.equal(registry.checkRespond({ ...call, outcome: "share" }).value.outcome.key, "share");
  const { issues } = registry.checkRespond({ ...call, outcome: "clik" });
  assert.equal(issues[0].suggestion, "click");
  assert.match(issues[0].message, /clik/);
  assert.equal(registry.proposeKey("Click"), "click_2");
  assert.ok(registry.has("click"));
}

works();
for (const name of [...Object.keys(FAULTS), ...Object.keys(FAULTS)]) {
  fault = FAULTS[name];
  assert.throws(
    () => registry.checkRespond({ ...call, outcome: "share" }),
    (error) => {
      assert.ok(error instanceof InternalError && error.name === "InternalError", name);
      assert.ok(error.cause instanceof WebAssembly.RuntimeError, name);
      assert.ok(error.message.includes(error.cause.message), name);
      return true;
    },
  );
  works();
}
