// What goes wrong around a call: bodies that stop, callers that leave, an API that is down, slow or breaks off.

import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import net from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { OutcomeRegistry } from "../../pkg/dist/index.js";
import { createRespondGuard } from "../../pkg/dist/guard.js";
import { CALL, ITEM, JSON_TYPE, codes, edge, listening, reply, upstream } from "./edge.mjs";

const registry = OutcomeRegistry.defaults();
const TEXT = JSON.stringify(CALL);

/** Waits until something holds. */
async function until(holds) {
  for (let times = 0; !holds(); times += 1) {
    assert.ok(times < 200, String(holds));
    await pause(10);
  }
}

test("a body that stops half-way, or whose caller leaves, is not forwarded", async (t) => {
  const api = await upstream(t);
  for (const head of ["Content-Length: 500", "Transfer-Encoding: chunked"]) {
    const { port, events, letters } = await edge(t, api, { registry });
    const socket = net.connect(port, "127.0.0.1");
    socket.on("error", () => {});
    socket.write(`POST /api/v1/respond HTTP/1.1\r\nHost: edge\r\n${head}\r\n\r\n${head.startsWith("T") ? `${TEXT.length.toString(16)}\r\n` : ""}${TEXT}`);
    await pause(50);
    socket.resetAndDestroy();
    await until(() => events.length > 0);
    assert.deepEqual([events.map(({ type }) => type), letters], [["body_broken"], []]);
  }
  assert.deepEqual(api.calls, []);
});

test("a host that does not notice that a body stopped is told so by its length", async () => {
  const guard = createRespondGuard({ registry, upstream: { fetch: () => assert.fail("nothing is to be forwarded") } });
  const request = new Request("https://edge.example/api/v1/respond", { method: "POST", headers: { "Content-Length": "500" }, body: TEXT });
  const answer = await guard.fetch(request);
  assert.deepEqual([answer.status, (await answer.json()).error.message], [400, "The body stopped half-way: nothing was forwarded"]);
});

test("a caller who leaves once the call is whole has called", async (t) => {
  const api = await upstream(t);
  let take;
  api.answer = (req, res) => (take = () => reply(res, 200, { status: "recorded" }));
  const { port } = await edge(t, api, { registry });
  const request = http.request({ port, host: "127.0.0.1", method: "POST", path: "/api/v1/respond", headers: JSON_TYPE });
  request.on("error", () => {});
  request.end(TEXT);
  await until(() => take);
  request.destroy();
  await pause(50);
  take();
  assert.deepEqual(api.calls.map(({ text }) => text), [TEXT]);
});

test("a compressed body is forwarded unchecked, as it is", async (t) => {
  const api = await upstream(t);
  const { call, events } = await edge(t, api, { registry, headers: { "X-API-Key": "krn_secret" } });
  const bytes = gzipSync('{"outcome":"clik"}');
  assert.equal((await call("respond", bytes, { ...JSON_TYPE, "Content-Encoding": "gzip" })).status, 200);
  const [{ body, headers }] = api.calls;
  assert.ok(body.equals(bytes));
  assert.deepEqual([headers["content-encoding"], headers["x-api-key"]], ["gzip", "krn_secret"]);
  assert.deepEqual(events, [{ type: "unchecked", reason: "encoded" }]);
  assert.equal((await call("respond", "{}", { ...JSON_TYPE, "Content-Encoding": "identity" })).status, 400);
});

test("a body beyond the limit is forwarded unchecked, byte for byte, whether its length was stated or not", async (t) => {
  const api = await upstream(t);
  const { port, call, events } = await edge(t, api, { registry });
  const body = Buffer.alloc(3 << 20, "x");
  assert.equal((await call("respond", body)).status, 200);
  const request = http.request({ port, host: "127.0.0.1", method: "POST", path: "/api/v1/respond", headers: JSON_TYPE });
  for (let at = 0; at < body.length; at += 100_000) request.write(body.subarray(at, at + 100_000));
  request.end();
  const [response] = await once(request, "response");
  assert.equal(response.statusCode, 200);
  assert.equal(api.calls.length, 2);
  for (const { body: seen } of api.calls) assert.ok(seen.equals(body));
  assert.deepEqual(events, Array(2).fill({ type: "unchecked", reason: "too_large" }));
});

