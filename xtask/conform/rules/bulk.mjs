// A bulk request: its envelope, its items, and what it says of each.

import { documented, fact, inWords, unknown } from "../reading.mjs";
import { batch, rule } from "../rule.mjs";
import { Untold } from "../tenant.mjs";

const BULK = "A BULK";
const NAMES = "D: What of older names in an item?";
const MOST = 1000;

const envelope = (name, write) => batch(name, BULK, write);
const item = (name, source, more) => batch(name, source, (one) => ({ outcomes: [one(more)] }));

/** Items of which each fails by itself; nothing is recorded unless unknown outcomes are. */
const failing = (name, source, count, { read, ours, more = () => ({}) }) =>
  rule(name, source, {
    document: (session) =>
      JSON.stringify({
        outcomes: Array.from({ length: count }, () => session.item(session.unknownOutcome, more(session))),
      }),
    async ask(session, document) {
      const { open } = await session.bulkGuard();
      if (open) throw new Untold("this server takes unknown outcomes in bulk, so the items would be recorded");
      return session.bulk(document);
    },
    read: (answer) =>
      Array.isArray(answer.json?.errors) ? read(answer) : unknown(`no \`errors\`: ${inWords(answer)}`),
    ours,
  });

/** One item that is right in everything with one that fails, or with itself again. */
const recording = (name, source, items, { read, ours }) =>
  rule(name, source, {
    record: "one of the items is right in everything",
    async ask(session) {
      const { key } = await session.shared("plain");
      const document = JSON.stringify({ outcomes: items(session, key) });
      return { ...(await session.bulk(document, { meant: "taken" })), document };
    },
    read: (answer) => {
      if (!Array.isArray(answer.json?.errors)) return unknown(`no \`errors\`: ${inWords(answer)}`);
      if (!(answer.json.succeeded > 0))
        return unknown(`no item was taken, name an offer with --offer ID: “${answer.json.errors[0]?.error}”`);
      return read(answer);
    },
    ours,
  });

const indexes = ({ json }) => json.errors.map(({ index }) => index);
const counts = ({ json: { processed, succeeded, failed } }) => [processed, succeeded, failed];

export const bulk = {
  title: "What does a bulk request accept, and what does it say of its items?",
  rules: [
    envelope("one item", (one) => ({ outcomes: [one()] })),
    envelope("no `outcomes`", () => ({})),
    envelope("a bare array", (one) => [one()]),
    envelope("`outcomes` that are an object", (one) => ({ outcomes: one() })),
    envelope("`outcomes` that are empty", () => ({ outcomes: [] })),
    envelope(`${MOST} items`, (one) => ({ outcomes: Array.from({ length: MOST }, () => one()) })),
    envelope(`${MOST + 1} items`, (one) => ({ outcomes: Array.from({ length: MOST + 1 }, () => one()) })),
    batch("an unknown member beside `outcomes`", "D: What of unknown fields?", (one) => ({
      outcomes: [one()],
      source: "backfill",
    })),
    item("an item without `customerId`", BULK, { customerId: undefined }),
    item("an item without `offerId`", BULK, { offerId: undefined }),
    item("an item without `outcome`", BULK, { outcome: undefined }),
    item("an item with an empty `customerId`", BULK, { customerId: "" }),
    item("an item with an empty `outcome`", BULK, { outcome: "" }),
    item("an item with an `offerId` that is null", BULK, { offerId: null }),
    item("an item with a `customerId` of 256 characters", BULK, { customerId: "c".repeat(256) }),
    item("an item with direction `sideways`", BULK, { direction: "sideways" }),
    item("an item with a conversionValue that is text", BULK, { conversionValue: "5" }),
    item("an item with a timestamp that is none", "D: Which timestamps are taken?", { timestamp: "yesterday" }),
    item("an item with an empty idempotency key", "D: Is an empty value missing?", { idempotencyKey: "" }),
    item("an item with an unknown member", "D: What of unknown fields?", { colour: "red" }),
    batch("an item with `interactionType` for `outcome`", NAMES, (one, { unknownOutcome }) => ({
      outcomes: [one({ outcome: undefined, interactionType: unknownOutcome })],
    })),
    item("an item with `treatmentId`", NAMES, { treatmentId: "treatment_1" }),
    item("an item with `recommendationId` and `rank` and no `offerId`", BULK, {
      offerId: undefined,
      recommendationId: "rec_1",
      rank: 1,
    }),
    batch("two items with the same idempotency key", "D: What of one key in two items?", (one, { mark }) => ({
      outcomes: [one({ idempotencyKey: mark }), one({ idempotencyKey: mark })],
    })),
    rule("one malformed item costs the whole request, with 400", BULK, {
      document: (session) =>
        JSON.stringify({ outcomes: [session.item(session.unknownOutcome), { customerId: session.mark }] }),
      ask: (session, document) => session.bulk(document),
      read: (answer) =>
        Array.isArray(answer.json?.errors)
          ? fact([answer.status, "errors"], inItems(answer))
          : fact([answer.status], inWords(answer)),
      ours: () => documented([400]),
    }),
    failing("where every item fails the answer is 422", BULK, 2, {
      read: ({ status }) => fact(status),
      ours: () => documented(422),
    }),
    failing("the index of an item counts from 0", BULK, 3, {
      read: (answer) => fact(indexes(answer)),
      ours: ({ registry }, document) => fact(registry.checkBulk(document).refused.map(({ index }) => index)),
    }),
    failing("each error has an `index` and a text in `error`", BULK, 1, {
      read({ json: { errors } }) {
        const documentedForm = errors.every(({ index, error }) => Number.isInteger(index) && typeof error === "string");
        return fact(documentedForm, `\`${Object.keys(errors[0] ?? {}).join("`, `")}\`: “${errors[0]?.error}”`);
      },
      ours: () => documented(true),
    }),
    failing("processed, succeeded and failed add up", BULK, 2, {
      read: (answer) => fact(counts(answer)),
      ours({ registry }, document) {
        const { size, passed, refused } = registry.checkBulk(document);
        return fact([size, passed.length, refused.length]);
      },
    }),
    recording(
      "one good item and one of an unknown outcome are answered with 200",
      BULK,
      (session, key) => [session.item(key), session.item(session.unknownOutcome)],
      {
        read: (answer) => fact([answer.status, ...counts(answer)]),
        ours({ registry }, _, { document }) {
          const { size, passed, refused } = registry.checkBulk(document);
          return fact([200, size, passed.length, refused.length]);
        },
      },
    ),
    recording(
      "the same item twice, with one idempotency key",
      "D: What of one key in two items?",
      (session, key) => {
        const twice = session.item(key, { idempotencyKey: session.fresh() });
        return [twice, twice];
      },
      {
        read: (answer) => fact(counts(answer)),
        ours({ registry }, _, { document }) {
          const { size, passed, refused } = registry.checkBulk(document);
          return fact([size, passed.length, refused.length]);
        },
      },
    ),
  ],
};

const inItems = ({ status, json }) => `\`${status}\`, items fail one by one: ${json.failed} of ${json.processed}`;
