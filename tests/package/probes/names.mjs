// `import` and `require` give the same names, and nothing generated among them

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import * as imported from "kaireon-outcomes";
import * as slim from "kaireon-outcomes/slim";

const require = createRequire(import.meta.url);
const names = Object.keys(imported).filter((name) => name !== "default" && name !== "module.exports");
assert.deepEqual(Object.keys(require("kaireon-outcomes")).sort(), names.sort());
assert.deepEqual(Object.keys(slim).sort(), [...names, "init", "initSync"].sort());
assert.deepEqual(Object.keys(require("kaireon-outcomes/slim")).sort(), Object.keys(slim).sort());
assert.ok(names.every((name) => !name.includes("__")), names.join());
assert.equal(slim.OutcomeRegistry, imported.OutcomeRegistry, "the entries share their classes");
