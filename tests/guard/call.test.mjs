// Single calls through the guard: what is certain is refused, a doubtful key only on a newer list's word.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createRespondGuard } from "../../pkg/dist/guard.js";
import { OutcomeRegistry } from "../../pkg/dist/index.js";
import { CALL, EXPIRED, JSON_TYPE, QUOTE, clientOf, codes, edge, upstream } from "./edge.mjs";

const registry = OutcomeRegistry.defaults();

test("a valid call goes upstream byte for byte with its headers, and its answer comes back", async (t) => {
  const api = await upstream(t);
  const { call, events } = await edge(t, api, { registry });
  const body = `{ "customerId":"C\\u0061", "creativeId" : "c","outcome":"click" }\n`;
  const headers = { ...JSON_TYPE, "Idempotency-Key": "k 1", "X-Tenant-Id": "t_001", Cookie: "a=b", "X-Forwarded-For": "192.0.2.1" };
  const answer = await call("respond?trace=1", body, headers);
  assert.deepEqual([answer.status, answer.body, answer.headers["x-request-id"]], [200, { status: "recorded" }, "r-1"]);
  const [seen] = api.calls;
  assert.deepEqual([seen.method, seen.url, seen.text], ["POST", "/api/v1/respond?trace=1", body]);
  for (const name of Object.keys(headers)) assert.equal(seen.headers[name.toLowerCase()], headers[name]);
  assert.equal(seen.headers["content-length"], String(body.length));
  assert.equal(seen.headers.host, `127.0.0.1:${api.port}`);
  assert.deepEqual(events, []);
});

test("what concerns the connection alone does not go on", async (t) => {
  const api = await upstream(t);
  const { call } = await edge(t, api, { registry });
  await call("respond", CALL, { ...JSON_TYPE, Connection: "close, X-Mine", "X-Mine": "1", TE: "trailers", "Proxy-Authorization": "Basic x" });
  const { headers } = api.calls[0];
  for (const name of ["x-mine", "te", "proxy-authorization"]) assert.equal(headers[name], undefined, name);
});

test("an invalid call gets 400 in the platform's envelope with its issues, and nothing goes upstream", async (t) => {
  const api = await upstream(t);
  for (const path of ["respond", "capture"]) {
    const { call, types, letters } = await edge(t, api, { registry });
    const answer = await call(path, { ...CALL, customerId: "", outcome: "clik" });
    assert.equal(answer.status, 400);
    assert.deepEqual(codes(answer), ["empty", "unknown_outcome_type"]);
    assert.deepEqual(answer.body.error, { code: "BAD_REQUEST", message: answer.body.issues[0].message, status: 400 });
    assert.deepEqual([answer.headers["content-type"], answer.headers["cache-control"]], ["application/json", "no-store"]);
    assert.deepEqual(types(), ["refused"]);
    assert.equal(letters.length, 1);
  }
  assert.deepEqual(api.calls, []);
});

test("no body, no JSON, no UTF-8: 400", async (t) => {
  const api = await upstream(t);
  const { call } = await edge(t, api, { registry });
  for (const [body, code] of [["", "invalid_json"], ["<html>", "invalid_json"], [Buffer.from([0x22, 0xff, 0x22]), "invalid_utf8"]]) {
    const answer = await call("respond", body);
    assert.deepEqual([answer.status, codes(answer)], [400, [code]]);
  }
  assert.deepEqual(api.calls, []);
});

test("what a beacon sends as text/plain is read as JSON, and called JSON upstream", async (t) => {
  const api = await upstream(t);
  const { call } = await edge(t, api, { registry });
  const plain = { "Content-Type": "text/plain;charset=UTF-8" };
  assert.equal((await call("respond", JSON.stringify(CALL), plain)).status, 200);
  assert.equal((await call("respond", JSON.stringify({ ...CALL, outcome: "clik" }), plain)).status, 400);
  assert.equal(api.calls.length, 1);
  assert.deepEqual([api.calls[0].headers["content-type"], api.calls[0].text], ["application/json", JSON.stringify(CALL)]);
  await call("respond", CALL, { ...plain, Signature: "sig1=:AA==:" });
  assert.equal(api.calls[1].headers["content-type"], plain["Content-Type"], "what is signed stays");
});

test("the header's idempotency key counts, and without any the call is refused", async (t) => {
  const api = await upstream(t);
  const { call } = await edge(t, api, { registry });
  const { idempotencyKey, ...rest } = CALL;
  assert.equal((await call("respond", rest, { ...JSON_TYPE, "Idempotency-Key": idempotencyKey })).status, 200);
  assert.deepEqual(codes(await call("respond", rest)), ["required"]);
});

