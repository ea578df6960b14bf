// How a guard is set: modes, functions of the request, where things go, what is kept of what was refused.

import assert from "node:assert/strict";
import http from "node:http";
import { test } from "node:test";
import { OutcomeRegistry } from "../../pkg/dist/index.js";
import { createRegistryPool } from "../../pkg/dist/client.js";
import { bucketSink, createRespondGuard, httpSink, queueSink } from "../../pkg/dist/guard.js";
import { CALL, ITEM, QUOTE, bytesOf, edge, listening, reply, upstream } from "./edge.mjs";

const registry = OutcomeRegistry.defaults();
const post = (body, headers = {}, path = "respond") =>
  new Request(`https://edge.example/api/v1/${path}`, { method: "POST", headers, body: typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body) });
const BAD = { ...CALL, customerId: "" };
const taking = { fetch: async () => Response.json({ status: "recorded" }) };

/** A context that keeps what it is handed, as Workers do. */
function context() {
  const kept = [];
  return { kept, waitUntil: (promise) => kept.push(promise), done: () => Promise.all(kept) };
}

test("`mode` is a switch without a deploy", async (t) => {
  const api = await upstream(t);
  let mode = "enforce";
  const { call, types, letters } = await edge(t, api, { registry, mode: async () => mode, headers: { "X-API-Key": "k" } });
  assert.equal((await call("respond", BAD)).status, 400);
  mode = "report";
  assert.equal((await call("respond", BAD)).status, 200);
  mode = "off";
  assert.equal((await call("respond", "no JSON at all")).status, 200);
  assert.deepEqual(types(), ["refused", "reported"]);
  assert.deepEqual([letters.length, api.calls.map(({ text, headers }) => [text, headers["x-api-key"]])], [1, [[JSON.stringify(BAD), "k"], ["no JSON at all", "k"]]]);
});

test("functions are asked with the request and the environment; no tenant gets another's word", async (t) => {
  const api = await upstream(t);
  const other = await upstream(t);
  api.list = { data: [QUOTE] };
  const env = { a: api.url, b: other.url };
  const pool = createRegistryPool({ tenant: (name, urls) => ({ url: `${urls[name]}/outcome-types`, cooldownDuration: 0 }) });
  const tenantOf = (request) => new URL(request.url).searchParams.get("t");
  const guard = createRespondGuard({
    registry: (request, urls) => pool.get(tenantOf(request), urls),
    upstream: (request, urls) => new URL(urls[tenantOf(request)]),
    headers: async (request) => ({ "X-Tenant-Id": tenantOf(request) }),
  });
  const ask = async (tenant) => (await guard.fetch(post({ ...CALL, outcome: "quote_requested" }, {}, `respond?t=${tenant}`), env)).status;
  for (const tenant of ["a", "b"]) await pool.get(tenant, env).get();
  const statuses = await Promise.all(Array.from({ length: 20 }, (_, index) => ask(index % 2 ? "a" : "b")));
  assert.deepEqual(statuses, Array.from({ length: 20 }, (_, index) => (index % 2 ? 200 : 400)));
  assert.deepEqual([api.calls.length, other.calls.length], [10, 0]);
  assert.ok(api.calls.every(({ headers }) => headers["x-tenant-id"] === "a"));
});

test("what has `fetch` takes the request as it came: a service binding", async () => {
  const seen = [];
  const api = { fetch: async (request) => (seen.push([request.method, request.url, await request.text()]), Response.json({ status: "recorded" })) };
  for (const given of [api, () => api]) {
    const guard = createRespondGuard({ registry, upstream: given });
    assert.equal((await guard.fetch(post(CALL, {}, "respond?x=1"))).status, 200);
    assert.equal((await guard.fetch(new Request("https://edge.example/other", { method: "GET" }))).status, 200);
  }
  const call = ["POST", "https://edge.example/api/v1/respond?x=1", JSON.stringify(CALL)];
  assert.deepEqual(seen, [call, ["GET", "https://edge.example/other", ""], call, ["GET", "https://edge.example/other", ""]]);
});

