// /api/v1/outcome-types over real HTTP: list, create, edit, delete.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertRefused, serve } from "./served.mjs";

const QUOTE = {
  key: "quote_requested",
  name: "Quote Requested",
  description: "Customer requested a price quote for the offered product",
  classification: "positive",
  category: "response",
};
const SECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const keys = (answer) => answer.body.data.map(({ key }) => key);

test("the list is the documented envelope with the ten system types", async (t) => {
  const { call } = await serve(t);
  const answer = await call("GET", "outcome-types");
  assert.equal(answer.status, 200);
  assert.equal(answer.headers["content-type"], "application/json");
  assert.deepEqual(Object.keys(answer.body), ["data"]);
  assert.equal(answer.body.data.length, 10);
  assert.deepEqual(answer.body.data[0], {
    key: "impression",
    name: "Impression",
    description: "Customer was shown the recommendation",
    classification: "neutral",
    category: "impression",
    isSystem: true,
  });
});

test("a type is created with 201, isSystem and createdAt, and listed", async (t) => {
  const { call } = await serve(t);
  const answer = await call("POST", "outcome-types", QUOTE);
  assert.equal(answer.status, 201);
  const { isSystem, createdAt, ...sent } = answer.body;
  assert.deepEqual(sent, QUOTE);
  assert.equal(isSystem, false);
  assert.match(createdAt, SECONDS);
  assert.deepEqual(keys(await call("GET", "outcome-types")).slice(10), ["quote_requested"]);
});

test("a type POSTed is usable in the next call", async (t) => {
  const { call } = await serve(t);
  const respond = () =>
    call("POST", "respond", { customerId: "C", creativeId: "c", outcome: "quote_requested", idempotencyKey: "k" });
  assertRefused(await respond(), 400, "BAD_REQUEST", ["unknown_outcome_type"]);
  await call("POST", "outcome-types", QUOTE);
  const { status, body } = await respond();
  assert.deepEqual([status, body.classification, body.direction], [200, "positive", "inbound"]);
});

test("a bad draft is refused with every issue", async (t) => {
  const { call } = await serve(t);
  const answer = await call("POST", "outcome-types", { key: "Quote Requested", name: "", category: "response" });
  assertRefused(answer, 400, "BAD_REQUEST", ["invalid_character", "empty"]);
  assert.equal(answer.body.issues[0].suggestion, "quote_requested");
});

test("a key in use is a conflict", async (t) => {
  const { call } = await serve(t);
  await call("POST", "outcome-types", QUOTE);
  assertRefused(await call("POST", "outcome-types", QUOTE), 409, "CONFLICT", ["duplicate_key"]);
  assertRefused(await call("POST", "outcome-types", { ...QUOTE, key: "click" }), 409, "CONFLICT", ["duplicate_key"]);
});

test("a type is edited, and answers as it is now", async (t) => {
  const { call } = await serve(t);
  const created = await call("POST", "outcome-types", QUOTE);
  const patch = { key: "quote_requested", classification: "neutral" };
  const answer = await call("PUT", "outcome-types/quote_requested", patch);
  assert.equal(answer.status, 200);
  const { updatedAt, ...rest } = answer.body;
  assert.deepEqual(rest, { ...created.body, classification: "neutral" });
  assert.match(updatedAt, SECONDS);
  assert.deepEqual((await call("GET", "outcome-types")).body.data[10], answer.body);
});

test("a key cannot be changed", async (t) => {
  const { call } = await serve(t);
  await call("POST", "outcome-types", QUOTE);
  const answer = await call("PUT", "outcome-types/quote_requested", { key: "quote_asked" });
  assertRefused(answer, 400, "BAD_REQUEST", ["immutable"]);
});

test("a system type can be neither edited nor deleted", async (t) => {
  const { call } = await serve(t);
  assertRefused(await call("PUT", "outcome-types/click", { name: "Clack" }), 403, "FORBIDDEN", ["system_type"]);
  assertRefused(await call("DELETE", "outcome-types/click"), 403, "FORBIDDEN", ["system_type"]);
  assert.equal(keys(await call("GET", "outcome-types")).length, 10);
});

test("an unknown key can be neither edited nor deleted", async (t) => {
  const { call } = await serve(t);
  assertRefused(await call("PUT", "outcome-types/clik", { name: "Clack" }), 404, "NOT_FOUND", ["unknown_outcome_type"]);
  for (const key of ["clik", "Click", "constructor", "__proto__", "%F0%9F%92%A9", "a%2Fb", "%00"]) {
    assertRefused(await call("DELETE", `outcome-types/${key}`), 404, "NOT_FOUND", ["unknown_outcome_type"]);
  }
});

test("a deleted type is gone from the list and from calls, and its key may be used again", async (t) => {
  const { call } = await serve(t);
  await call("POST", "outcome-types", QUOTE);
  const answer = await call("DELETE", "outcome-types/quote_requested");
  assert.deepEqual([answer.status, answer.text], [204, ""]);
  assert.equal(keys(await call("GET", "outcome-types")).length, 10);
  const shown = await call("GET", "outcome-types?includeDeleted=true");
  assert.equal(typeof shown.body.data.find(({ key }) => key === "quote_requested").deletedAt, "string");
  const respond = { customerId: "C", creativeId: "c", outcome: "quote_requested", idempotencyKey: "k" };
  assertRefused(await call("POST", "respond", respond), 400, "BAD_REQUEST", ["retired_outcome_type"]);
  assertRefused(await call("DELETE", "outcome-types/quote_requested"), 404, "NOT_FOUND", ["retired_outcome_type"]);
  assert.equal((await call("POST", "outcome-types", QUOTE)).status, 201);
});

test("a type that fills its limit is kept or refused, and the list is still served", async (t) => {
  const { call } = await serve(t);
  for (const room of [200, 150, 100, 50, 20, 0]) {
    const draft = { ...QUOTE, key: `k${room}`, description: "" };
    draft.description = "x".repeat((1 << 20) - JSON.stringify(draft).length - room);
    assert.ok([201, 413].includes((await call("POST", "outcome-types", draft)).status));
  }
  assert.equal((await call("GET", "outcome-types")).status, 200);
});
