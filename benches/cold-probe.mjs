// One cold start: node cold-probe.mjs NAME FILE INPUT prints the milliseconds from the import to the first verdict.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [name, file, input] = process.argv.slice(2);
const { types, call } = JSON.parse(readFileSync(input, "utf8"));
const bytes = new TextEncoder().encode(call);
const decoder = new TextDecoder();

const start = performance.now();
const { make } = await import(pathToFileURL(file).href);
const peer = make(types);
const taken = peer.call(name === "ours" ? bytes : JSON.parse(decoder.decode(bytes)));
const time = performance.now() - start;

if (taken !== true) throw new Error(`${name} refuses the first call`);
console.log(time);
