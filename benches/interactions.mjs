// A million interactions in NDJSON, tallied, and one metric of them: the package beside one loop over JSON.parse, written
// by hand. Writes its part of RESULTS.md: node --expose-gc interactions.mjs

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { OutcomeRegistry } from "../pkg/dist/index.js";
import { Interactions } from "../pkg/dist/interactions.js";
import { median, ratio } from "./rounds.mjs";

const ROWS = 1_000_000;
const ROUNDS = 5;
const DAY = 86_400_000;
const NOW = Date.parse("2026-03-16T14:35:00Z");
const METRIC = { name: "Clicks in 7 days", aggregationType: "count", eventType: "click", windowDays: 7 };
/** What the hand-written one takes at once. */
const SLICE = 1 << 20;

const registry = OutcomeRegistry.defaults();
const bytes = lines();

/** 100,000 customers, 200 offers, a month; the same ones each time. */
function lines() {
  const keys = [...registry].map(({ key }) => key);
  let state = 2026;
  const below = (count) => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) % count;
  const parts = [];
  for (let row = 0; row < ROWS; row += 1) {
    const timestamp = new Date(NOW - below(30 * DAY)).toISOString();
    const interaction = {
      customerId: `CUST${below(100_000)}`,
      recommendationId: `rec_${row}`,
      rank: 1 + below(5),
      offerId: `OFFER${below(200)}`,
      channelId: ["web", "email", "app"][below(3)],
      outcome: keys[below(keys.length)],
      direction: "inbound",
      timestamp,
      idempotencyKey: `key-${row}`,
    };
    parts.push(`${JSON.stringify(interaction)}\n`);
  }
  return Buffer.from(parts.join(""));
}

function ours() {
  const log = Interactions.read(bytes, { as: "lines" }).value;
  return { tally: log.tally(registry).classification, count: log.metric(registry, METRIC, { now: NOW }).value.groups[0].value };
}

/** What a program does that has no log: both figures in one loop, nothing kept. */
function byHand() {
  const tally = { positive: 0, negative: 0, neutral: 0 };
  const classifications = new Map([...registry].map(({ key, classification }) => [key, classification]));
  let count = 0;
  eachRow((row) => {
    if (typeof row.customerId !== "string" || row.customerId === "") return;
    const time = Date.parse(row.timestamp);
    if (Number.isNaN(time)) return;
    const classification = classifications.get(row.outcome);
    if (classification !== undefined) tally[classification] += 1;
    if (row.outcome === "click" && time <= NOW && time > NOW - 7 * DAY) count += 1;
  });
  return { tally, count };
}

function eachRow(take) {
  const decoder = new TextDecoder();
  let rest = "";
  for (let at = 0; at < bytes.length; at += SLICE) {
    const texts = (rest + decoder.decode(bytes.subarray(at, at + SLICE), { stream: true })).split("\n");
    rest = texts.pop();
    for (const text of texts) take(JSON.parse(text));
  }
  if (rest !== "") take(JSON.parse(rest));
}

/** The bytes of what is kept of a row for the next question, beside the rows as objects. */
function memory(log) {
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  const kept = [];
  eachRow(({ customerId, offerId, channelId, outcome, timestamp }) => {
    kept.push({ customerId, offerId, channelId, outcome, at: Date.parse(timestamp) });
  });
  globalThis.gc();
  const objects = (process.memoryUsage().heapUsed - before) / kept.length;
  return { log: log.toBytes().length / log.size, objects };
}

function timed(run) {
  globalThis.gc();
  const began = performance.now();
  run();
  return performance.now() - began;
}

// Nothing is timed before both say the same.
assert.deepEqual({ ...ours(), tally: { ...ours().tally } }, byHand());
const times = { ours: [], byHand: [], tally: [], metric: [] };
const log = Interactions.read(bytes, { as: "lines" }).value;
for (let round = 0; round < ROUNDS; round += 1) {
  const turns = round % 2 === 0 ? ["ours", "byHand"] : ["byHand", "ours"];
  for (const name of turns) times[name].push(timed(name === "ours" ? ours : byHand));
  log.tally(registry);
  times.tally.push(timed(() => log.tally(registry)));
  times.metric.push(timed(() => log.metric(registry, METRIC, { now: NOW })));
}
const kept = memory(log);

const seconds = (values) => `${(median(values) / 1000).toFixed(2)} s`;
const milliseconds = (values) => `${median(values).toFixed(1)} ms`;
const section = `<!-- interactions -->
## Interactions

${ROWS.toLocaleString("en")} rows of NDJSON, ${(bytes.length / 1e6).toFixed(0)} MB: read, tallied, and the clicks of seven days counted; ${ROUNDS} rounds on Node
${process.versions.node}, and in brackets how many times as long as ours it took, paired by round.

| | ours | by hand, one loop over JSON.parse |
|---|---|---|
| all three | ${seconds(times.ours)} | ${seconds(times.byHand)} (${ratio(times.byHand, times.ours).toFixed(2)}) |
| one more tally | ${milliseconds(times.tally)} | the same again |
| one more metric | ${milliseconds(times.metric)} | the same again |
| kept of a row, for the next question | ${kept.log.toFixed(1)} bytes | ${kept.objects.toFixed(0)} bytes, as an object of five members |
<!-- /interactions -->
`;
const page = new URL("RESULTS.md", import.meta.url);
const text = readFileSync(page, "utf8").replace(/\n<!-- interactions -->.*<!-- \/interactions -->\n/s, "");
writeFileSync(page, `${text}\n${section}`);
console.log(section);
