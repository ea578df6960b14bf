// A tool of a language model, as the AI SDK makes it of a Standard JSON Schema: what the model is told, and what its answer has to pass.

import assert from "node:assert/strict";
import { asSchema, safeValidateTypes } from "@ai-sdk/provider-utils";
import { OutcomeRegistry } from "kaireon-outcomes";
import { withJsonSchema } from "kaireon-outcomes/json-schema";

const registry = OutcomeRegistry.defaults();
const create = asSchema(withJsonSchema(registry, "create"));
const told = await create.jsonSchema;
assert.deepEqual(told.properties.category.enum, ["impression", "response"]);
assert.deepEqual(told.required, ["key", "name", "classification", "category"]);

const answer = { key: "call_back", name: "Call Back", classification: "positive", category: "response" };
const taken = await safeValidateTypes({ value: answer, schema: create });
assert.deepEqual(taken.value, { ...answer, description: "" });
const refused = await safeValidateTypes({ value: { ...answer, key: "click" }, schema: create });
assert.equal(refused.success, false);
assert.match(JSON.stringify(refused.error.cause), /in use already; `click_2` is free/);

// It writes into what it was told, which is nobody else's.
assert.equal(told.additionalProperties, false);
assert.ok(!("additionalProperties" in withJsonSchema(registry, "create")["~standard"].jsonSchema.input({ target: "draft-07" })));

// A call as it comes out, where the SDK asks for what goes in.
const { "~standard": standard } = withJsonSchema(registry, "respond", { idempotencyKey: "k" });
const call = await asSchema({ "~standard": { ...standard, jsonSchema: { input: standard.jsonSchema.output } } }).jsonSchema;
assert.deepEqual(call.properties.outcome.enum, [...registry].map(({ key }) => key));
assert.ok(["allOf", "anyOf", "oneOf", "not"].every((keyword) => !(keyword in call)));
console.log("told of the choices; an answer taken, and one refused by name");
