// /api/v1/respond, its alias and its bulk form over real HTTP.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertRefused, serve } from "./served.mjs";

const CALL = { customerId: "CUST001", recommendationId: "rec_1", rank: 1, outcome: "click" };
const ITEM = { customerId: "C", offerId: "o", outcome: "click" };
const KEY = { "Idempotency-Key": "k1" };
const curl = (outcome) => `{"customerId":"CUST001","recommendationId":"rec_1","rank":1,"outcome":"${outcome}"}`;
// What curl -d says of its body.
const CURL = { ...KEY, "Content-Type": "application/x-www-form-urlencoded" };

test("a misspelt outcome is refused with a suggestion; spelt well it is recorded", async (t) => {
  const { call } = await serve(t);
  const refused = await call("POST", "respond", curl("clik"), CURL);
  assertRefused(refused, 400, "BAD_REQUEST", ["unknown_outcome_type"]);
  assert.equal(refused.body.issues[0].suggestion, "click");
  const { status, body } = await call("POST", "respond", curl("click"), CURL);
  assert.equal(status, 200);
  assert.deepEqual([body.status, body.classification, body.direction], ["recorded", "positive", "inbound"]);
});

test("a recorded call is answered in the documented shape", async (t) => {
  const { call } = await serve(t);
  const { body } = await call("POST", "respond", CALL, KEY);
  const { interactionId, timestamp, ...rest } = body;
  assert.match(interactionId, /./);
  assert.match(timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.deepEqual(rest, {
    recommendationId: "rec_1",
    customerId: "CUST001",
    outcome: "click",
    classification: "positive",
    direction: "inbound",
    rank: 1,
    offerName: null,
    creativeName: null,
    channelName: null,
    categoryName: null,
    status: "recorded",
  });
});

test("older names, a given time and a given direction are taken", async (t) => {
  const { call, lines } = await serve(t);
  const timestamp = "2026-03-16T14:35:00.000Z";
  const older = { customerId: "C", treatmentId: "t", interactionType: "impression", idempotencyKey: "i", timestamp };
  const { status, body } = await call("POST", "capture", older);
  assert.deepEqual([status, body.outcome, body.direction, body.timestamp], [200, "impression", "outbound", timestamp]);
  assert.deepEqual([body.recommendationId, body.rank], [null, null]);
  assert.match(lines[0], /^POST \/api\/v1\/capture 200\n {2}warning: .*`treatmentId`/);
  const inbound = await call("POST", "respond", { ...CALL, outcome: "impression", direction: "inbound" }, KEY);
  assert.equal(inbound.body.direction, "inbound");
});

test("the same idempotency key is recorded once and answered as before", async (t) => {
  const { call, lines } = await serve(t);
  const first = await call("POST", "respond", CALL, KEY);
  const again = await call("POST", "respond", { ...CALL, idempotencyKey: "k1" });
  assert.deepEqual([again.status, again.body], [first.status, first.body]);
  assert.match(lines[1], /answered as before/);
  const other = await call("POST", "respond", { ...CALL, idempotencyKey: "k2" }, KEY);
  assert.notEqual(other.body.interactionId, first.body.interactionId);
  await call("POST", "respond/bulk", { outcomes: [{ ...ITEM, idempotencyKey: "k3" }] });
  assert.equal((await call("POST", "respond", { ...CALL, idempotencyKey: "k3" })).body.customerId, "C");
});

test("a call without an idempotency key is refused", async (t) => {
  const { call } = await serve(t);
  for (const headers of [{}, { "Idempotency-Key": "" }, { "Idempotency-Key": "  " }]) {
    assertRefused(await call("POST", "respond", CALL, headers), 400, "BAD_REQUEST", ["required"]);
  }
});

test("a body is JSON, whatever its content type says", async (t) => {
  const { call } = await serve(t);
  for (const type of ["text/plain", "application/xml", "application/json; charset=utf-16", "nonsense", ""]) {
    assert.equal((await call("POST", "respond", CALL, { ...KEY, "Content-Type": type })).status, 200);
  }
});

test("bad bodies of every kind are refused, and the server works afterwards", async (t) => {
  const { call } = await serve(t);
  const refuse = async (body, codes) => {
    assertRefused(await call("POST", "respond", body, KEY), 400, "BAD_REQUEST", codes);
  };
  await refuse(undefined, ["invalid_json"]);
  await refuse("customerId=CUST001", ["invalid_json"]);
  await refuse("[]", ["invalid_type"]);
  await refuse("{}", ["required", "required", "missing_target"]);
  await refuse(Buffer.from('{"customerId":"\xff"}', "latin1"), ["invalid_utf8"]);
  await refuse(curl("click").replace("CUST001", "\\ud800"), ["lone_surrogate"]);
  await refuse(curl("click").replace("}", ',"outcome":"click"}'), ["duplicate_field"]);
  await refuse(`{"context":${"[".repeat(10_000)}`, ["too_deep"]);
  await refuse({ ...CALL, rank: "1" }, ["invalid_type"]);
  await refuse('{"__proto__":{"customerId":"C"}}', ["required", "required", "missing_target"]);
  assert.equal((await call("POST", "respond", CALL, KEY)).status, 200);
});

test("a body beyond the limit is refused as too large, with the limit", async (t) => {
  const { call } = await serve(t);
  const large = await call("POST", "respond", Buffer.alloc(2 << 20, " "), KEY);
  assertRefused(large, 413, "PAYLOAD_TOO_LARGE", ["too_large"]);
  assert.equal(large.body.issues[0].limit, 1 << 20);
  const largest = `${curl("click")}${" ".repeat((1 << 20) - curl("click").length)}`;
  assert.equal((await call("POST", "respond", largest, KEY)).status, 200);
  assertRefused(await call("POST", "respond", `${largest} `, KEY), 413, "PAYLOAD_TOO_LARGE", ["too_large"]);
  const batch = await call("POST", "respond/bulk", Buffer.alloc((1 << 24) + 1, " "));
  assertRefused(batch, 413, "PAYLOAD_TOO_LARGE", ["too_large"]);
});

test("bulk: what only the registry refuses is listed by index, the rest is recorded", async (t) => {
  const { call } = await serve(t);
  const outcomes = [ITEM, { ...ITEM, outcome: "convert" }, ITEM];
  const { status, body } = await call("POST", "respond/bulk", { outcomes });
  assert.equal(status, 200);
  const { errors, ...counts } = body;
  assert.deepEqual(counts, { processed: 3, succeeded: 2, failed: 1 });
  assert.deepEqual(errors, [{ index: 1, error: "Unknown outcome type `convert`; did you mean `conversion`?" }]);
});

test("bulk: 422 when every item fails", async (t) => {
  const { call } = await serve(t);
  const { status, body } = await call("POST", "respond/bulk", { outcomes: [{ ...ITEM, outcome: "clik" }] });
  assert.equal(status, 422);
  assert.deepEqual([body.processed, body.succeeded, body.failed, body.errors.length], [1, 0, 1, 1]);
});

test("bulk: one malformed item refuses the whole request, and nothing is recorded", async (t) => {
  const { call } = await serve(t);
  const outcomes = [{ ...ITEM, idempotencyKey: "b1" }, { ...ITEM, outcome: "clik" }, { ...ITEM, offerId: "" }];
  const answer = await call("POST", "respond/bulk", { outcomes });
  assertRefused(answer, 400, "BAD_REQUEST", ["empty"]);
  assert.deepEqual(answer.body.issues[0].path, ["outcomes", 2, "offerId"]);
  assert.equal((await call("POST", "respond", { ...CALL, idempotencyKey: "b1" })).body.customerId, "CUST001");
});

test("bulk: a broken envelope is refused", async (t) => {
  const { call } = await serve(t);
  const refuse = async (body, codes) => {
    assertRefused(await call("POST", "respond/bulk", body), 400, "BAD_REQUEST", codes);
  };
  await refuse("{", ["invalid_json"]);
  await refuse({}, ["required"]);
  await refuse({ outcomes: [] }, ["empty_batch"]);
  await refuse({ outcomes: Array(1001).fill(ITEM) }, ["too_many_items"]);
});

test("bulk: a byte-order mark, and an item larger than a call may be, do no harm", async (t) => {
  const { call } = await serve(t);
  const numbers = `[${Array(300_000).fill("1e20").join()}]`;
  const body = `\ufeff{"outcomes":[{"customerId":"C","offerId":"o","outcome":"click","context":{"n":${numbers}}}]}`;
  assert.equal((await call("POST", "respond/bulk", body)).status, 200);
});
