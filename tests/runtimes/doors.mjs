// A property: whatever a call is, its object, its text and its bytes get the same answer. Objects as nearly all are go
// through no text on their way, so they are drawn with everything that JSON.stringify takes its own view of.
// `node doors.mjs [folder of the package] [runs]`

import { fileURLToPath, pathToFileURL } from "node:url";
import { join } from "node:path";
import fc from "fast-check";
import { same } from "./compare.mjs";

const [folder = fileURLToPath(new URL("../../pkg", import.meta.url)), runs = "20000"] = process.argv.slice(2);
const { OutcomeRegistry } = await import(pathToFileURL(join(folder, "dist", "index.js")).href);
const row = (key, more) => ({ key, name: key, classification: "neutral", category: "impression", ...more });
const registries = [
  OutcomeRegistry.defaults(),
  OutcomeRegistry.from({
    data: [row("quote"), row("gone", { deletedAt: "2026-01-01T00:00:00Z" }), row("paused", { status: "paused" }), row("click")],
    hasMore: true,
  }),
];

// ---- members, most of them as they should be
const good = fc.constantFrom("a", "CUST001", "Zoë", "“VIP”", "\ud83c\udf89", "x".repeat(40));
const text = fc.oneof(
  good,
  fc.constantFrom("", " ", "\ud800", "a\udc00b", '"\\', "\u0000", "\u2028", "y".repeat(70)),
  fc.string({ unit: "binary" }),
);
const number = fc.oneof(fc.constantFrom(1, 2, 9, 0, -0, -1, 1.5, 1e21, 1e-7, NaN, Infinity, 2 ** 53, 5e-324), fc.double());
const odd = fc.constantFrom(
  undefined, null, true, 5n, Symbol("s"), () => 1, new Date(0), new Date(NaN), new String("click"), new Number(2),
  new Boolean(false), [], ["a"], {}, new Map([["a", 1]]), new Uint8Array(2), /x/, Object(5n), new Proxy({ a: 1 }, {}),
  new Proxy([], {}), Object.assign(() => 1, { toJSON: () => "f" }),
);
const TIMES = ["2026-09-24T18:20:05.000Z", "2026-09-24T18:20:05Z", "2024-02-29T00:00:00Z", "2099-01-01T00:00:00.000Z"];
const ODD_TIMES = ["2026-02-29T00:00:00Z", "2026-09-24", "2026-09-24T24:00:00Z", "2026-09-24t18:20:05z", "2026-09-24T18:20:05+02:00", "2026-13-01T00:00:00Z", "2026-09-24T18:20:05.000é", "\ud8002026-09-24T18:20:05.00Z"];
const usually = (arbitrary) => fc.oneof({ weight: 60, arbitrary }, text, number, odd);
const opaque = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    { weight: 20, arbitrary: fc.oneof(good, number, fc.constantFrom(true, false, null, undefined)) },
    { weight: 4, arbitrary: fc.oneof(tie("object"), fc.array(tie("value"), { maxLength: 3 })) },
    text,
    odd,
  ),
  object: fc.dictionary(fc.oneof({ weight: 9, arbitrary: good }, fc.constantFrom("page", "toJSON", "__proto__", "0", "length", "constructor"), text), tie("value"), { maxKeys: 4 }),
})).object;
const members = {
  customerId: usually(good),
  outcome: usually(fc.oneof({ weight: 9, arbitrary: fc.constantFrom("click", "click", "quote") }, fc.constantFrom("impression", "gone", "paused", "clik", "constructor"))),
  recommendationId: usually(good),
  rank: usually(fc.constantFrom(1, 2, 9, 1e21)),
  creativeId: usually(good),
  idempotencyKey: usually(fc.oneof({ weight: 9, arbitrary: fc.constant("k1") }, fc.constant("k2"))),
  offerId: usually(good),
  interactionId: usually(good),
  direction: usually(fc.oneof({ weight: 9, arbitrary: fc.constantFrom("inbound", "outbound") }, fc.constant("sideways"))),
  conversionValue: usually(fc.constantFrom(0, -0, 1.5, 1e21, 1e-7, 5e-324)),
  timestamp: usually(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...TIMES) }, fc.constantFrom(...ODD_TIMES))),
  channelId: usually(good),
  placementId: usually(good),
  context: usually(opaque),
  outcomeDetails: usually(opaque),
  attributes: usually(opaque),
  metadata: usually(opaque),
};
const RARE = ["treatmentId", "interactionType", "outcomeType", "eventType", "custmerId", "toJSON", "0", "__proto__"];
const rare = Object.fromEntries(RARE.map((name) => [name, usually(good)]));
const USUAL = ["customerId", "outcome", "idempotencyKey"];
const call = fc
  .record({
    all: fc.record(members),
    more: fc.record(rare, { requiredKeys: [] }),
    names: fc.shuffledSubarray(Object.keys(members).filter((name) => !USUAL.includes(name))),
    without: fc.oneof({ weight: 15, arbitrary: fc.constant("") }, fc.constantFrom(...USUAL, "recommendationId", "rank")),
    odd: fc.integer({ min: 0, max: 9 }),
    shape: fc.constantFrom("plain", "plain", "plain", "plain", "null", "class", "heir", "getter", "proxy", "symbol", "hidden", "writer", "hidden writer", "changing"),
  })
  .map(({ all, more, names, without, odd: oddity, shape }) => {
    const pair = names.includes("recommendationId") ? ["rank"] : [];
    const wanted = [...new Set([...USUAL, ...names, ...pair])].filter((name) => name !== without);
    const made = Object.fromEntries(wanted.map((name) => [name, all[name]]));
    if (oddity === 0) for (const [name, value] of Object.entries(more)) Object.defineProperty(made, name, { value, enumerable: true, writable: true, configurable: true });
    return shaped(made, shape);
  });