test("`decorate` changes every answer, the API's and the guard's, or gives another", async (t) => {
  const api = await upstream(t);
  const cors = await edge(t, api, {
    registry,
    decorate: (response, request) => response.headers.set("Access-Control-Allow-Origin", request.headers.get("Origin")),
  });
  for (const body of [CALL, BAD]) assert.equal((await cors.call("respond", body, { Origin: "https://shop.example" })).headers["access-control-allow-origin"], "https://shop.example");
  assert.equal((await cors.call("respond", undefined, { Origin: "o" }, "OPTIONS")).headers["access-control-allow-origin"], "o");
  const other = await edge(t, api, { registry, decorate: async () => new Response("mine", { status: 418 }) });
  assert.deepEqual(await other.call("respond", CALL).then(({ status, text }) => [status, text]), [418, "mine"]);
});

test("a letter has the bytes, the headers without credentials, the issues, the path and the time", async () => {
  const letters = [];
  const guard = createRespondGuard({ registry, upstream: taking, onRefused: (letter, env) => letters.push([letter, env]) });
  const bytes = Buffer.from('{"customerId":"","outcome":"click"} ');
  const { kept, ...ctx } = context();
  const began = Date.now();
  await guard.fetch(post(bytes, { "Idempotency-Key": "k", Authorization: "Bearer x", Cookie: "a=b", "X-API-Key": "krn", "X-Tenant-Id": "t" }, "capture"), { name: "env" }, ctx);
  const [[{ bytes: own, headers, issues, arrivedAt, ...rest }, env]] = letters;
  assert.ok(Buffer.from(own).equals(bytes));
  assert.deepEqual([headers, env, rest], [{ "idempotency-key": "k", "x-tenant-id": "t" }, { name: "env" }, { path: "/capture" }]);
  assert.deepEqual(issues.map(({ code }) => code), ["empty", "missing_target"]);
  assert.ok(arrivedAt >= began && arrivedAt <= Date.now());
  assert.equal(kept.length, 1, "waitUntil holds it");
});

test("letters go out when the answer does, six at once, and one that fails harms no other", async () => {
  const events = [];
  const done = [];
  let now = 0;
  let most = 0;
  const onRefused = async ({ index }) => {
    most = Math.max(most, (now += 1));
    await new Promise((resolve) => setTimeout(resolve, 5));
    now -= 1;
    if (index === 7) throw new Error("queue full");
    done.push(index);
  };
  const guard = createRespondGuard({ registry, upstream: taking, onRefused, onEvent: (event) => events.push(event) });
  const ctx = context();
  const answer = await guard.fetch(post({ outcomes: Array(100).fill({}) }, {}, "respond/bulk"), undefined, ctx);
  assert.deepEqual([answer.status, done.length], [422, 0]);
  await ctx.done();
  assert.deepEqual([done.length, most], [99, 6]);
  assert.deepEqual(events.map(({ type, option }) => option ?? type), ["withheld", "onRefused"]);
});

test("a call that goes on is held by waitUntil, so that it arrives when its page is left", async () => {
  const guard = createRespondGuard({ registry, upstream: taking });
  const ctx = context();
  await guard.fetch(post(CALL), undefined, ctx);
  assert.equal(ctx.kept.length, 1);
});

