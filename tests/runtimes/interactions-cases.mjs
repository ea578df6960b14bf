// What no vector of interactions can say: misuse, traps, streams at once, registries of another copy, buffers.

import { watcher } from "./core.mjs";

/** The second module. */
const { watch, faultOnce, seen } = watcher("ask");

const NOW = Date.parse("2026-03-16T14:35:00Z");
const row = (outcome, more) => ({ customerId: "C1", offerId: "o1", outcome, timestamp: "2026-03-16T14:00:00Z", ...more });
const line = (outcome) => `${JSON.stringify(row(outcome))}\n`;
const POLICY = { name: "P", ruleType: "outcome_based", config: { outcomeType: "complaint", lookbackDays: 90 } };
const METRIC = { name: "M", aggregationType: "count", eventType: "click", windowDays: 7 };
const encoder = new TextEncoder();

const FAULTS = {
  "no memory left": (core) => core.buffer(0, 0xf0000000),
  "a trap of somebody else's": () => {
    throw new WebAssembly.RuntimeError("unreachable");
  },
  "memory all over": (core) => {
    new Uint8Array(core.memory.buffer).fill(0xff);
    return core.ask(0);
  },
};

const CASES = {
  "a trap harms nothing": ({ api, Interactions, registry, is }) => {
    const log = Interactions.read([row("click"), row("clik")]).value;
    const works = () => is(log.tally(registry).unknown.keys[0].suggestion, "click");
    works();
    for (const [name, run] of Object.entries(FAULTS)) {
      const before = seen().instances;
      faultOnce(run);
      let error;
      try {
        log.tally(registry);
      } catch (thrown) {
        error = thrown;
      }
      is(error instanceof api.InternalError, true, `${name}: ${error}`);
      is(error?.cause?.name, "RuntimeError", name);
      works();
      is(seen().instances, before + 1, name);
    }
  },
  "InternalError is the package's": ({ api, interactions, is }) => is(interactions.InternalError, api.InternalError),
  "nothing but Interactions makes one": ({ Interactions, is }) => {
    is(thrown(() => new Interactions()), "TypeError");
    is(thrown(() => new Interactions({ _bytes: new Uint8Array(8) })), "TypeError");
    is(Object.isFrozen(Interactions.read([]).value), true);
  },
  "misuse throws": ({ interactions: { checkDefinition, checkDelete }, Interactions, registry, is }) => {
    const log = Interactions.read([]).value;
    const options = { now: NOW };
    const misused = {
      "no registry": () => checkDefinition(undefined, "experiment", {}),
      "a list for a registry": () => checkDefinition({ data: [] }, "experiment", {}),
      "what writes no list": () => checkDefinition({ toJSON: () => 1 }, "experiment", {}),
      "what cannot be written": () => checkDefinition({ toJSON: () => 1n }, "experiment", {}),
      "no kind": () => checkDefinition(registry, undefined, {}),
      "another kind": () => checkDefinition(registry, "policy", {}),
      "a word for keys": () => checkDefinition(registry, "experiment", {}, { compared: "click" }),
      "another code": () => checkDefinition(registry, "experiment", {}, { rules: { nonsense: "off" } }),
      "no definitions' options": () => checkDelete(registry, "click"),
      "no document as lines": () => Interactions.read([row("click")], { as: "lines" }),
      "another as": () => Interactions.read("", { as: "bulk-item" }),
      "a word for at": () => Interactions.read([], { at: "now" }),
      "no bytes": () => Interactions.fromBytes("log"),
      "no source": () => Interactions.readLines(7),
      "days without now": () => log.tally(registry, { days: 7 }),
      "no days": () => log.tally(registry, { days: 0.5, now: NOW }),
      "no now": () => log.metric(registry, METRIC, {}),
      "no options": () => log.metric(registry, METRIC),
      "NaN for now": () => log.suppression(registry, POLICY, { customerId: "C1" }, { now: NaN }),
      "no candidate": () => log.suppression(registry, POLICY, undefined, options),
      "no customer": () => log.suppression(registry, POLICY, { offerId: "o1" }, options),
      "a number for a customer": () => log.metric(registry, METRIC, { ...options, customerId: 7 }),
      "another unit": () => log.experiment({ unit: "customers" }),
      "no log": () => log.with([]),
    };
    for (const [name, misuse] of Object.entries(misused)) is(thrown(misuse), "TypeError", name);
    for (const days of [0, -1]) is(thrown(() => log.tally(registry, { days, now: NOW })), "RangeError");
  },
  "data never throws": ({ interactions: { checkDefinition, checkDelete }, Interactions, registry, is }) => {
    const cyclic = {};
    cyclic.self = cyclic;
    for (const document of [undefined, null, 7, "", "{", cyclic, () => {}, Symbol("s"), 1n, new Uint8Array([0xff]), "\ud800"]) {
      is(checkDefinition(registry, "contact-policy", document).ok, false);
      is(checkDelete(registry, "quote", { definitions: document }).ok, false);
      is(Interactions.read(document).ok, false);
      is(Interactions.read([]).value.metric(registry, document, { now: NOW }).ok, false);
    }
    is(checkDelete(registry, 1n, { definitions: {} }).issues[0].code, "not_serializable");
    is(Interactions.read("\ud800\n\n7", { as: "lines" }).leftOut, 2);
  },
  "dates and milliseconds are the same": ({ Interactions, registry, is }) => {
    const log = Interactions.read([row("complaint", { timestamp: undefined })], { at: new Date(NOW) }).value;
    const of = (now) => log.suppression(registry, POLICY, { customerId: "C1", offerId: "o1" }, { now }).value;
    is(of(new Date(NOW)).until, NOW + 90 * 86_400_000);
    is(JSON.stringify(of(NOW)), JSON.stringify(of(new Date(NOW))));
    is(of(NOW - 0.5).suppressed, false);
  },
  "a message of the caller's": ({ interactions: { checkDefinition }, Interactions, registry, is }) => {
    const message = ({ code }) => `(${code})`;
    is(checkDefinition(registry, "contact-policy", 7, { message }).issues[0].message, "(invalid_type)");
    is(Interactions.read([7], { message }).refused[0].issues[0].message, "(invalid_type)");
    is(Interactions.read("7", { message, as: "lines" }).refused[0].issues[0].message, "(invalid_type)");
    is(Interactions.read(1n, { message }).issues[0].message, "(not_serializable)");
  },
  "rules of one question are not those of the next": ({ interactions: { checkDefinition }, registry, is }) => {
    const policy = { ...POLICY, config: { ...POLICY.config, outcomeType: "complain" } };
    is(checkDefinition(registry, "contact-policy", policy, { rules: { unknown_reference: "error" } }).ok, false);
    is(checkDefinition(registry, "contact-policy", policy).warnings[0].suggestion, "complaint");
  },
  "each registry is asked itself": ({ api, Interactions, registry, is }) => {
    const log = Interactions.read([row("clik"), row("click")]).value;
    const other = api.OutcomeRegistry.from({ data: [{ key: "clik", name: "Clik", classification: "negative", category: "response" }] });
    for (let times = 0; times < 3; times += 1) {
      is(log.tally(registry).unknown.total, 1);
      is(log.tally(other).classification.negative, 1);
    }
  },
  "a registry of another copy will do": ({ Interactions, registry, is }) => {
    const written = JSON.parse(JSON.stringify(registry));
    is(Interactions.read([row("click")]).value.tally({ toJSON: () => written }).classification.positive, 1);
  },
  "a log's bytes are its own": ({ Interactions, registry, is }) => {
    const log = Interactions.read([row("click")]).value;
    const bytes = log.toBytes();
    const kept = Interactions.fromBytes(bytes);
    bytes.fill(0);
    is(kept.tally(registry).total, 1);
    is(log.tally(registry).total, 1);
    is(Interactions.fromBytes(bytes), undefined);
    is(Interactions.fromBytes(new ArrayBuffer(0)), undefined);
    is(Interactions.fromBytes(log.toBytes().subarray(1)), undefined);
  },
  "as it streams past, however it is cut, many at once": async ({ Interactions, registry, is }) => {
    const text = line("click").repeat(40) + line("größe 😀") + line("share").trimEnd();
    const bytes = encoder.encode(text);
    async function* cut(size, from) {
      for (let at = 0; at < from.length; at += size) {
        await undefined;
        yield from.slice(at, at + size);
      }
    }
    const sources = [1, 7, 64, 5_000].flatMap((size) => [cut(size, text), cut(size, bytes)]);
    const read = await Promise.all([...sources, text, bytes, [text]].map((source) => Interactions.readLines(source)));
    const whole = [...Interactions.read(text, { as: "lines" }).value.toBytes()].join();
    for (const { value, leftOut } of read) {
      is(leftOut, 0);
      is([...value.toBytes()].join(), whole);
    }
    is(read[0].value.tally(registry).unknown.keys[0].key, "größe 😀");
  },
  "what a source throws is passed on": async ({ Interactions, is }) => {
    let told = false;
    async function* source() {
      try {
        yield line("click");
        yield 7;
      } finally {
        told = true;
      }
    }
    is(await Interactions.readLines(source()).catch(({ name }) => name), "TypeError");
    is(told, true);
  },
  "20,000 logs, questions and registries leave memory where it was": ({ api, interactions: { checkDefinition }, Interactions, is }) => {
    const round = (number) => {
      const { OutcomeRegistry } = api;
      const registry = number % 100 === 0 ? OutcomeRegistry.from({ data: [{ key: `key_${number}`, name: "K" }] }) : OutcomeRegistry.defaults();
      const log = Interactions.read([row("click"), row(`outcome ${number}`)]).value;
      log.tally(registry);
      log.suppression(registry, POLICY, { customerId: "C1" }, { now: NOW });
      checkDefinition(registry, "behavioral-metric", METRIC);
    };
    for (let number = 0; number < 2_000; number += 1) round(number);
    const { bytes } = seen();
    for (let number = 0; number < 18_000; number += 1) round(number);
    is(seen().bytes, bytes);
  },
  "a log larger than what is read at once": async ({ Interactions, registry, is }) => {
    const text = line("click").repeat(60_000);
    const whole = Interactions.read(text, { as: "lines" }).value;
    const list = Interactions.read(`[${text.trimEnd().replaceAll("\n", ",")}]`).value;
    for (const log of [whole, list, (await Interactions.readLines(encoder.encode(text))).value]) {
      is(log.size, 60_000);
      is(log.tally(registry).total, 60_000);
    }
  },
};

function thrown(run) {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof TypeError ? "TypeError" : (error?.name ?? String(error));
  }
}

/** Runs every case: `{ count, failures }`. Has to come before any other call. */
export async function runCases(api, interactions) {
  watch();
  const failures = [];
  const names = Object.keys(CASES);
  for (const name of names) {
    const is = (actual, expected, what = "") => {
      if (!Object.is(actual, expected)) failures.push({ name: `javascript: ${name} ${what}`, expected, actual: String(actual) });
    };
    try {
      await CASES[name]({ api, interactions, Interactions: interactions.Interactions, registry: api.OutcomeRegistry.defaults(), is });
    } catch (error) {
      failures.push({ name: `javascript: ${name} threw`, expected: "no error", actual: String(error?.stack ?? error) });
    }
  }
  return { count: names.length, failures };
}
