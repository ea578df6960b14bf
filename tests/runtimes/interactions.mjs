// The vectors of definitions and interactions, answered by `kaireon-outcomes/interactions`, and what no vector can say.
// Knows no runtime: a runner hands in both entries' exports and the parsed files of tests/vectors/interactions.

import { compare, compareIssues, invariants } from "./compare.mjs";
import { issuesIn, OF_DEFINITIONS } from "./coverage.mjs";
import { runCases } from "./interactions-cases.mjs";
import { bytesOf, doorsOf, registryOf, runEach } from "./suite.mjs";

/** A figure may differ in the last of its digits. */
const SLACK = 1e-12;

/** The same in one text, for an application to send back; what fails is an error. */
export async function answerInteractions(api, interactions, files) {
  const { vectors, javascript } = await runInteractions(api, interactions, files);
  const failures = [...vectors.failures, ...javascript.failures];
  if (failures.length > 0) throw new Error(`${failures.length} failures\n${failures.slice(0, 20).map((one) => JSON.stringify(one).slice(0, 900)).join("\n")}`);
  return `${vectors.count} vectors and ${javascript.count} JavaScript cases of interactions`;
}

/** Runs every case: `{ vectors: { count, failures }, javascript: { count, failures } }`. */
export async function runInteractions(api, interactions, files) {
  // First of all: they watch from the first call on.
  const javascript = await runCases(api, interactions);
  const { count, failures } = await runEach(files, async (vector, fail) => {
    const run = CHECKS[vector.check];
    if (run === undefined) throw new Error(`There is no check ${vector.check}`);
    const { options, expect } = vector;
    await run({ api, interactions, registry: registryOf(api, vector.registry), options, vector, expect, fail });
  });
  const issues = Object.values(files).flatMap(({ cases }) => cases.flatMap(({ expect }) => [...issuesIn(expect)]));
  for (const code of OF_DEFINITIONS) {
    const worded = issues.some((issue) => issue.code === code && typeof issue.message === "string");
    if (!worded) failures.push({ name: "coverage: its message stands in a vector", expected: code, actual: "none" });
  }
  return { vectors: { count, failures }, javascript };
}

const CHECKS = {
  definition: (given) =>
    everyDoor(given, (document) => given.interactions.checkDefinition(given.registry, given.vector.kind, document, given.options)),
  delete_among: (given) =>
    everyDoor(
      given,
      (definitions) => given.interactions.checkDelete(given.registry, given.vector.key, { ...given.options, definitions }),
      () => ({}),
    ),
  async interactions(given) {
    const { interactions, options, vector } = given;
    const isLines = options?.as === "lines";
    const doors = doorsOf(vector).filter(({ door }) => !(isLines && door === "object"));
    for (const { door, document } of doors) readAnswer(door, interactions.Interactions.read(document, options), given);
    if (!isLines) return;
    const { as, ...rest } = options;
    const bytes = vector.hex === undefined ? doors.find(({ door }) => door === "bytes").document : bytesOf(vector.hex);
    for (const size of bytes.length < 10_000 ? [1, 7, bytes.length + 1] : [65_536]) {
      readAnswer(`chunks of ${size}`, await interactions.Interactions.readLines(chunks(bytes, size), rest), given);
    }
  },
  tally: (given) => plain(given, logOf(given).tally(given.registry, given.options)),
  experiment: (given) => plain(given, logOf(given).experiment(given.options)),
  suppression(given) {
    const { registry, options, vector } = given;
    checked("object", logOf(given).suppression(registry, vector.definition, vector.candidate, options), given);
  },
  metric(given) {
    const { registry, options, vector } = given;
    checked("object", logOf(given).metric(registry, vector.definition, options), given);
  },
};