test("a Cloudflare queue, an R2 bucket and an address keep what was refused", async (t) => {
  const received = [];
  const port = await listening(t, http.createServer(async (req, res) => {
    received.push([req.headers["x-mine"], JSON.parse(await bytesOf(req))]);
    reply(res, received.length > 2 ? 500 : 200, {});
  }));
  const messages = [];
  const objects = [];
  const env = {
    QUEUE: { send: async (message, options) => messages.push([structuredClone(message), options]) },
    BUCKET: { put: async (key, text) => objects.push([key, JSON.parse(text)]) },
    URL: `http://127.0.0.1:${port}/`,
  };
  const sinks = [queueSink(({ QUEUE }) => QUEUE), bucketSink(env.BUCKET, "dead/"), httpSink(({ URL }) => URL, { "X-Mine": "1" })];
  const events = [];
  const text = JSON.stringify(BAD);
  for (const onRefused of sinks) {
    const guard = createRespondGuard({ registry, upstream: taking, onRefused, onEvent: (event) => events.push(event) });
    const ctx = context();
    for (const body of [text, Buffer.from([0x22, 0xff])]) await guard.fetch(post(body), env, ctx);
    await ctx.done();
  }
  assert.deepEqual(messages[0][1], { contentType: "json" });
  assert.match(objects[0][0], /^dead\/\d{4}-\d\d-\d\d\/\d+-[0-9a-f-]{36}\.json$/);
  for (const [first, second] of [messages.map(([message]) => message), objects.map(([, object]) => object), received.map(([, letter]) => letter)]) {
    assert.deepEqual([first.body, first.path, first.issues[0].code, second.base64, second.body], [text, "/respond", "empty", "Iv8=", undefined]);
  }
  assert.deepEqual([received.map(([header]) => header), events.length], [["1", "1"], 6]);
  const guard = createRespondGuard({ registry, onRefused: sinks[2], onEvent: (event) => events.push(event) });
  const ctx = context();
  await guard.fetch(post(text), env, ctx);
  await ctx.done();
  assert.match(events.at(-1).error.message, /status 500/);
});

test("unknown keys are counted in bounded memory, and the frequent ones stay", async () => {
  const guard = createRespondGuard({ registry, upstream: taking });
  for (let round = 0; round < 2_000; round += 1) {
    await guard.fetch(post({ ...CALL, outcome: `noise_${round}` }));
    if (round % 10 === 0) await guard.fetch(post({ ...CALL, outcome: "quote_requested" }));
  }
  await guard.fetch(post({ ...CALL, outcome: "x".repeat(5_000) }));
  const keys = guard.unknownKeys();
  assert.deepEqual([keys.length, keys[0].key], [100, "quote_requested"]);
  assert.ok(keys[0].count >= 200 && keys.every(({ key }) => key.length <= 64));
});

test("`check` is for whoever goes on: the body again, without what was withheld, and the answer made whole", async () => {
  const guard = createRespondGuard({ registry });
  const whole = await guard.check(post(CALL));
  assert.deepEqual([whole.ok, await whole.request.json(), whole.withheld], [true, CALL, []]);
  const own = Response.json({});
  assert.equal(await whole.answer(own), own);
  const refused = await guard.check(post(BAD));
  assert.deepEqual([refused.ok, refused.response.status], [false, 400]);
  const parted = await guard.check(post({ outcomes: [BAD, ITEM] }, {}, "respond/bulk"));
  assert.deepEqual([await parted.request.json(), parted.withheld], [{ outcomes: [ITEM] }, [0]]);
  const answer = await parted.answer(Response.json({ processed: 1, succeeded: 1, failed: 0, errors: [] }));
  assert.deepEqual((await answer.json()).errors.map(({ index }) => index), [0]);
  const strict = await guard.check(post({ outcomes: [BAD, ITEM] }, {}, "respond/bulk"), undefined, undefined, { part: false });
  assert.equal(strict.response.status, 400);
  const other = new Request("https://edge.example/other");
  assert.equal((await guard.check(other)).request, other);
  const used = post(CALL);
  await used.text();
  await assert.rejects(guard.check(used), /^TypeError: The request's body was read before the guard/);
});

test("options that make no sense throw at once", () => {
  for (const options of [
    undefined,
    {},
    { registry: "x" },
    { registry, mode: "on" },
    { registry, path: "api" },
    { registry, path: "/api/" },
    { registry, onUnavailable: "wait" },
    { registry, indexBase: 2 },
    { registry, timeoutDuration: 0 },
    { registry, maxBytes: -1 },
    { registry, onRefused: {} },
    { registry, rules: { no_such_code: "off" } },
    { registry, rules: { invalid_json: "off" } },
  ]) {
    assert.throws(() => createRespondGuard(options), TypeError, JSON.stringify(options));
  }
  assert.ok(Object.isFrozen(createRespondGuard({ registry })));
});
