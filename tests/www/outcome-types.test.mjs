// /api/v1/outcome-types over real HTTP: list, create, edit, delete.

import assert from "node:assert/strict";
import { test } from "node:test";
import { SYSTEM_OUTCOME_TYPES } from "../../pkg/dist/index.js";
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
    id: "ot_001",
    tenantId: "t_001",
    ordinal: 1,
    status: "active",
    key: "impression",
    name: "Impression",
    description: "Customer was shown the recommendation",
    classification: "neutral",
    category: "impression",
    isSystem: true,
    version: 1,
    createdAt: "2026-01-01T00:00:00Z",
    updatedAt: "2026-01-01T00:00:00Z",
    deletedAt: null,
  });
});

test("a type is created with 201 and all that the server sets, and listed", async (t) => {
  const { call } = await serve(t);
  const answer = await call("POST", "outcome-types", QUOTE);
  assert.equal(answer.status, 201);
  const { createdAt, ...rest } = answer.body;
  assert.match(createdAt, SECONDS);
  const set = { id: "ot_011", tenantId: "t_001", isSystem: false, version: 1, updatedAt: createdAt, deletedAt: null };
  assert.deepEqual(rest, { ...QUOTE, ordinal: 99, status: "active", ...set });
  assert.deepEqual((await call("GET", "outcome-types")).body.data.slice(10), [answer.body]);
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
  const { updatedAt } = answer.body;
  assert.match(updatedAt, SECONDS);
  assert.deepEqual(answer.body, { ...created.body, classification: "neutral", version: 2, updatedAt });
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
  const again = await call("POST", "outcome-types", QUOTE);
  assert.deepEqual([again.status, again.body.id, again.body.version], [201, "ot_012", 1]);
});

test("only the string `true` asks for deleted types", async (t) => {
  const { call } = await serve(t);
  await call("POST", "outcome-types", QUOTE);
  await call("DELETE", "outcome-types/quote_requested");
  for (const [query, length] of [
    ["=true", 11],
    ["=TRUE", 10],
    ["=1", 10],
    ["", 10],
    ["=false", 10],
  ]) {
    assert.equal((await call("GET", `outcome-types?includeDeleted${query}`)).body.data.length, length, query);
    assert.equal((await call("GET", `outcome-types?shape=array&includeDeleted${query}`)).body.length, length, query);
  }
});

test("the list comes as the bare array, too, and in the order of `ordinal`", async (t) => {
  const { call } = await serve(t);
  await call("POST", "outcome-types", { ...QUOTE, key: "last", ordinal: 100 });
  await call("POST", "outcome-types", { ...QUOTE, key: "usual" });
  await call("POST", "outcome-types", { ...QUOTE, key: "first", ordinal: 0 });
  const { body } = await call("GET", "outcome-types?shape=array");
  assert.deepEqual(body, (await call("GET", "outcome-types")).body.data);
  assert.deepEqual(
    body.map(({ key }) => key),
    ["first", ...SYSTEM_OUTCOME_TYPES.map(({ key }) => key), "usual", "last"],
  );
});

test("the list comes in pages, which together are the whole", async (t) => {
  const { call } = await serve(t);
  for (let number = 0; number < 7; number += 1) await call("POST", "outcome-types", { ...QUOTE, key: `t${number}` });
  await call("DELETE", "outcome-types/t3");
  for (const [query, total] of [
    ["", 16],
    ["&includeDeleted=true", 17],
  ]) {
    const all = keys(await call("GET", `outcome-types?${query}`));
    for (const limit of [1, 3, 8, 16, 17, 100]) {
      const seen = [];
      let cursor = null;
      do {
        const next = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
        const answer = await call("GET", `outcome-types?limit=${limit}${next}${query}`);
        assert.deepEqual(Object.keys(answer.body), ["data", "pagination"]);
        const { pagination } = answer.body;
        assert.deepEqual(Object.keys(pagination), ["total", "limit", "hasMore", "cursor"]);
        assert.deepEqual([pagination.total, pagination.limit], [total, limit]);
        assert.equal(pagination.hasMore, pagination.cursor !== null);
        seen.push(...keys(answer));
        cursor = pagination.cursor;
      } while (cursor !== null && seen.length < 100);
      assert.deepEqual(seen, all);
    }
  }
  const beyond = await call("GET", "outcome-types?limit=5000");
  assert.equal(beyond.body.pagination.limit, 100);
});

test("a cursor outlives the type that it names", async (t) => {
  const { call } = await serve(t);
  for (const key of ["a1", "a2", "a3"]) await call("POST", "outcome-types", { ...QUOTE, key });
  const { body } = await call("GET", "outcome-types?limit=12");
  assert.equal(body.data.at(-1).key, "a2");
  await call("DELETE", "outcome-types/a2");
  const rest = await call("GET", `outcome-types?limit=12&cursor=${body.pagination.cursor}`);
  assert.deepEqual(keys(rest), ["a3"]);
});

test("a page that cannot be is refused", async (t) => {
  const { call } = await serve(t);
  const { body } = await call("GET", "interaction-history");
  assert.equal(body.pagination.nextCursor, null);
  const foreign = Buffer.from("history 3").toString("base64url");
  for (const query of [
    "limit=0",
    "limit=-1",
    "limit=x",
    "limit=",
    "limit=1.5",
    "cursor=x",
    `cursor=${foreign}`,
    "cursor=%ff",
  ]) {
    assertRefused(await call("GET", `outcome-types?${query}`), 400, "BAD_REQUEST");
  }
});

test("the list has a strong tag and is not sent again to who has it", async (t) => {
  const { call } = await serve(t);
  const tagged = async (path) => (await call("GET", path)).headers.etag;
  const tag = await tagged("outcome-types");
  assert.match(tag, /^"[\w-]{43}"$/);
  assert.notEqual(tag, await tagged("outcome-types?shape=array"));
  for (const known of [tag, `W/${tag}`, `"other", ${tag}`, "*"]) {
    for (const method of ["GET", "HEAD"]) {
      const { status, headers, text } = await call(method, "outcome-types", undefined, { "If-None-Match": known });
      assert.deepEqual([status, headers.etag, headers["content-type"], text], [304, tag, undefined, ""]);
    }
  }
  await call("POST", "outcome-types", QUOTE);
  const changed = await call("GET", "outcome-types", undefined, { "If-None-Match": tag });
  assert.equal(changed.status, 200);
  assert.notEqual(changed.headers.etag, tag);
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