function* chunks(bytes, size) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** The log of a case, which has to be the same whichever way it came. */
function logOf({ interactions: { Interactions }, options, vector, fail }) {
  const at = options?.at === undefined ? {} : { at: options.at };
  const read = (document, more) => {
    const { value, leftOut } = Interactions.read(document, { ...at, ...more });
    if (leftOut !== 0) fail("every row of a case is a good one", 0, leftOut);
    return value;
  };
  const log = read(vector.input);
  const rows = Array.isArray(vector.input) ? vector.input : vector.input.data;
  const half = rows.length >> 1;
  const others = {
    "as lines": read(rows.map((row) => `${JSON.stringify(row)}\n`).join(""), { as: "lines" }),
    "of two halves": read(rows.slice(0, half)).with(read(rows.slice(half))),
    "that was kept": Interactions.fromBytes(log.toBytes()),
  };
  for (const [how, other] of Object.entries(others)) {
    compare(`the log ${how}`, [log.size, [...log.toBytes()]], [other?.size, [...(other?.toBytes() ?? [])]], fail);
  }
  return log;
}

/** Puts a document through every door it has. */
function everyDoor(given, check, valueOf) {
  for (const { door, document } of doorsOf(given.vector)) checked(door, check(document), given, valueOf);
}

function lists(door, answer, expected, say, api) {
  compareIssues("issues", expected.issues ?? [], answer.issues ?? [], door, say);
  compareIssues("warnings", expected.warnings ?? [], answer.warnings, door, say);
  invariants(answer.issues ?? [], "error", door, api, say);
  invariants(answer.warnings, "warning", door, api, say);
}

function checked(door, answer, { api, expect, fail }, valueOf = (value) => value) {
  const say = (what, expected, actual) => fail(`${door}: ${what}`, expected, actual);
  if (answer.ok !== expect.ok) return say("ok", expect, answer);
  lists(door, answer, expect, say, api);
  if (!isFrozen(answer)) say("every answer is frozen", true, false);
  if (answer.ok && "value" in expect) near("value", expect.value, valueOf(answer.value), say, 0);
  return undefined;
}

function plain({ expect, fail }, answer) {
  if (!isFrozen(answer)) fail("every answer is frozen", true, false);
  if ("value" in expect) near("value", expect.value, answer, fail, 0);
  if ("near" in expect) near("value", expect.near, answer, fail, SLACK);
}

/** What came of reading. */
function readAnswer(how, answer, { api, expect, fail }) {
  const door = how === "text" || how === "object" ? how : "bytes";
  const say = (what, expected, actual) => fail(`${how}: ${what}`, expected, actual);
  if (answer.ok !== expect.ok) return say("ok", expect, answer);
  lists(door, answer, expect, say, api);
  if (answer.ok !== (answer.value !== undefined)) say("a log where it is taken", answer.ok, answer.value);
  if ("size" in expect && answer.ok) compare("size", expect.size, answer.value.size, say);
  if ("leftOut" in expect) compare("leftOut", expect.leftOut, answer.leftOut, say);
  if (!("refused" in expect)) return undefined;
  compare("refused", expect.refused.map(({ index, line }) => index ?? line), answer.refused.map(({ index, line }) => index ?? line), say);
  for (const [place, row] of expect.refused.entries()) {
    // Lines count their bytes, whatever they came as.
    const counts = row.line === undefined ? door : "bytes";
    if (answer.refused[place]) lists(counts, answer.refused[place], row, (what, a, b) => say(`row ${place}, ${what}`, a, b), api);
  }
  return undefined;
}

/** Equality of plain data; numbers may differ by so small a part of them. */
function near(what, expected, actual, fail, slack) {
  const equal = (a, b) => {
    if (typeof a === "number" && typeof b === "number") return Math.abs(a - b) <= slack * Math.abs(a);
    if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
    const names = Object.keys(a);
    return names.length === Object.keys(b).length && names.every((name) => equal(a[name], b[name]));
  };
  if (!equal(expected, actual)) fail(what, expected, actual);
}

function isFrozen(value) {
  return typeof value !== "object" || value === null || (Object.isFrozen(value) && Object.values(value).every(isFrozen));
}
