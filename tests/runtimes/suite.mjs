// The vectors, answered by the package. Knows no runtime: a runner hands in the package's exports and the
// parsed vector files, `{ keys: { about, cases }, … }`, and prints what comes back.

import { compare, compareIssues, invariants, same } from "./compare.mjs";
import { coverage } from "./coverage.mjs";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/**
 * Runs every case. `failures` is what a runner prints: `{ name, expected, actual }`, one for each thing that differs.
 */
export async function runVectors(api, files) {
  const { count, failures } = await runEach(files, (vector, fail) => runVector(api, vector, fail));
  failures.push(...coverage(api, files));
  return { count, failures };
}

/** Runs every case of every file by `run(vector, fail)`. */
export async function runEach(files, run) {
  const failures = [];
  let count = 0;
  for (const [file, { cases }] of Object.entries(files)) {
    for (const vector of cases) {
      count += 1;
      const fail = (what, expected, actual) => failures.push({ name: `${file}: ${vector.name} (${what})`, expected, actual });
      try {
        await run(vector, fail);
      } catch (error) {
        fail("threw", "an answer", String(error?.stack ?? error));
      }
    }
  }
  return { count, failures };
}

async function runVector(api, vector, fail) {
  const run = CHECKS[vector.check];
  if (run === undefined) throw new Error(`There is no check ${vector.check}`);
  const options = optionsOf(vector);
  const registry = registryOf(api, vector.registry);
  await run({ api, registry, options, vector, expect: vector.expect, fail });
}

// ---- what goes in ---------------------------------------------------------------------------------

const registries = new Map();

/** Omitted: the ten alone. A document is loaded once and shared by the cases that name it. */
export function registryOf(api, document) {
  if (document === undefined || document === null) return api.OutcomeRegistry.defaults();
  const key = JSON.stringify(document);
  let registry = registries.get(key);
  if (registry === undefined || !(registry instanceof api.OutcomeRegistry)) {
    registry = api.OutcomeRegistry.from(document.repeat ? repeated(document.repeat) : document);
    registries.set(key, registry);
  }
  return registry;
}

/** `part` times over, `{i}` in it being the number from 0. */
function repeated({ before = "", part, between = "", times, after = "" }) {
  const counts = part.includes("{i}");
  if (!counts && between === "") return before + part.repeat(times) + after;
  const parts = Array.from({ length: times }, (_, index) => (counts ? part.replaceAll("{i}", String(index)) : part));
  return before + parts.join(between) + after;
}

function optionsOf({ check, options }) {
  if (options === undefined) return undefined;
  if (check !== "lines" || options.maxBytes === undefined) return options;
  const { maxBytes: maxLineBytes, ...rest } = options;
  return { ...rest, maxLineBytes };
}

/** The document as an object, as text and as bytes: every door that the case can go through. */
export function doorsOf(vector) {
  if (vector.hex !== undefined) return [{ door: "bytes", document: bytesOf(vector.hex) }];
  const text = textOf(vector);
  const doors = [
    { door: "text", document: text },
    { door: "bytes", document: encoder.encode(text) },
  ];
  // A string handed in is JSON text, so it has no door of its own.
  if ("input" in vector && typeof vector.input !== "string") doors.unshift({ door: "object", document: vector.input });
  return doors;
}

function textOf({ input, text, repeat }) {
  if (text !== undefined) return text;
  if (repeat !== undefined) return repeated(repeat);
  return JSON.stringify(input);
}

export function bytesOf(hex) {
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) => Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16));
}

/** A value, for the checks that take no document: keys and words. */
function valueOf(vector) {
  return vector.text !== undefined ? JSON.parse(vector.text) : vector.input;
}

// ---- one check each -------------------------------------------------------------------------------

