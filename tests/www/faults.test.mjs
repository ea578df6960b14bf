// X-Fault over real HTTP: delays, statuses and torn answers, for the one request that asks for them.

import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import { test } from "node:test";
import { assertRefused, serve } from "./served.mjs";

const CALL = { customerId: "C", creativeId: "c", outcome: "click" };
const TYPE = { key: "quote", name: "Quote", classification: "positive", category: "response" };

/** What arrives of an answer before its connection ends. */
async function torn(port, fault, { method = "GET", path = "/api/v1/outcome-types", body } = {}) {
  const request = http.request({ port, host: "127.0.0.1", method, path, headers: { "X-Fault": fault } });
  request.end(body);
  const [response] = await once(request, "response");
  const chunks = [];
  response.on("data", (chunk) => chunks.push(chunk));
  const error = await new Promise((resolve) => {
    response.on("end", () => resolve(undefined));
    response.on("error", resolve);
  });
  return { response, error, bytes: Buffer.concat(chunks) };
}

test("a status is answered in the envelope, and nothing is done", async (t) => {
  const { call, lines } = await serve(t);
  assertRefused(await call("POST", "outcome-types", TYPE, { "X-Fault": "status=503" }), 503, "SERVICE_UNAVAILABLE");
  assertRefused(await call("GET", "/", undefined, { "X-Fault": "status=429" }), 429, "TOO_MANY_REQUESTS");
  assert.match(lines[0], /^POST \/api\/v1\/outcome-types 503/);
  const { status, body } = await call("GET", "outcome-types");
  assert.deepEqual([status, body.data.length], [200, 10]);
});

test("a delay holds the answer back, and nobody else's", async (t) => {
  const { call } = await serve(t);
  let answered = false;
  // Longer than anybody waits: the server's end ends it.
  const late = call("POST", "outcome-types", TYPE, { "X-Fault": "delay=60000" });
  late.then(
    () => (answered = true),
    () => {},
  );
  // It is done already when it is not answered yet.
  let length = 10;
  while (length === 10) ({ length } = (await call("GET", "outcome-types")).body.data);
  assert.ok(!answered);
  const begun = performance.now();
  assert.equal((await call("GET", "outcome-types", undefined, { "X-Fault": "delay=100" })).status, 200);
  assert.ok(performance.now() - begun >= 99);
});

test("a torn answer breaks off after so many bytes of its body, and all was done", async (t) => {
  const { port, call } = await serve(t);
  const whole = Buffer.from((await call("GET", "outcome-types")).text);
  for (const count of [0, 1, 100]) {
    const { response, error, bytes } = await torn(port, `truncate=${count}`);
    assert.equal(response.statusCode, 200);
    assert.equal(Number(response.headers["content-length"]), whole.length);
    assert.equal(error?.code, "ECONNRESET");
    assert.deepEqual(bytes, whole.subarray(0, count));
  }
  // Where there is nothing to cut off, nothing happens.
  for (const count of [whole.length, whole.length + 1]) {
    assert.deepEqual((await torn(port, `truncate=${count}`)).bytes, whole);
  }
  assert.equal((await call("HEAD", "outcome-types", undefined, { "X-Fault": "truncate=0" })).status, 200);
  const body = JSON.stringify({ ...CALL, idempotencyKey: "k" });
  assert.equal((await torn(port, "truncate=5", { method: "POST", path: "/api/v1/respond", body })).bytes.length, 5);
  assert.equal((await call("GET", "interaction-history")).body.pagination.total, 1);
});

test("faults combine", async (t) => {
  const { port } = await serve(t);
  const begun = performance.now();
  const { response, bytes } = await torn(port, " delay=200 ,status=500,truncate=7");
  assert.ok(performance.now() - begun >= 199);
  assert.deepEqual([response.statusCode, bytes.toString()], [500, '{"error']);
});

test("a fault that cannot be read is refused", async (t) => {
  const { call } = await serve(t);
  for (const fault of [
    "",
    "status",
    "status=",
    "status=200",
    "status=600",
    "delay=60001",
    "delay=-1",
    "truncate=1.5",
    "__proto__=1",
    "status=500,status=501",
    "delay=1,",
    "Status=500",
  ]) {
    assertRefused(await call("POST", "outcome-types", TYPE, { "X-Fault": fault }), 400, "BAD_REQUEST");
  }
  assert.equal((await call("GET", "outcome-types")).body.data.length, 10);
});
