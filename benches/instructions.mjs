// Instruction counts of the native core: the measure that a noisy machine does not change.

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { list } from "./bodies.mjs";

/** What the counted program is asked to do, and how often. */
const QUESTIONS = [
  ["one call, bytes → verdict, mean of 512", "call", 512],
  ["one item in a bulk of 1000", "bulk", 1000],
  ["one key found among 10,000", "find", 1000],
];

/** Instructions an operation, by question; `undefined` where valgrind is missing. */
export function instructions(program, folder, types, { calls, items }) {
  const write = (name, ...values) =>
    writeFileSync(join(folder, name), values.map((value) => JSON.stringify(value)).join("\n"));
  write("list.json", types);
  write("many.json", list(9990));
  write("bulk.json", { outcomes: items });
  write("calls.ndjson", ...calls);
  if (spawnSync("valgrind", ["--version"]).error) return undefined;

  // Twice the work less once the work: what starting and loading cost falls out.
  const measure = (question, times) => {
    const options = ["--tool=callgrind", "--callgrind-out-file=/dev/null", program, folder, question, String(times)];
    const { stderr, status } = spawnSync("valgrind", options, { encoding: "utf8" });
    const counted = /Collected : (\d+)/.exec(stderr)?.[1];
    if (status !== 0 || counted === undefined) throw new Error(`valgrind failed\n${stderr}`);
    return Number(counted);
  };
  return QUESTIONS.map(([title, question, operations]) => {
    const count = (measure(question, 6) - measure(question, 2)) / 4 / operations;
    return { title, count };
  });
}
