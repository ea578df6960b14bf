// /api/v1/interaction-history over real HTTP: what was recorded, the last first.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertRefused, serve } from "./served.mjs";

const FULL = {
  customerId: "CUST001",
  recommendationId: "rec_1",
  rank: 1,
  outcome: "click",
  idempotencyKey: "k1",
  creativeId: "creative_001",
  offerId: "offer_001",
  channelId: "channel_email",
  direction: "outbound",
  context: { source: "email", __proto__x: [1e20] },
  outcomeDetails: { plan: "gold" },
  timestamp: "2026-03-16T14:35:00.000Z",
  conversionValue: 149.99,
};
const item = (customerId, offerId, outcome, more) => ({ customerId, offerId, outcome, ...more });
const customers = ({ body }) => body.data.map(({ customerId }) => customerId);

test("a row names the outcome type twice and carries what the call said", async (t) => {
  const { call } = await serve(t);
  const { body: recorded } = await call("POST", "respond", FULL);
  const { status, body } = await call("GET", "interaction-history");
  assert.equal(status, 200);
  assert.deepEqual(body.pagination, { total: 1, limit: 25, hasMore: false, nextCursor: null });
  const { customerId, recommendationId, rank, outcome, creativeId, offerId, channelId } = FULL;
  assert.deepEqual(body.data, [
    {
      id: recorded.interactionId,
      interactionId: recorded.interactionId,
      ...{ customerId, recommendationId, rank, outcome, creativeId, offerId, channelId },
      interactionType: "click",
      outcomeTypeKey: "click",
      classification: "positive",
      category: "response",
      direction: "outbound",
      timestamp: FULL.timestamp,
      placementId: null,
      conversionValue: 149.99,
      context: FULL.context,
      response: FULL.outcomeDetails,
      offer: { id: "offer_001", name: null },
      creative: { id: "creative_001", name: null },
    },
  ]);
});

test("what was recorded last comes first, and filters narrow it", async (t) => {
  const { call } = await serve(t);
  await call("POST", "respond/bulk", {
    outcomes: [item("A", "o1", "click"), item("B", "o2", "click"), item("C", "o1", "save")],
  });
  await call("POST", "respond", { customerId: "A", treatmentId: "t1", outcome: "impression", idempotencyKey: "k" });
  const asked = async (query) => customers(await call("GET", `interaction-history?${query}`));
  assert.deepEqual(await asked(""), ["A", "C", "B", "A"]);
  assert.deepEqual(await asked("customerId=A"), ["A", "A"]);
  assert.deepEqual(await asked("customerId="), ["A", "C", "B", "A"]);
  assert.deepEqual(await asked("customerId=a"), []);
  assert.deepEqual(await asked("offerId=o1"), ["C", "A"]);
  assert.deepEqual(await asked("actionId=o1&type=save"), ["C"]);
  assert.deepEqual(await asked("creativeId=t1"), ["A"]);
  assert.deepEqual(await asked("treatmentId=t1&customerId=B"), []);
  assert.deepEqual(await asked("type=impression"), ["A"]);
  assert.deepEqual(await asked("type=__proto__"), []);
  await call("POST", "respond/bulk", { outcomes: [item("D?", "o", "click")] });
  assert.deepEqual(await asked("customerId=D?"), ["D?"]);
});

test("a repeated idempotency key is one row, in a batch as well", async (t) => {
  const { call } = await serve(t);
  const key = { idempotencyKey: "k" };
  await call("POST", "respond/bulk", { outcomes: [item("A", "o", "click", key), item("B", "o", "click", key)] });
  await call("POST", "respond/bulk", { outcomes: [item("C", "o", "click", key)] });
  await call("POST", "respond", { ...FULL, idempotencyKey: "k" });
  assert.deepEqual(customers(await call("GET", "interaction-history")), ["A"]);
});

test("pages together are the whole, and what is recorded meanwhile does not shift them", async (t) => {
  const { call } = await serve(t);
  const outcomes = Array.from({ length: 23 }, (_, number) => item(`C${number}`, number % 2 ? "odd" : "even", "click"));
  await call("POST", "respond/bulk", { outcomes });
  for (const [filter, total] of [
    ["", 23],
    ["&offerId=odd", 11],
  ]) {
    const whole = customers(await call("GET", `interaction-history?limit=100${filter}`));
    assert.equal(whole.length, total);
    for (const limit of [1, 5, 11, 22]) {
      const seen = [];
      let cursor = null;
      do {
        const next = cursor === null ? "" : `&cursor=${cursor}`;
        const answer = await call("GET", `interaction-history?limit=${limit}${next}${filter}`);
        const { pagination } = answer.body;
        assert.deepEqual(Object.keys(pagination), ["total", "limit", "hasMore", "nextCursor"]);
        assert.equal(pagination.limit, limit);
        assert.equal(pagination.hasMore, pagination.nextCursor !== null);
        seen.push(...customers(answer));
        cursor = pagination.nextCursor;
        await call("POST", "respond/bulk", { outcomes: [item("later", "other", "click")] });
      } while (cursor !== null && seen.length < 100);
      assert.deepEqual(
        seen.filter((id) => id !== "later"),
        whole.filter((id) => id !== "later"),
      );
    }
  }
});

test("a page that cannot be is refused", async (t) => {
  const { call } = await serve(t);
  const foreign = Buffer.from("types click").toString("base64url");
  for (const query of ["limit=0", "limit=x", "cursor=x", `cursor=${foreign}`, "cursor=aGlzdG9yeSB4"]) {
    assertRefused(await call("GET", `interaction-history?${query}`), 400, "BAD_REQUEST");
  }
});

test("history keeps the classification that a type had, and outlives the type", async (t) => {
  const { call } = await serve(t);
  await call("POST", "outcome-types", {
    key: "quote",
    name: "Quote",
    classification: "positive",
    category: "response",
  });
  await call("POST", "respond/bulk", { outcomes: [item("A", "o", "quote")] });
  await call("PUT", "outcome-types/quote", { classification: "negative" });
  await call("DELETE", "outcome-types/quote");
  const { body } = await call("GET", "interaction-history?type=quote");
  assert.deepEqual(
    body.data.map((row) => row.classification),
    ["positive"],
  );
});
