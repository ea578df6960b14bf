// The slim entry takes bytes, modules of any realm, answers to a fetch and addresses

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";

const file = createRequire(import.meta.url).resolve("kaireon-outcomes/outcomes.wasm");
const bytes = readFileSync(file);
const address = `data:application/wasm;base64,${bytes.toString("base64")}`;

/** Each in a process of its own: the first one to give the module wins. */
const WAYS = {
  bytes: ({ init }) => init(bytes),
  buffer: ({ init }) => init(new Uint8Array(bytes).buffer),
  module: ({ init }) => init(new WebAssembly.Module(bytes)),
  realm: ({ init }) => init(runInNewContext("new WebAssembly.Module(bytes)", { bytes })),
  response: ({ init }) => init(new Response(bytes)),
  promise: ({ init }) => init(fetch(address)),
  text: ({ init }) => init(address),
  url: ({ init }) => init(new URL(address)),
  sync: ({ initSync }) => initSync(bytes),
  twice: async ({ init }) => (await init(bytes), await init("nowhere:")),
};

const way = process.argv[2];
if (way === undefined) {
  for (const name of Object.keys(WAYS)) execFileSync(process.execPath, [fileURLToPath(import.meta.url), name]);
  const slim = await import("kaireon-outcomes/slim");
  assert.throws(() => slim.toKey("a"), /await init\(…\) or call initSync\(…\) first/);
  await assert.rejects(slim.init(new Response("", { status: 404 })), /could not be fetched: status 404/);
  assert.throws(() => slim.initSync(new Uint8Array(3)), /outcomes\.wasm is damaged/);
} else {
  const slim = await import("kaireon-outcomes/slim");
  await WAYS[way](slim);
  assert.equal(slim.toKey("A b"), "a_b", way);
}
