// Interactions stand beside any other entry, by import and by require, with each host's own module, and compile nothing by themselves

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const { Module } = WebAssembly;
let compiled = 0;
WebAssembly.Module = function (bytes) {
  compiled += 1;
  return new Module(bytes);
};
const imported = await import("kaireon-outcomes/interactions");
const required = require("kaireon-outcomes/interactions");
assert.equal(compiled, 0, "it compiles at import");
assert.equal(required.Interactions, imported.Interactions, "there is one of it");
assert.deepEqual(Object.keys(imported).filter((name) => name !== "module.exports").sort(), ["Interactions", "InternalError", "checkDefinition", "checkDelete"]);

const { Interactions, checkDefinition, checkDelete } = imported;
const entries = [await import("kaireon-outcomes")];
// A host that compiles its own modules has no bytes to compile.
const own = process.argv[2] === "own";
if (!own) entries.push(require("kaireon-outcomes"));
const before = compiled;
const log = Interactions.read([{ customerId: "C1", outcome: "click", timestamp: "2026-03-16" }]).value;
assert.equal(compiled - before, own ? 0 : 2, "the program that unpacks it, and the module");
for (const { OutcomeRegistry } of entries) {
  const registry = OutcomeRegistry.from({ data: [{ key: "quote", name: "Quote" }] });
  assert.equal(log.tally(registry).classification.positive, 1);
  const metric = { name: "M", aggregationType: "count", eventType: "quotes" };
  assert.equal(checkDefinition(registry, "behavioral-metric", metric).warnings[0].suggestion, "quote");
  const definitions = { "behavioral-metric": [{ ...metric, eventType: "quote" }] };
  assert.deepEqual(checkDelete(registry, "quote", { definitions }).warnings.map(({ code }) => code).at(-1), "still_referenced");
}
if (!own) {
  for (const condition of ["workerd", "edge-light"]) {
    const words = ["--no-warnings", "-C", condition, "--import", "./hooks/wasm.mjs", fileURLToPath(import.meta.url), "own"];
    execFileSync(process.execPath, words, { stdio: "pipe" });
  }
}
