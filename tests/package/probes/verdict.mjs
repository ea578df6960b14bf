// `import` gives verdicts without any call before

import assert from "node:assert/strict";
import { checkKey, OutcomeRegistry, SYSTEM_OUTCOME_TYPES, toKey } from "kaireon-outcomes";

const call = { customerId: "C", recommendationId: "r", rank: 1, idempotencyKey: "k" };
const registry = OutcomeRegistry.defaults();
assert.equal(registry.checkRespond({ ...call, outcome: "click" }).value.outcome.classification, "positive");
assert.equal(registry.checkRespond({ ...call, outcome: "clik" }).issues[0].suggestion, "click");
assert.equal(checkKey("Click!").ok, false);
assert.equal(toKey("Quote Requested!"), "quote_requested");
assert.deepEqual([...registry].map(({ key }) => key), SYSTEM_OUTCOME_TYPES.map(({ key }) => key));
