// The JSON Schema entry stands beside any other, by import and by require, and compiles nothing by itself

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { Module } = WebAssembly;
WebAssembly.Module = function () {
  throw new Error("it compiles at import");
};
const imported = await import("kaireon-outcomes/json-schema");
const required = require("kaireon-outcomes/json-schema");
WebAssembly.Module = Module;
assert.deepEqual(Object.keys(imported).filter((name) => name !== "default" && name !== "module.exports"), ["withJsonSchema"]);
assert.deepEqual(Object.keys(required), ["withJsonSchema"]);

function emptied(value) {
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === "object" && inner !== null) emptied(inner);
    delete value[key];
  }
}

const slim = await import("kaireon-outcomes/slim");
slim.initSync(readFileSync(require.resolve("kaireon-outcomes/outcomes.wasm")));
for (const { OutcomeRegistry } of [slim, require("kaireon-outcomes")]) {
  for (const { withJsonSchema } of [imported, required]) {
    const registry = OutcomeRegistry.defaults();
    const schema = withJsonSchema(registry, "respond");
    const { vendor, validate, jsonSchema } = schema["~standard"];
    assert.equal(vendor, "kaireon-outcomes");
    assert.equal(validate({}).ok, false);
    for (const frozen of [schema, schema["~standard"], jsonSchema]) assert.ok(Object.isFrozen(frozen));
    const target = "draft-07";
    const first = jsonSchema.output({ target });
    assert.equal(first.$schema, "http://json-schema.org/draft-07/schema#");
    const before = JSON.stringify(first);
    // Who gets it may write into it, however deep.
    emptied(first);
    emptied(jsonSchema.input({ target }));
    emptied(withJsonSchema(registry, "create")["~standard"].jsonSchema.input({ target }));
    assert.equal(JSON.stringify(jsonSchema.output({ target })), before);
    assert.deepEqual(jsonSchema.input({ target }).allOf[0].anyOf[0], { required: ["outcome"] });
    assert.deepEqual(withJsonSchema(registry, "create")["~standard"].jsonSchema.input({ target }).properties.category.enum, ["impression", "response"]);
    for (const other of ["draft-04", "constructor", undefined]) {
      assert.throws(() => jsonSchema.input({ target: other }), /^TypeError: `target` must be one of draft-2020-12, draft-07, openapi-3\.0$/);
    }
    for (const kind of ["edit", "constructor", undefined]) assert.throws(() => withJsonSchema(registry, kind), /^TypeError: `kind` must be one of create, respond$/);
    assert.throws(() => withJsonSchema(registry, "create", { rules: { nonsense: "off" } }), TypeError);
    const unsure = OutcomeRegistry.from({ data: [], hasMore: true });
    assert.equal(withJsonSchema(unsure, "respond")["~standard"].jsonSchema.input({ target }).properties.outcome.enum, undefined);
  }
}
