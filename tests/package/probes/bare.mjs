// Where the runtime lacks something, the import succeeds and the first call says it in one sentence

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const { Module } = WebAssembly;
const says = (pattern) => ({ toKey }) => assert.throws(() => toKey("a"), { name: "Error", message: pattern });

const PLACES = {
  "no coders, as in Jest's jsdom": {
    lacks: () => (delete globalThis.TextDecoder, delete globalThis.TextEncoder),
    then({ OutcomeRegistry, toKey }) {
      assert.equal(toKey("Größe 10€ 😀"), "gr_e_10");
      const registry = OutcomeRegistry.load('{"data":[{"key":"größe","name":"Größe €😀"}]}').value;
      assert.equal(registry.get("größe").name, "Größe €😀");
    },
  },
  "no WebAssembly": {
    lacks: () => delete globalThis.WebAssembly,
    then: says(/^kaireon-outcomes needs WebAssembly, which this runtime does not have$/),
  },
  "no permission": {
    lacks() {
      WebAssembly.Module = function () {
        throw new WebAssembly.CompileError("Wasm code generation disallowed by embedder");
      };
    },
    then: says(/'wasm-unsafe-eval'.*serverExternalPackages: \["kaireon-outcomes"\]/),
  },
  "no permission, as WebKit says it": {
    lacks() {
      WebAssembly.Instance = function () {
        throw new WebAssembly.CompileError("Refused to create a WebAssembly object");
      };
    },
    then: says(/'wasm-unsafe-eval'.*serverExternalPackages: \["kaireon-outcomes"\]/),
  },
  "no SIMD": {
    lacks() {
      WebAssembly.Module = function () {
        return new Module(new Uint8Array(8));
      };
      WebAssembly.validate = () => false;
    },
    then: says(/SIMD/),
  },
  "no memory": {
    lacks() {
      WebAssembly.Instance = function () {
        throw new RangeError("Out of memory");
      };
    },
    then: says(/^kaireon-outcomes cannot start its WebAssembly module here$/),
  },
};

const place = process.argv[2];
if (place === undefined) {
  for (const name of Object.keys(PLACES)) execFileSync(process.execPath, [fileURLToPath(import.meta.url), name]);
} else {
  const { lacks, then } = PLACES[place];
  lacks();
  then(await import("kaireon-outcomes"));
}