const CHECKS = {
  to_key: ({ api, vector, expect, fail }) => compare("value", expect.value, api.toKey(vector.input), fail),
  propose_key: ({ registry, vector, expect, fail }) => compare("value", expect.value, registry.proposeKey(vector.input), fail),
  suggest: ({ registry, vector, expect, fail }) => compare("value", expect.value, registry.suggest(vector.input) ?? null, fail),

  key({ api, registry, options, vector, expect, fail }) {
    const key = valueOf(vector);
    const answer = vector.registry === null ? api.checkKey(key, options) : registry.checkKey(key, options);
    checked("value", answer, expect, fail, api);
  },
  delete: ({ api, registry, options, vector, expect, fail }) =>
    checked("value", registry.checkDelete(valueOf(vector), options), expect, fail, api, () => ({})),
  outcome: ({ api, registry, options, vector, expect, fail }) =>
    checked("value", registry.schema("outcome", options)["~standard"].validate(valueOf(vector)), expect, fail, api),

  create: (given) => everyDoor(given, (document) => given.registry.checkCreate(document, given.options)),
  create_form(given) {
    const { api, registry, options, vector, expect, fail } = given;
    checked("object", registry.schema("create", options)["~standard"].validate(vector.input), expect, fail, api);
  },
  edit: (given) => everyDoor(given, (document) => given.registry.checkEdit(given.vector.key, document, given.options)),
  respond(given) {
    const { registry, options } = given;
    everyDoor(given, (document) => registry.checkRespond(document, options), (value, fail) => answerOf(registry, value, fail));
  },
  read_respond: (given) => everyDoor(given, (document) => given.registry.readRespond(document, given.options)),
  load(given) {
    const { api, options, expect } = given;
    everyDoor(
      given,
      (document) => api.OutcomeRegistry.load(document, options),
      (loaded, fail) => contents(loaded, expect, fail, api),
    );
  },
  bulk(given) {
    const { api, registry, options, vector, expect, fail } = given;
    const answers = doorsOf(vector).map(({ door, document }) => {
      const answer = registry.checkBulk(document, options);
      bulkAnswer(door, answer, expect, fail, api);
      return [door, { ...answer, body: answer.body && decoder.decode(answer.body) }];
    });
    agree(answers, fail);
  },
  async lines({ api, registry, options, vector, expect, fail }) {
    const bytes = vector.hex !== undefined ? bytesOf(vector.hex) : encoder.encode(textOf(vector));
    lineResults("one chunk", await linesOf(registry, [bytes], options), expect.results, fail, api);
  },

  lookup: ({ registry, expect, fail }) => lookups(registry, expect, fail),
  with: (given) => next(given, (registry, row) => registry.with(row)),
  without: (given) => next(given, (registry, key) => registry.without(key)),
};

/** Every line of a stream of chunks. */
export async function linesOf(registry, chunks, options) {
  const results = [];
  for await (const batch of registry.checkLines(chunks, options)) results.push(...batch);
  return results;
}

/** Puts a document through every door it has; the answers must be as expected and the same. */
function everyDoor({ api, vector, expect, fail }, check, valueOfAnswer) {
  const answers = doorsOf(vector).map(({ door, document }) => {
    const answer = check(document);
    checked(door, answer, expect, fail, api, valueOfAnswer);
    return [door, { ok: answer.ok, issues: answer.issues, warnings: answer.warnings }];
  });
  agree(answers, fail);
}

/** Whatever the door, the answer is the same, but for offsets. */
function agree(answers, fail) {
  const bare = answers.map(([door, answer]) => [door, JSON.stringify(answer, (name, value) => (name === "offset" ? undefined : value))]);
  for (const [door, text] of bare.slice(1)) {
    if (text !== bare[0][1]) fail(`${door} and ${bare[0][0]} disagree`, bare[0][1], text);
  }
}

/** A `Checked`: verdict, value, both lists. */
function checked(door, answer, expect, fail, api, valueOfAnswer) {
  const say = (what, expected, actual) => fail(`${door}: ${what}`, expected, actual);
  if (answer.ok !== expect.ok) {
    say("ok", expect, { ok: answer.ok, issues: answer.issues, warnings: answer.warnings });
    return;
  }
  if (answer.ok && answer.issues !== undefined) say("issues of what passed", undefined, answer.issues);
  if (!answer.ok && answer.value !== undefined) say("value of what is refused", undefined, answer.value);
  lists(door, answer, expect, say, api);
  if (!answer.ok) return;
  const value = valueOfAnswer ? valueOfAnswer(answer.value, say) : answer.value;
  if ("value" in expect) compare("value", expect.value, value, say);
}

function lists(door, answer, expect, say, api) {
  compareIssues("issues", expect.issues ?? [], answer.issues ?? [], door, say);
  compareIssues("warnings", expect.warnings ?? [], answer.warnings, door, say);
  invariants(answer.issues ?? [], "error", door, api, say);
  invariants(answer.warnings, "warning", door, api, say);
}

/** What a call means, in words: the vectors name the outcome by its key, and write null for undefined. */
function answerOf(registry, value, fail) {
  if (!Object.isFrozen(value)) fail("value", "a frozen answer", value);
  const { outcome, direction = null, target = null } = value;
  if (outcome !== undefined && outcome !== registry.get(outcome.key)) fail("value.outcome", "the registry's own object", outcome);
  const words = { outcome: outcome?.key ?? null, direction, target };
  return "key" in value ? { ...words, key: value.key } : words;
}

