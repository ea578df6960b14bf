// `cargo xtask bench`: compares the verdicts, times the rows, writes RESULTS.md. Nothing fails because it is slow.
// node --expose-gc bench.mjs SIZE PROGRAM LOOKUP FOLDER: the default entry's gzipped bytes, native/count.rs and lookup.rs
// as built, a place to write.

import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { agree } from "./agree.mjs";
import { bodies, list } from "./bodies.mjs";
import { cold } from "./cold.mjs";
import { instructions } from "./instructions.mjs";
import { lookups } from "./lookup.mjs";
import { make as ajv } from "./peers/ajv.mjs";
import { make as arktype } from "./peers/arktype.mjs";
import { make as hand } from "./peers/hand.mjs";
import { make as ours } from "./peers/ours.mjs";
import { make as parse } from "./peers/parse.mjs";
import { make as valibot } from "./peers/valibot.mjs";
import { make as zod } from "./peers/zod.mjs";
import { timed } from "./rounds.mjs";
import { rows } from "./rows.mjs";
import { results } from "./table.mjs";

const [size, program, lookup, folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

const types = list(20);
const inputs = bodies(types);
const us = ours(types);
const validators = {
  ajv: ajv(types),
  zod: zod(types),
  valibot: valibot(types),
  arktype: arktype(types),
  "by hand": hand(types),
};

const compared = await agree(us, validators, inputs);
console.log(`${compared} inputs: all peers say the same`);

// Counts and fresh processes first: they do not care what this process has compiled.
const counts = instructions(program, folder, types, inputs);
const starts = cold(folder);
const found = lookups(lookup);

const timings = [];
for (const row of rows(us, { "JSON.parse": parse(types), ...validators }, types, inputs)) {
  timings.push({ ...row, times: await timed(row) });
  console.log(row.title);
}

const text = results({ size: Number(size), compared, counts, starts, found, timings, inputs });
writeFileSync(new URL("RESULTS.md", import.meta.url), text);
console.log(text);
// Its million rows want a process of their own; it adds its part to the page.
execFileSync(process.execPath, ["--expose-gc", fileURLToPath(new URL("interactions.mjs", import.meta.url))], { stdio: "inherit" });
