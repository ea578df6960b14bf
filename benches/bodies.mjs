// The inputs: a list of types, calls and items that are good, and the same with one fault each. The same at every run.

/** A generator of numbers from 0 up to 1 (mulberry32): small, and good enough to vary a body. */
export function chance(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The same things in another order. */
export function shuffled(things, random) {
  const left = [...things];
  for (let at = left.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [left[at], left[other]] = [left[other], left[at]];
  }
  return left;
}

const SYSTEM = {
  impression: ["neutral", "impression"],
  click: ["positive", "response"],
  conversion: ["positive", "response"],
  not_interested: ["negative", "response"],
  opt_out: ["negative", "response"],
  defer: ["neutral", "response"],
  dismiss: ["negative", "response"],
  share: ["positive", "response"],
  save: ["positive", "response"],
  complaint: ["negative", "response"],
};
const WORDS = "quote branch visit call offer mail renewal survey upgrade chat app demo".split(" ");
const PLACES = ["web_home_banner", "app_inbox", "branch_screen", "email_hero", "call_centre"];
const PEOPLE = ["Zoë", "Łukasz", "Anna", "Jin", "José", "Mary", "“VIP”"];

/** What `GET /api/v1/outcome-types` answers: the ten, and as many others as asked for. */
export function list(others) {
  const random = chance(others);
  const row = (key, [classification, category], isSystem) => ({
    id: `ot_${Math.floor(random() * 1e12).toString(36)}`,
    tenantId: "t_001",
    key,
    name: key.replaceAll("_", " "),
    description: isSystem ? "" : `Customer did what ${key} stands for, as the Studio was told`,
    classification,
    category,
    isSystem,
    createdAt: "2026-03-10T14:30:00.000Z",
    updatedAt: "2026-03-16T08:00:00.000Z",
  });
  const kinds = Object.values(SYSTEM);
  const data = Object.entries(SYSTEM).map(([key, kind]) => row(key, kind, true));
  for (let at = 0; at < others; at += 1) {
    const words = [at, at / 12, at / 144].map((turn) => WORDS[Math.floor(turn) % 12]);
    data.push(row(`${words.join("_")}_${at}`, kinds[at % 10], false));
  }
  return { data };
}

/** A good call, its members in the documented order; `plain`: the usual members, the same in all. */
function call(keys, random, plain) {
  const pick = (things) => things[Math.floor(random() * things.length)];
  const id = (prefix) => `${prefix}_${Math.floor(random() * 1e15).toString(36)}`;
  const rank = () => 1 + Math.floor(random() * 9);
  const maybe = (share, members) => ((plain ? share >= 0.6 : random() < share) ? members : {});
  const two = (most) => String(1 + Math.floor(random() * most)).padStart(2, "0");
  return {
    customerId: id("CUST"),
    ...(plain || random() < 0.6
      ? { recommendationId: id("rec"), rank: rank() }
      : { creativeId: id("creative") }),
    outcome: pick(keys),
    idempotencyKey: id("idem"),
    ...maybe(0.6, { direction: pick(["inbound", "outbound"]) }),
    ...maybe(0.6, { channelId: id("ch") }),
    ...maybe(0.5, { placementId: pick(PLACES) }),
    ...maybe(0.3, { conversionValue: Math.round(random() * 1e5) / 100 }),
    ...maybe(0.9, { timestamp: `2026-${two(12)}-${two(28)}T${two(23)}:${two(59)}:${two(59)}.000Z` }),
    ...maybe(0.68, { context: { page: `/offers/${pick(WORDS)}`, depth: rank(), tags: [pick(WORDS), pick(WORDS)] } }),
    ...maybe(0.4, { attributes: { segment: pick(WORDS), score: random(), name: pick(PEOPLE) } }),
    ...maybe(0.3, { metadata: { source: "web", sdk: `4.${two(30)}.0`, retried: random() < 0.1 } }),
  };
}

/** A good bulk item: what a backfill sends. */
function item(keys, random) {
  const { recommendationId, rank, creativeId, ...rest } = call(keys, random, false);
  return { customerId: rest.customerId, offerId: `offer_${Math.floor(random() * 1e9)}`, ...rest };
}

const without = (name) => ({ [name]: _, ...rest }) => rest;
const as = (name, value) => (body) => ({ ...body, [name]: value });

/** One fault each, of those that every peer can see. */
const FAULTS = [
  ...["customerId", "outcome"].flatMap((name) => [without(name), as(name, ""), as(name, 7), as(name, null)]),
  ...["clik", "Click", "constructor", "click "].map((word) => as("outcome", word)),
  ...["sideways", 1, ""].map((value) => as("direction", value)),
  ...["12", true, {}].map((value) => as("conversionValue", value)),
  ...["yesterday", "16.03.2026", 1773671700000].map((value) => as("timestamp", value)),
  ...["context", "attributes", "metadata", "outcomeDetails"].map((name) => as(name, "text")),
  ...["channelId", "placementId"].map((name) => as(name, 5)),
];
const CALL_FAULTS = [
  ...FAULTS,
  ...[0, -1, 1.5, "1", true].map((rank) => (body) => ({ ...body, recommendationId: "rec_1", rank })),
  as("creativeId", ""),
  (body) => as("creativeId", 3)(without("recommendationId")(body)),
  (body) => without("creativeId")(without("recommendationId")(body)),
  without("idempotencyKey"),
  as("idempotencyKey", ""),
];
const ITEM_FAULTS = [...FAULTS, without("offerId"), as("offerId", ""), as("offerId", 1)];

const varied = (body, random, at) => (at % 2 === 0 ? body : Object.fromEntries(shuffled(Object.entries(body), random)));
const many = (count, make) => Array.from({ length: count }, (_, at) => make(at));

/** Everything that the rows and the comparison of verdicts take, as objects. */
export function bodies(types) {
  const keys = types.data.map((row) => row.key);
  const random = chance(4);
  const calls = many(512, (at) => varied(call(keys, random, false), random, at));
  const items = many(1000, (at) => varied(item(keys, random), random, at));
  return {
    calls,
    plain: many(512, () => call(keys, random, true)),
    items,
    badCalls: many(512, (at) => CALL_FAULTS[at % CALL_FAULTS.length](calls[at])),
    badItems: many(512, (at) => ITEM_FAULTS[at % ITEM_FAULTS.length](items[at])),
    keys: many(1000, () => keys[Math.floor(random() * keys.length)]),
  };
}
