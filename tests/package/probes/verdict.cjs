// `require` gives verdicts without any call before

const assert = require("node:assert/strict");
const { OutcomeRegistry, toKey } = require("kaireon-outcomes");

const call = { customerId: "C", recommendationId: "r", rank: 1, idempotencyKey: "k" };
const registry = OutcomeRegistry.defaults();
assert.equal(registry.checkRespond({ ...call, outcome: "click" }).value.outcome.classification, "positive");
assert.equal(registry.checkRespond({ ...call, outcome: "clik" }).issues[0].suggestion, "click");
assert.equal(toKey("Quote Requested!"), "quote_requested");
