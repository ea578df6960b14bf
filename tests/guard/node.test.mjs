// The guard as a handler of http and of Express: what other handlers have read, and what they get.

import assert from "node:assert/strict";
import http from "node:http";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { OutcomeRegistry } from "../../pkg/dist/index.js";
import { respondGuard } from "../../pkg/dist/node.js";
import { CALL, ITEM, JSON_TYPE, bytesOf, codes, listening, sender, upstream } from "./edge.mjs";

const registry = OutcomeRegistry.defaults();

/** Handlers one after the other, as Express runs them: what throws, or is handed to `next`, ends it with 500. */
async function app(t, ...handlers) {
  const server = http.createServer((req, res) => {
    const run = (at) => async (error) => {
      if (error) return res.writeHead(500).end(error.message);
      await handlers[at](req, res, run(at + 1));
    };
    run(0)();
  });
  return sender(await listening(t, server));
}

/** As `express.json({ verify })` does. */
const reads = (keep) => async (req, res, next) => {
  let bytes = await bytesOf(req);
  if (req.headers["content-encoding"] === "gzip") bytes = gunzipSync(bytes);
  keep(req, bytes);
  next();
};
const records = (req, res) => res.end(JSON.stringify({ raw: req.rawBody?.toString(), body: req.body }));

test("what is good goes to the next handler with its bytes and its JSON; what is not is answered", async (t) => {
  const { call } = await app(t, respondGuard({ registry }), records);
  const text = ` ${JSON.stringify(CALL)}`;
  assert.deepEqual((await call("respond", text)).body, { raw: text, body: CALL });
  const refused = await call("respond", { ...CALL, outcome: "clik" });
  assert.deepEqual([refused.status, codes(refused)], [400, ["unknown_outcome_type"]]);
  assert.deepEqual((await call("other", "x")).body, {}, "another path is none of the guard's");
});

test("a bulk body is taken or refused as a whole where another handler answers", async (t) => {
  const { call } = await app(t, respondGuard({ registry }), records);
  assert.deepEqual((await call("respond/bulk", { outcomes: [ITEM] })).body.body, { outcomes: [ITEM] });
  const refused = await call("respond/bulk", { outcomes: [ITEM, {}] });
  assert.deepEqual([refused.status, new Set(refused.body.issues.map(({ path }) => path[1]))], [400, new Set([1])]);
});

test("with `upstream` it forwards by itself, and other paths go to the next handler", async (t) => {
  const api = await upstream(t);
  const { call } = await app(t, respondGuard({ registry, upstream: api.url }), (req, res) => res.end("mine"));
  assert.equal((await call("respond", CALL)).body.status, "recorded");
  assert.equal((await call("respond", {})).status, 400);
  assert.equal((await call("other", {})).text, "mine");
  assert.equal(api.calls.length, 1);
});

test("the functions of the options get the environment that was given", async (t) => {
  const api = await upstream(t);
  const { call } = await app(t, respondGuard({ registry, upstream: (request, env) => env.API }, { API: api.url }));
  assert.equal((await call("respond", CALL)).status, 200);
});

test("a body that was read is taken from where it was kept: `rawBody`, or a body that is bytes or text", async (t) => {
  for (const keep of [(req, bytes) => (req.rawBody = bytes), (req, bytes) => (req.body = bytes), (req, bytes) => (req.body = bytes.toString())]) {
    const { call } = await app(t, reads(keep), respondGuard({ registry }), records);
    assert.deepEqual((await call("respond", CALL)).body.body, CALL);
    assert.equal((await call("respond", {})).status, 400);
    const coded = await call("respond", gzipSync(JSON.stringify(CALL)), { ...JSON_TYPE, "Content-Encoding": "gzip" });
    assert.deepEqual(coded.body.body, CALL, "what another has undone is checked");
  }
});

test("a body that was read and not kept: one sentence that says what to do", async (t) => {
  const api = await upstream(t);
  for (const options of [{}, { upstream: api.url }]) {
    const { call } = await app(t, reads((req, bytes) => (req.body = JSON.parse(bytes))), respondGuard({ registry, ...options }), records);
    const { status, text } = await call("respond", CALL);
    const sentence =
      "The body was read before the guard: put the guard in front of express.json(), or have it kept with express.json({ verify: (req, res, bytes) => { req.rawBody = bytes } })";
    assert.deepEqual([status, text], [500, sentence]);
  }
  assert.deepEqual(api.calls, []);
});

test("a compressed body for the next handler: one sentence that says what to do", async (t) => {
  const { call } = await app(t, respondGuard({ registry }), records);
  const { status, text } = await call("respond", gzipSync("{}"), { ...JSON_TYPE, "Content-Encoding": "gzip" });
  assert.deepEqual([status, text], [500, "A compressed body cannot be checked here: put express.raw({ type: () => true }) in front of the guard, which undoes it"]);
});

test("a router's mount changes nothing", async (t) => {
  const mounted = (req, res, next) => {
    req.originalUrl = req.url;
    req.url = req.url.slice("/api".length);
    next();
  };
  const { call } = await app(t, mounted, respondGuard({ registry }), records);
  assert.equal((await call("respond", {})).status, 400);
});

test("in CommonJS it is the same", async () => {
  const { createRequire } = await import("node:module");
  const require = createRequire(import.meta.url);
  for (const name of ["guard", "node", "hono"]) {
    const [ours, common] = [await import(`../../pkg/dist/${name}.js`), require(`../../pkg/dist/cjs/${name}.js`)];
    assert.deepEqual(Object.keys(common).sort(), Object.keys(ours).sort());
  }
  const guard = require("../../pkg/dist/cjs/guard.js").createRespondGuard({ registry: require("../../pkg/dist/cjs/index.js").OutcomeRegistry.defaults() });
  const checked = await guard.check(new Request("https://edge.example/api/v1/respond", { method: "POST", body: "{}" }));
  assert.equal(checked.response.status, 400);
});