test("other methods, other paths and their neighbours pass untouched, without the guard's own headers", async (t) => {
  const api = await upstream(t);
  const { call } = await edge(t, api, { registry, headers: { "X-API-Key": "krn_secret" } });
  const others = [["GET", "/api/v1/respond"], ["POST", "/api/v1/respond/"], ["POST", "/api/v1/recommend?a=1"], ["DELETE", "/api/v1/outcome-types/x"], ["POST", "/health"], ["PUT", "/api/v1respond"]];
  for (const [method, path] of others) {
    assert.equal((await call(path, method === "GET" ? undefined : "not json", { "Content-Type": "text/plain" }, method)).status, 200);
    const seen = api.calls.at(-1);
    assert.deepEqual([seen.method, seen.url, seen.headers["x-api-key"]], [method, path, undefined]);
    if (method !== "GET") assert.deepEqual([seen.text, seen.headers["content-type"]], ["not json", "text/plain"]);
  }
  await call("respond", CALL, { ...JSON_TYPE, "X-API-Key": "mine" });
  assert.equal(api.calls.at(-1).headers["x-api-key"], "krn_secret");
});

test("another path on this side leads to the same one over there", async (t) => {
  const api = await upstream(t);
  const { call } = await edge(t, api, { registry, path: "/edge" });
  await call("/edge/respond?x", CALL);
  assert.equal(api.calls[0].url, "/api/v1/respond?x");
  assert.equal((await call("/edge/capture", {})).status, 400);
  assert.equal((await call("/api/v1/respond", {})).status, 200, "that is another path here");
});

test("a registry alone is believed", async (t) => {
  const api = await upstream(t);
  const { call } = await edge(t, api, { registry: OutcomeRegistry.from({ data: [QUOTE, EXPIRED] }) });
  assert.equal((await call("respond", { ...CALL, outcome: "quote_requested" })).status, 200);
  assert.deepEqual(codes(await call("respond", { ...CALL, outcome: "expired" })), ["retired_outcome_type"]);
});

test("an unknown key is refused on the word of a list that was asked for after the call came", async (t) => {
  const api = await upstream(t);
  const client = clientOf(api, { cooldownDuration: 0 });
  await client.reload();
  const { call, guard } = await edge(t, api, { registry: client });
  const refused = await call("respond", { ...CALL, outcome: "clik" });
  assert.deepEqual([refused.status, codes(refused), refused.body.issues[0].suggestion], [400, ["unknown_outcome_type"], "click"]);
  assert.equal(api.asked, 2);
  assert.deepEqual(guard.unknownKeys(), [{ key: "clik", count: 1 }]);
  assert.deepEqual(api.calls, []);
});

test("a key made a moment ago is taken at a warm edge, for one more question", async (t) => {
  const api = await upstream(t);
  const client = clientOf(api, { cooldownDuration: 0 });
  await client.reload();
  const { call, events, guard } = await edge(t, api, { registry: client });
  api.list = { data: [QUOTE] };
  for (let times = 0; times < 3; times += 1) assert.equal((await call("respond", { ...CALL, outcome: "quote_requested" })).status, 200);
  assert.deepEqual([api.asked, api.calls.length, events], [2, 3, []]);
  assert.deepEqual(guard.unknownKeys(), []);
});

test("during the cooldown, and while the API is down, late or incomplete, an unknown or retired key goes on and is reported", async (t) => {
  for (const [name, options, listed] of [
    ["cooldown", {}, undefined],
    ["down", { cooldownDuration: 0 }, (req, res) => res.writeHead(500).end()],
    ["late", { cooldownDuration: 0, revalidateTimeout: 50 }, () => {}],
    ["incomplete", { cooldownDuration: 0 }, (req, res) => res.end(JSON.stringify({ data: [QUOTE], hasMore: true }))],
  ]) {
    const api = await upstream(t);
    api.list = { data: [EXPIRED] };
    const client = clientOf(api, options);
    await client.reload();
    api.listed = listed;
    const { call, events, guard } = await edge(t, api, { registry: client });
    const answer = await call("respond", { ...CALL, outcome: "brand_new" });
    assert.equal(answer.status, 200, name);
    assert.deepEqual(events, [{ type: "unconfirmed_outcome_type", key: "brand_new" }], name);
    assert.deepEqual(guard.unknownKeys(), [{ key: "brand_new", count: 1 }], name);
    if (name !== "incomplete") assert.equal((await call("respond", { ...CALL, outcome: "expired" })).status, 200, name);
  }
});

test("of a call that is malformed, only what is certain is said, and nobody is asked", async (t) => {
  const api = await upstream(t);
  const client = clientOf(api, { cooldownDuration: 0 });
  await client.reload();
  const { call } = await edge(t, api, { registry: client });
  assert.deepEqual(codes(await call("respond", { ...CALL, customerId: "", outcome: "clik" })), ["empty"]);
  assert.equal(api.asked, 1);
});