test("a body that goes by unchecked is never gathered: while the API does not read, the caller cannot write", async (t) => {
  let length = 0;
  let read;
  const port = await listening(t, http.createServer(async (req, res) => {
    await new Promise((resolve) => (read = resolve));
    for await (const chunk of req) length += chunk.length;
    reply(res, 200, {});
  }));
  const { port: own } = await edge(t, { url: `http://127.0.0.1:${port}/api/v1` }, { registry });
  const request = http.request({ port: own, host: "127.0.0.1", method: "POST", path: "/api/v1/respond" });
  const chunk = Buffer.alloc(1 << 20, "x");
  let written = 0;
  for (; written < 100; written += 1) {
    const stopped = !request.write(chunk) && (await Promise.race([once(request, "drain"), pause(500, "stopped")])) === "stopped";
    if (stopped && read) break;
  }
  assert.ok(written < 40, `${written} MB are on their way`);
  read();
  for (written += 1; written < 100; written += 1) if (!request.write(chunk)) await once(request, "drain");
  request.end();
  await once(request, "response");
  assert.equal(length, 100 << 20);
});

test("deeper than a limit of ours: forwarded unchecked; more items than the platform takes: refused", async (t) => {
  const api = await upstream(t);
  const { call, types } = await edge(t, api, { registry });
  const deep = `{"context":${"[".repeat(2000)}${"]".repeat(2000)}}`;
  assert.equal((await call("respond", deep)).status, 200);
  api.answer = (req, res) => reply(res, 200, {});
  assert.equal((await call("respond/bulk", `{"outcomes":[${deep}]}`)).status, 200);
  assert.deepEqual(types(), ["unchecked", "unchecked"]);
});

test("`maxBytes` is the limit, and what is within is checked", async (t) => {
  const api = await upstream(t);
  const { call, types } = await edge(t, api, { registry, maxBytes: 2 << 20 });
  assert.equal((await call("respond", { context: "x".repeat(3 << 19) })).status, 400);
  assert.equal((await call("respond", "x".repeat((2 << 20) + 1))).status, 200);
  assert.deepEqual(types(), ["refused", "unchecked"]);
});

test("an API that cannot be reached, or drops the connection: 502, and what is not known is said", async (t) => {
  const api = await upstream(t);
  api.answer = (req) => req.socket.destroy();
  const dropping = await edge(t, api, { registry });
  const nowhere = await edge(t, { url: "http://127.0.0.1:1/api/v1" }, { registry });
  for (const { call, events } of [dropping, nowhere]) {
    const answer = await call("respond", CALL);
    assert.equal(answer.status, 502);
    assert.deepEqual(answer.body.error, {
      code: "BAD_GATEWAY",
      message: "The API gave no answer: whether it was recorded is not known, so send it again with the same idempotency key",
      status: 502,
    });
    assert.deepEqual(events.map(({ type, reason }) => [type, reason]), [["upstream_failed", "network"]]);
  }
  assert.equal(api.calls.length, 1, "nobody tries twice");
});

test("an API that does not answer in time: 504; one whose answer takes long is waited for", async (t) => {
  const api = await upstream(t);
  api.answer = () => {};
  const { call, events } = await edge(t, api, { registry, timeoutDuration: 100 });
  const answer = await call("respond", CALL);
  assert.deepEqual([answer.status, answer.body.error.code, events[0].reason], [504, "GATEWAY_TIMEOUT", "timeout"]);
  api.answer = async (req, res) => {
    res.writeHead(200, JSON_TYPE);
    res.write('{"status":');
    await pause(300);
    res.end('"recorded"}');
  };
  assert.deepEqual((await call("respond", CALL)).body, { status: "recorded" });
  // The answer to a bulk body of which something was withheld has to be read.
  assert.equal((await call("respond/bulk", { outcomes: [ITEM, {}] })).status, 504);
});

test("an answer that breaks off breaks off", async (t) => {
  const api = await upstream(t);
  api.answer = (req, res) => {
    res.writeHead(200, { ...JSON_TYPE, "Content-Length": 100 });
    res.write('{"status"');
    setTimeout(() => res.destroy(), 20);
  };
  const { call } = await edge(t, api, { registry });
  await assert.rejects(call("respond", CALL), { code: "ECONNRESET" });
});