/** The same members in an object of another make. */
function shaped(made, shape) {
  const own = (target) => Object.defineProperties(target, Object.getOwnPropertyDescriptors(made));
  switch (shape) {
    case "null": return own(Object.create(null));
    case "class": return own(new (class Call { get direction() { return "sideways"; } })());
    case "heir": return own(Object.create({ creativeId: "inherited", outcome: "save" }));
    case "getter": return Object.defineProperty(made, "channelId", { get: () => "ch", enumerable: true, configurable: true });
    case "proxy": return new Proxy(made, {});
    case "symbol": return Object.assign(made, { [Symbol("x")]: 1, [Symbol.toStringTag]: "Call" });
    case "hidden": return Object.defineProperty(made, "customerId", { enumerable: false, configurable: true });
    case "writer": return Object.assign(made, { toJSON: () => ({ ...made, toJSON: undefined, customerId: "other" }) });
    case "hidden writer": return Object.defineProperty(made, "toJSON", { value: () => 5, enumerable: false });
    // What it says while it is looked at is what counts: whoever looks twice has to look at all of it twice.
    case "changing": return Object.defineProperty(made, "creativeId", { get() { OutcomeRegistry.defaults().checkRespond({ ...made, creativeId: "c" }); return "c"; }, enumerable: true, configurable: true });
    default: return made;
  }
}

const options = fc.record(
  { idempotencyKey: fc.constantFrom("k1", "k1", "k1", "", " ", null, "k2", "é"), as: fc.constantFrom("call", "bulk-item"), now: fc.constantFrom(0, 1.8e12), maxBytes: fc.constantFrom(300, 1000, 100000, 100000, 1000000), maxIssues: fc.constantFrom(1, 100) },
  { requiredKeys: [] },
);

/** An answer as it is seen, the places aside: an object has none. */
function seen({ ok, value, issues, warnings }) {
  const list = (issuesOf) => (issuesOf ?? []).map(({ offset: _, ...issue }) => issue);
  return { ok, value: ok ? { ...value } : undefined, issues: list(issues), warnings: list(warnings) };
}

let clean = 0;
const holds = fc.property(call, fc.oneof(fc.constant(undefined), options), fc.constantFrom(...registries), (object, given, registry) => {
  let json;
  try {
    json = JSON.stringify(object);
  } catch {
    return registry.checkRespond(object, given).ok === false;
  }
  const byObject = registry.checkRespond(object, given);
  if (json === undefined) return byObject.ok === false;
  const byText = seen(registry.checkRespond(json, given));
  const byBytes = seen(registry.checkRespond(new TextEncoder().encode(json), given));
  if (byObject.ok && byObject.warnings.length === 0) clean += 1;
  // Once more: what was seen before may go a shorter way.
  for (const answer of [seen(byObject), byBytes, seen(registry.checkRespond(object, given))])
    if (!same(byText, answer)) throw new Error(`${JSON.stringify(byText)} is not ${JSON.stringify(answer)}: ${json}`);
  return true;
});

fc.assert(holds, { numRuns: Number(runs) });

// Members that every object inherits are nobody's own.
for (const [name, value] of [["customerId", "all"], ["creativeId", "all"], ["toJSON", () => 5], ["unheard", 1]]) {
  Object.prototype[name] = value;
  try {
    fc.assert(holds, { numRuns: 500 });
  } finally {
    delete Object.prototype[name];
  }
}
// What a getter does to the core's memory: a registry that needs all of it for itself.
const crowd = { data: Array.from({ length: 60_000 }, (_, at) => row(`t_${at}`, { category: "response" })) };
const large = OutcomeRegistry.from(crowd);
const small = OutcomeRegistry.from({ data: [row("quote")] });
const quiet = { customerId: "c", outcome: "quote", idempotencyKey: "k1", creativeId: "c" };
for (let time = 0; time < 3; time += 1) {
  small.checkRespond(quiet);
  const crowding = { ...quiet, get channelId() { return large.has(`t_${time}`) ? "c" : ""; } };
  const { ok, value } = small.checkRespond(crowding);
  if (!ok || value.outcome.key !== "quote" || value.direction !== "outbound") throw new Error("a getter changed the answer");
}

if (clean < runs / 20) throw new Error(`only ${clean} of ${runs} calls passed without a word`);
console.log(`${runs} calls by three doors, ${clean} of them without a word`);