/** A bulk's answer: every item is in exactly one of `passed` and `refused`. */
function bulkAnswer(door, answer, expect, fail, api) {
  const say = (what, expected, actual) => fail(`${door}: ${what}`, expected, actual);
  compare("ok", expect.ok, answer.ok, say);
  for (const fact of ["size", "passed"]) if (fact in expect) compare(fact, expect[fact], answer[fact], say);
  const places = [...answer.passed, ...answer.refused.map((item) => item.index)].sort((a, b) => a - b);
  if (places.length !== answer.size || places.some((place, index) => place !== index)) say("partition", answer.size, places);
  if (answer.ok !== (answer.issues.length === 0 && answer.refused.length === 0)) say("ok", "nothing is refused", answer);
  if ((answer.body === undefined) !== answer.issues.length > 0) say("body", "one unless the envelope is broken", answer.body);
  lists(door, answer, expect, say, api);
  if ("refusedCount" in expect) compare("refused", expect.refusedCount, answer.refused.length, say);
  if ("refused" in expect) {
    compare("refused", expect.refused.map((item) => item.index), answer.refused.map((item) => item.index), say);
    for (const item of expect.refused) {
      const actual = answer.refused.find(({ index }) => index === item.index);
      if (actual === undefined) continue;
      lists(door, actual, item, (what, expected, found) => say(`refused ${item.index}, ${what}`, expected, found), api);
      if (actual.issues.length === 0) say(`refused ${item.index}`, "an issue at least", actual);
    }
  }
  if (!("body" in expect)) return;
  if (expect.body === null) compare("body", undefined, answer.body, say);
  else if (answer.body === undefined) say("body", expect.body, undefined);
  else {
    const body = decoder.decode(answer.body);
    compare("body", expect.body, typeof expect.body === "string" ? body : JSON.parse(body), say);
  }
}

/** The results of lines; `expected` as in a vector. */
export function lineResults(how, actual, expected, fail, api) {
  const say = (what, wanted, found) => fail(`${how}: ${what}`, wanted, found);
  if (actual.length !== expected.length) say("results", expected, actual);
  for (const [index, result] of actual.slice(0, expected.length).entries()) {
    const wanted = expected[index];
    const tell = (what, a, b) => say(`line ${wanted.line}, ${what}`, a, b);
    for (const fact of ["line", "ok", "offset", "length"]) if (fact in wanted) compare(fact, wanted[fact], result[fact], tell);
    lists("bytes", result, wanted, tell, api);
    if (result.ok !== (result.issues.length === 0)) tell("ok", "no issue", result);
  }
}

/** What a registry holds, and that it holds the same after toJSON and load. */
function contents(registry, expect, fail, api) {
  holds(registry, expect, fail);
  if (registry.size > 1000) return;
  const again = api.OutcomeRegistry.load(JSON.stringify(registry));
  if (!again.ok) return fail("toJSON", "a document that loads", again.issues);
  const all = (from) => JSON.stringify([from.size, from.complete, from.list({ retired: "both" })]);
  const rowsOf = (from) => from.list({ retired: "both" }).map((type) => JSON.stringify(type));
  compare("loaded again", rowsOf(registry), rowsOf(again.value), fail);
  if (all(registry) !== all(again.value)) fail("loaded again", all(registry), all(again.value));
  return undefined;
}

function holds(registry, expect, fail) {
  for (const fact of ["size", "complete"]) if (fact in expect) compare(fact, expect[fact], registry[fact], fail);
  const live = registry.list();
  compare("size and list", registry.size, live.length, fail);
  compare("iteration and list", live.map((type) => type.key), Array.from(registry, (type) => type.key), fail);
  if ("keys" in expect) compare("keys", expect.keys, live.map((type) => type.key), fail);
  if ("retired" in expect) compare("retired", expect.retired, registry.list({ retired: true }).map((type) => type.key), fail);
  for (const [key, facts] of Object.entries(expect.rows ?? {})) subset(`row ${key}`, facts, registry.get(key), fail);
}

/** Every fact given is a fact of the object. */
function subset(what, facts, actual, fail) {
  if (actual === undefined) return fail(what, facts, actual);
  if (!Object.isFrozen(actual)) fail(what, "a frozen object", actual);
  for (const [name, fact] of Object.entries(facts)) {
    // A null stands for a member that is not carried.
    if (!same(fact ?? undefined, Object.hasOwn(actual, name) ? actual[name] : undefined)) fail(`${what}, ${name}`, fact, actual[name]);
  }
  return undefined;
}

function lookups(registry, expect, fail) {
  holds(registry, expect, fail);
  for (const question of ["has", "isSystem", "classification", "category"]) {
    for (const [key, answer] of expect[question] ?? []) compare(`${question} ${key}`, answer, registry[question](key) ?? null, fail);
  }
  for (const [key, facts] of expect.get ?? []) {
    const type = registry.get(key);
    if (facts === null) compare(`get ${key}`, undefined, type, fail);
    else subset(`get ${key}`, facts, type, fail);
    if (registry.get(key) !== type) fail(`get ${key}`, "the same object at each call", type);
  }
  for (const { filter, keys } of expect.list ?? []) {
    compare(`list ${JSON.stringify(filter)}`, keys, registry.list(filter).map((type) => type.key), fail);
  }
}

/** with and without: the next registry; the one in hand stays as it is. */
function next({ api, registry, vector, expect, fail }, make) {
  const before = JSON.stringify(registry);
  let made;
  try {
    made = make(registry, vector.input);
  } catch (error) {
    if (expect.throws !== true) fail("threw", expect, String(error));
    return;
  }
  if (expect.throws === true) fail("did not throw", "an error", made.list().map((type) => type.key));
  else contents(made, expect, fail, api);
  compare("the registry before", before, JSON.stringify(registry), fail);
}
