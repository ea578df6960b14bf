// The binary, the messages and package.json are there under their names

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { ISSUE_CODES } from "kaireon-outcomes";

const require = createRequire(import.meta.url);
assert.ok(WebAssembly.validate(readFileSync(require.resolve("kaireon-outcomes/outcomes.wasm"))));
assert.deepEqual(Object.keys(require("kaireon-outcomes/messages/en.json")), [...ISSUE_CODES]);
assert.equal(require("kaireon-outcomes/package.json").name, "kaireon-outcomes");
