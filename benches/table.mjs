// What was measured, as the page benches/RESULTS.md.

import { readFileSync } from "node:fs";
import { arch, availableParallelism, cpus, platform } from "node:os";
import { median, ratio } from "./rounds.mjs";

const PEERS = ["ajv", "zod", "valibot", "arktype"];

/** The whole page. */
export function results({ size, compared, counts, starts, found, timings, inputs }) {
  const judged = [...timings.filter((row) => row.gate), ...measures(size, starts, found)].map(judge);
  const missed = judged.filter((row) => row.met === "**no**").length;
  const reached = judged.filter((row) => row.reached === "yes").length;
  const bytes = Buffer.byteLength(inputs.calls.map((call) => JSON.stringify(call)).join(""));
  return `# What the benchmark measured

Written by \`cargo xtask bench\`, never edited. [README.md](README.md) says what each row is and how to read it.

- ${new Date().toISOString().slice(0, 10)}, ${machine()}
- Node ${process.versions.node} (V8 ${process.versions.v8}); ${PEERS.map(versionOf).join(", ")}
- ${compared} inputs had the same verdict from every peer before anything was timed
- ${inputs.calls.length} varied bodies, mean ${(bytes / inputs.calls.length).toFixed(0)} bytes

**${missed === 0 ? "Every gate is met" : `${missed} of ${judged.length} gates are missed`}**; ${reached} of ${judged.length} goals are reached.

## Gates and goals

${table(
  ["row", "against", "measured", "gate", "met", "goal", "reached"],
  judged.map((row) => [row.title, row.against, row.measured, row.gate, row.met, row.goal, row.reached]),
)}

## Every peer

The median time of one operation, and in brackets how many times as long as ours it took, paired by round.

${timings.map(details).join("\n\n")}

**cold start**, import to first verdict in a fresh Node; ${starts.installed.ours.length} turns; the bundle has what the
schemas use, minified, and is weighed gzipped

${table(
  ["", ...Object.keys(starts.sizes)],
  [
    ["as installed", ...Object.values(starts.installed).map(milliseconds)],
    ["bundled", ...Object.values(starts.bundled).map(milliseconds)],
    ["weight of the bundle", ...Object.values(starts.sizes).map((bytes) => `${(bytes / 1000).toFixed(1)} kB`)],
  ],
)}

## Instructions

${instructions(counts)}
`;
}

/** The gates that are about no row of the timing. */
function measures(size, { installed: times, bundled }, found) {
  const kilobytes = (limit) => `≤ ${limit} kB`;
  const start = median(times.ours);
  const lookup = median(found);
  return [
    {
      title: "key lookup inside wasm, 10,000 keys",
      against: "itself",
      measured: `${lookup.toFixed(1)} ns`,
      gate: "≤ 10 ns",
      goal: "≤ 6 ns",
      holds: lookup <= 10,
      reaches: lookup <= 6,
    },
    {
      title: "default entry, gzipped",
      against: "itself",
      measured: `${(size / 1000).toFixed(1)} kB`,
      gate: kilobytes(30),
      goal: kilobytes(24),
      holds: size <= 30_000,
      reaches: size <= 24_000,
    },
    {
      title: "cold start",
      against: "valibot",
      measured: `${started(times)} (bundled: ${started(bundled)})`,
      gate: "below valibot",
      goal: "≤ 4.5 ms",
      holds: ratio(times.ours, times.valibot) < 1,
      reaches: start <= 4.5,
    },
  ];
}

const share = (times) => ratio(times.ours, times.valibot).toFixed(2);
const started = (times) => `${milliseconds(times.ours)}, ${share(times)} of its time`;
const milliseconds = (times) => `${median(times).toFixed(1)} ms`;

/** A row of the first table: what was measured beside what was asked. */
function judge(row) {
  const { title, against, times, most, gate, goal } = row;
  const say = (holds, reaches, rest) => {
    return { title, against, ...rest, met: holds ? "yes" : "**no**", reached: reaches ? "yes" : "no" };
  };
  if (!times) return say(row.holds, row.reaches, row);
  if (most) {
    const part = ratio(times.ours, times[against]);
    const words = { measured: `${part.toFixed(2)} of its time`, gate: `≤ ${gate}`, goal: `≤ ${goal}` };
    return say(part <= gate, part <= goal, words);
  }
  const faster = ratio(times[against], times.ours);
  const also = (text) => (row.speed ? `, ${text} GB/s` : "");
  const words = {
    measured: `${faster.toFixed(2)} ×${also(speed(row).toFixed(2))}`,
    gate: `≥ ${gate} ×`,
    goal: `≥ ${goal} ×${also(row.speed)}`,
  };
  return say(faster >= gate, faster >= goal && (!row.speed || speed(row) >= row.speed), words);
}

/** All peers of one row. */
function details(row) {
  const { title, times } = row;
  const names = Object.keys(times);
  const cells = names.map((name) => {
    const beside = name === "ours" ? "" : ` (${ratio(times[name], times.ours).toFixed(2)})`;
    return `${duration(median(times[name]))}${beside}`;
  });
  const reading = row.size ? `; ours reads ${speed(row).toFixed(2)} GB/s` : "";
  return `**${title}**; ${times.ours.length} rounds${reading}\n\n${table(names, [cells])}`;
}

/** How fast ours reads, in bytes a nanosecond: GB/s. */
const speed = ({ size, count, times }) => size / count / median(times.ours);

function duration(nanoseconds) {
  if (nanoseconds < 1000) return `${nanoseconds.toPrecision(3)} ns`;
  if (nanoseconds < 1e6) return `${(nanoseconds / 1000).toPrecision(3)} µs`;
  return `${(nanoseconds / 1e6).toPrecision(3)} ms`;
}

function instructions(counts) {
  if (!counts) return "Not counted: valgrind is not on this machine.";
  const rows = counts.map(({ title, count }) => [title, Math.round(count).toLocaleString("en")]);
  const words = "Of the native core in the release profile, counted by callgrind: no noise of the machine is in them.";
  return `${words}\n\n${table(["operation", "instructions"], rows)}`;
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), `|${head.map(() => "---|").join("")}`, ...rows.map(line)].join("\n");
}

function machine() {
  return `${cpus()[0]?.model.trim() ?? "unknown processor"}, ${availableParallelism()} cores, ${platform()} ${arch()}`;
}

function versionOf(name) {
  const file = new URL(`node_modules/${name}/package.json`, import.meta.url);
  return `${name} ${JSON.parse(readFileSync(file, "utf8")).version}`;
}
