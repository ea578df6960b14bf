// The bodies of an API, described in OpenAPI 3.0: a description that its own rules find no fault with.

import assert from "node:assert/strict";
import { Validator } from "@seriousme/openapi-schema-validator";
import { OutcomeRegistry } from "kaireon-outcomes";
import { withJsonSchema } from "kaireon-outcomes/json-schema";

const registry = OutcomeRegistry.defaults();
const target = "openapi-3.0";

function described(body, answer) {
  const content = (schema) => ({ content: { "application/json": { schema } } });
  const post = { requestBody: content(body), responses: { 200: { description: "Taken", ...content(answer) } } };
  return { openapi: "3.0.3", info: { title: "Outcomes", version: "1" }, paths: { "/": { post } } };
}

async function holds(body, answer) {
  const { valid, errors } = await new Validator().validate(described(body, answer));
  return valid ? undefined : JSON.stringify(errors).slice(0, 1000);
}

let count = 0;
for (const rules of [{}, { required: "off" }, { invalid_type: "off" }, { missing_target: "off", defaulted: "off", unknown_outcome_type: "off" }]) {
  for (const [kind, options] of [["create"], ["respond"], ["respond", { as: "bulk-item" }]]) {
    const { input, output } = withJsonSchema(registry, kind, { ...options, rules })["~standard"].jsonSchema;
    assert.equal(await holds(input({ target }), output({ target })), undefined, `${kind} ${JSON.stringify(rules)}`);
    count += 1;
  }
}
// A validator that takes everything would say nothing: what is JSON Schema only is refused.
const { input } = withJsonSchema(registry, "respond")["~standard"].jsonSchema;
assert.notEqual(await holds(input({ target: "draft-2020-12" }), {}), undefined);
console.log(`${count} pairs of bodies`);
