// Cold start: a fresh Node for every measurement, from the import to the first verdict; imported as installed, and as
// one bundled file.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";
import { bodies, chance, list, shuffled } from "./bodies.mjs";

const TURNS = 15;
const NAMES = ["ours", "valibot", "zod", "ajv", "arktype"];
const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** By peer: milliseconds to the first verdict, one number a turn, both ways; the bundle's gzipped bytes. */
export function cold(folder) {
  mkdirSync(folder, { recursive: true });
  const types = list(0);
  const input = join(folder, "cold.json");
  writeFileSync(input, JSON.stringify({ types, call: JSON.stringify(bodies(types).calls[1]) }));
  const files = Object.fromEntries(NAMES.map((name) => [name, bundle(name, folder)]));

  const none = () => Object.fromEntries(NAMES.map((name) => [name, []]));
  const times = { installed: none(), bundled: none() };
  const starts = NAMES.flatMap((name) => [
    ["installed", name, at(`peers/${name}.mjs`)],
    ["bundled", name, files[name]],
  ]);
  const random = chance(TURNS);
  for (let turn = -1; turn < TURNS; turn += 1) {
    for (const [way, name, file] of shuffled(starts, random)) {
      const said = execFileSync(process.execPath, [at("cold-probe.mjs"), name, file, input], { encoding: "utf8" });
      // The first turn only fills the disk's cache.
      if (turn >= 0) times[way][name].push(Number(said));
    }
  }
  const weight = (file) => gzipSync(readFileSync(file), { level: 9 }).length;
  const sizes = Object.fromEntries(NAMES.map((name) => [name, weight(files[name])]));
  return { ...times, sizes };
}

/** A peer as a user's bundler would ship it: one minified file with what the schemas use. */
function bundle(name, folder) {
  const outfile = join(folder, `cold-${name}.mjs`);
  const entryPoints = [at(`peers/${name}.mjs`)];
  buildSync({ entryPoints, outfile, bundle: true, minify: true, format: "esm", platform: "node", logLevel: "warning" });
  return outfile;
}
