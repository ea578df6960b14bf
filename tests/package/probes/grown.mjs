// Memory that grows for an answer harms no stream: what follows is read as before, also where nothing follows

import assert from "node:assert/strict";
import { OutcomeRegistry } from "kaireon-outcomes";

const registry = OutcomeRegistry.defaults();

// The first answers of a process grow the core's memory; each of these takes more than all before.
for (const lines of [1, 6, 100, 10_000]) {
  const numbers = [];
  for await (const results of registry.checkLines(['{"customerId":1}\n'.repeat(lines)])) {
    for (const { line, issues } of results) {
      numbers.push(line);
      assert.equal(issues[0].code, "invalid_type");
    }
  }
  assert.deepEqual(numbers, Array.from({ length: lines }, (_, at) => at + 1));
}