test("while only the defaults are known nothing is refused for its key, and the list is asked for once", async (t) => {
  const api = await upstream(t);
  api.listed = () => {};
  const client = clientOf(api);
  const { call, types } = await edge(t, api, { registry: client });
  const began = Date.now();
  for (let times = 0; times < 5; times += 1) assert.equal((await call("respond", { ...CALL, outcome: "brand_new" })).status, 200);
  assert.equal((await call("respond", { ...CALL, customerId: 1 })).status, 400, "what is malformed is malformed");
  assert.ok(Date.now() - began < 1_000, "nobody waits");
  assert.deepEqual([api.asked, client.state], [1, "defaults"]);
  assert.deepEqual(types(), [...Array(5).fill("unconfirmed_outcome_type"), "refused"]);
});

test("nor is it asked for by every call where no host keeps a question alive", async (t) => {
  const api = await upstream(t);
  api.listed = () => {};
  const guard = createRespondGuard({ registry: clientOf(api), upstream: api.url });
  const post = () => new Request("https://edge.example/api/v1/respond", { method: "POST", body: JSON.stringify(CALL) });
  for (let times = 0; times < 5; times += 1) assert.equal((await guard.fetch(post())).status, 200);
  assert.equal(api.asked, 1);
});

test("`onUnavailable: defaults` believes the ten, unless the list comes in time", async (t) => {
  const api = await upstream(t);
  api.listed = (req, res) => res.writeHead(503).end();
  const options = { onUnavailable: "defaults" };
  const down = await edge(t, api, { registry: clientOf(api), ...options });
  assert.equal((await down.call("respond", CALL)).status, 200);
  assert.deepEqual(codes(await down.call("respond", { ...CALL, outcome: "quote_requested" })), ["unknown_outcome_type"]);
  api.listed = undefined;
  api.list = { data: [QUOTE] };
  const up = await edge(t, api, { registry: clientOf(api), ...options });
  assert.equal((await up.call("respond", { ...CALL, outcome: "quote_requested" })).status, 200);
});

test("`onUnavailable: reject` waits for the list, and else asks the caller to come again", async (t) => {
  const api = await upstream(t);
  api.listed = (req, res) => res.writeHead(503).end();
  const options = { onUnavailable: "reject" };
  const down = await edge(t, api, { registry: clientOf(api), ...options });
  const answer = await down.call("respond", { ...CALL, outcome: "quote_requested" });
  assert.deepEqual([answer.status, answer.body.error.code, answer.headers["retry-after"]], [503, "SERVICE_UNAVAILABLE", "5"]);
  assert.deepEqual([down.types(), down.letters, api.calls], [["unavailable"], [], []]);
  assert.equal((await down.call("respond", CALL)).status, 200, "one of the ten needs no list");
  api.listed = undefined;
  api.list = { data: [QUOTE] };
  const up = await edge(t, api, { registry: clientOf(api), ...options });
  assert.equal((await up.call("respond", { ...CALL, outcome: "quote_requested" })).status, 200);
  assert.deepEqual(codes(await up.call("respond", { ...CALL, outcome: "quote_requestd", customerId: "" })), ["empty"]);
});

test("rules and words are the caller's", async (t) => {
  const api = await upstream(t);
  const { call } = await edge(t, api, {
    registry,
    rules: { unknown_field: "error", unknown_outcome_type: "off" },
    message: ({ code }) => (code === "unknown_field" ? "Feld?" : undefined),
  });
  const refused = await call("respond", { ...CALL, odd: 1 });
  assert.deepEqual([refused.status, refused.body.error.message], [400, "Feld?"]);
  assert.equal((await call("respond", { ...CALL, outcome: "clik" })).status, 200);
});

test("a tenant's keys are told to nobody, unless `suggest` says so", async (t) => {
  const api = await upstream(t);
  const own = OutcomeRegistry.from({ data: [QUOTE] });
  for (const [suggest, expected] of [[false, undefined], [true, "quote_requested"]]) {
    const { call, events, letters } = await edge(t, api, { registry: own, suggest });
    const answer = await call("respond", { ...CALL, outcome: "quote_requestd" });
    assert.deepEqual([codes(answer), answer.body.issues[0].suggestion], [["unknown_outcome_type"], expected]);
    assert.equal(answer.text.includes("quote_requested"), suggest);
    assert.equal(events[0].issues[0].suggestion, "quote_requested", "the operator may know");
    assert.equal(letters[0].issues[0].suggestion, "quote_requested");
    assert.equal((await call("respond", { ...CALL, outcome: "clik" })).body.issues[0].suggestion, "click");
  }
});

test("the same where a rule refuses what a list that is incomplete does not know", async (t) => {
  const api = await upstream(t);
  const own = OutcomeRegistry.from({ data: [QUOTE], hasMore: true });
  const { call } = await edge(t, api, { registry: own, rules: { unconfirmed_outcome_type: "error", unknown_outcome_type: "off" } });
  const answer = await call("respond", { ...CALL, outcome: "quote_requestd" });
  assert.deepEqual([answer.status, codes(answer), answer.text.includes("quote_requested")], [400, ["unconfirmed_outcome_type"], false]);
});