test("answers pass as they are: status, cookies, redirects; what the runtime has undone is not claimed", async (t) => {
  const api = await upstream(t);
  const { call } = await edge(t, api, { registry });
  api.answer = (req, res) => res.writeHead(307, { Location: "https://elsewhere.example/", "Set-Cookie": ["a=1", "b=2; Path=/"] }).end("there");
  const moved = await call("respond", CALL);
  assert.deepEqual([moved.status, moved.headers.location, moved.headers["set-cookie"], moved.text], [307, "https://elsewhere.example/", ["a=1", "b=2; Path=/"], "there"]);
  const bytes = gzipSync('{"status":"recorded"}');
  api.answer = (req, res) => res.writeHead(200, { ...JSON_TYPE, "Content-Encoding": "gzip", "Content-Length": bytes.length }).end(bytes);
  const coded = await call("respond", CALL, { ...JSON_TYPE, "Accept-Encoding": "zstd" });
  assert.deepEqual([coded.headers["content-encoding"], coded.body], [undefined, { status: "recorded" }]);
  assert.notEqual(api.calls.at(-1).headers["accept-encoding"], "zstd", "only what the runtime can undo");
  api.answer = (req, res) => res.writeHead(204).end();
  assert.equal((await call("respond", CALL)).status, 204);
});

test("a fault of the check's own, and a registry that cannot be had, forward unchecked", async (t) => {
  const api = await upstream(t);
  const broken = { checkRespond: () => assert.fail("a fault"), checkBulk: () => assert.fail("a fault") };
  const failing = () => Promise.reject(new Error("no KV"));
  for (const [given, reason] of [[broken, "fault"], [failing, "registry"], [() => undefined, "registry"], [() => ({}), "registry"]]) {
    const { call, events } = await edge(t, api, { registry: given });
    assert.equal((await call("respond", CALL)).status, 200);
    await call("respond/bulk", { outcomes: [ITEM] });
    assert.deepEqual(events.map((event) => [event.type, event.reason, event.error instanceof Error]), Array(2).fill(["unchecked", reason, true]));
  }
});

test("`fetch` never rejects, whatever is thrown into it", async () => {
  const events = [];
  const boom = () => {
    throw new Error("boom");
  };
  const make = (options) => createRespondGuard({ registry, onEvent: (event) => events.push(event) && boom(), ...options });
  const request = (init) => new Request("https://edge.example/api/v1/respond", { method: "POST", body: TEXT, ...init });
  const ask = async (options, given = request(), env, context) => {
    events.length = 0;
    const answer = await make(options).fetch(given, env, context);
    return [answer.status, ...events.map(({ type, option, reason }) => option ?? reason ?? type)];
  };
  assert.deepEqual(await ask({ upstream: boom }), [502, "options"]);
  assert.deepEqual(await ask({}), [502, "options"]);
  assert.deepEqual(await ask({ upstream: "/api/v1" }), [502, "options"]);
  assert.deepEqual(await ask({ upstream: "https://a.example", headers: boom }), [502, "options"]);
  assert.deepEqual(await ask({ upstream: "https://a.example", headers: { "bad name": "x" } }), [502, "options"]);
  const upstreamOf = { upstream: { fetch: async () => new Response("{}") } };
  assert.deepEqual(await ask({ ...upstreamOf, mode: boom }), [200, "mode"]);
  assert.deepEqual(await ask({ ...upstreamOf, mode: () => "of" }), [200, "mode"]);
  assert.deepEqual(await ask({ ...upstreamOf, decorate: boom }), [200, "decorate"]);
  assert.deepEqual(await ask({ ...upstreamOf, message: boom }, request({ body: "{}" })), [200, "fault"]);
  assert.deepEqual(await ask({ upstream: { fetch: boom } }), [502, "network"]);
  assert.deepEqual(await ask({ upstream: { fetch: async () => undefined } }), [500, "failed"]);
  assert.deepEqual(await ask(upstreamOf, request(), {}, { waitUntil: boom }), [200]);
  const used = request();
  await used.text();
  assert.deepEqual(await ask(upstreamOf, used), [500]);
  const answer = await make(upstreamOf).fetch(used);
  assert.match((await answer.json()).error.message, /^The request's body was read before the guard: call the guard first, or hand it a clone: nothing/);
});

test("one fault of the check's own harms no other call", async (t) => {
  const api = await upstream(t);
  let fails = true;
  const { call } = await edge(t, api, { registry: () => (fails ? Promise.reject(new Error()) : registry) });
  assert.equal((await call("respond", {})).status, 200);
  fails = false;
  const refused = await call("respond", {});
  assert.deepEqual([refused.status, codes(refused).includes("required")], [400, true]);
});
