// Bulk bodies through the guard: only malformed items are withheld, and the answer is one to all that came.

import assert from "node:assert/strict";
import { test } from "node:test";
import { OutcomeRegistry } from "../../pkg/dist/index.js";
import { EXPIRED, ITEM, JSON_TYPE, QUOTE, clientOf, codes, edge, reply, upstream } from "./edge.mjs";

const registry = OutcomeRegistry.from({ data: [EXPIRED] });
const BAD = { customerId: "C", outcome: "click" };
const bodyOf = (...items) => JSON.stringify({ outcomes: items });

test("nothing withheld: the very bytes go upstream, what only the registry doubts included", async (t) => {
  const api = await upstream(t);
  const { call, events, letters, guard } = await edge(t, api, { registry });
  const body = ` { "outcomes" : [ ${JSON.stringify(ITEM)} , ${JSON.stringify({ ...ITEM, outcome: "new_key" })},${JSON.stringify({ ...ITEM, outcome: "expired" })} ] }`;
  const answer = await call("respond/bulk", body);
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.body, {
    processed: 3,
    succeeded: 1,
    failed: 2,
    errors: [{ index: 1, error: "Outcome type not found: new_key" }, { index: 2, error: "Outcome type not found: expired" }],
  });
  assert.equal(api.calls[0].text, body);
  assert.deepEqual([events, letters, guard.unknownKeys()], [[], [], [{ key: "new_key", count: 1 }]]);
});

test("whatever the rules say, what only the registry says withholds nothing", async (t) => {
  const api = await upstream(t);
  const { call } = await edge(t, api, { registry, rules: { unknown_outcome_type: "error", inactive_outcome_type: "error", unknown_field: "error" } });
  assert.equal((await call("respond/bulk", bodyOf({ ...ITEM, outcome: "new_key" }))).status, 422);
  assert.equal(api.calls.length, 1);
  assert.equal((await call("respond/bulk", bodyOf({ ...ITEM, odd: 1 }))).status, 422);
  assert.equal(api.calls.length, 1, "a rule about the document withholds");
});

test("malformed items are withheld, the others go on, and the answer names the places of all", async (t) => {
  for (const indexBase of [0, 1]) {
    const api = await upstream(t);
    api.answer = (req, res, body) => {
      const { outcomes } = JSON.parse(body);
      const index = outcomes.findIndex(({ outcome }) => outcome === "new_key") + indexBase;
      reply(res, 200, { processed: 3, succeeded: 2, failed: 1, errors: [{ index, error: "unknown", code: "X" }], traceId: "t" }, { "X-Trace": "1", "Content-MD5": "x" });
    };
    const { call, events, letters } = await edge(t, api, { registry, indexBase });
    const odd = '{"customerId" : "C\\u0043", "outcome":"click" , "big":12345678901234567890}';
    const body = `{"outcomes":[${odd},${JSON.stringify(ITEM)}, ${JSON.stringify(BAD)},${JSON.stringify({ ...ITEM, outcome: "new_key" })},\n${JSON.stringify(ITEM)}]}`;
    const answer = await call("respond/bulk", body, { ...JSON_TYPE, "Content-MD5": "abc", Digest: "sha-256=abc", Authorization: "Bearer x" });
    assert.equal(answer.status, 200);
    const { issues, ...rest } = answer.body;
    assert.deepEqual(rest, {
      processed: 5,
      succeeded: 2,
      failed: 3,
      errors: [{ index: indexBase, error: "Missing `offerId`" }, { index: 2 + indexBase, error: "Missing `offerId`" }, { index: 3 + indexBase, error: "unknown", code: "X" }],
      traceId: "t",
    });
    assert.deepEqual(issues.map(({ path }) => path), [["outcomes", 0, "offerId"], ["outcomes", 2, "offerId"]]);
    assert.deepEqual([answer.headers["x-trace"], answer.headers["content-md5"], answer.headers["content-type"]], ["1", undefined, "application/json"]);
    const [seen] = api.calls;
    assert.equal(seen.text, `{"outcomes":[${JSON.stringify(ITEM)}, ${JSON.stringify({ ...ITEM, outcome: "new_key" })},\n${JSON.stringify(ITEM)}]}`);
    assert.deepEqual([seen.headers["content-md5"], seen.headers.digest, seen.headers["content-length"]], [undefined, undefined, String(seen.text.length)]);
    assert.deepEqual(letters.map(({ bytes, index, path }) => [Buffer.from(bytes).toString(), index, path]), [[odd, 0, "/respond/bulk"], [JSON.stringify(BAD), 2, "/respond/bulk"]]);
    assert.equal(letters[0].headers.authorization, undefined, "credentials are nobody's to keep");
    assert.deepEqual(events.map(({ type, indexes, size }) => [type, indexes, size]), [["withheld", [0, 2], 5]]);
  }
});

test("what was sent fails as well: 422", async (t) => {
  const api = await upstream(t);
  const { call } = await edge(t, api, { registry });
  const answer = await call("respond/bulk", bodyOf(BAD, { ...ITEM, outcome: "new_key" }));
  assert.deepEqual([answer.status, answer.body.processed, answer.body.succeeded, answer.body.failed], [422, 2, 0, 2]);
  assert.deepEqual(answer.body.errors.map(({ index }) => index), [0, 1]);
});

test("all items malformed: 422 without a call", async (t) => {
  const api = await upstream(t);
  const { call, letters } = await edge(t, api, { registry });
  const answer = await call("respond/bulk", bodyOf(...Array(1000).fill(BAD)));
  assert.deepEqual([answer.status, answer.body.processed, answer.body.failed, answer.body.errors.length], [422, 1000, 1000, 1000]);
  assert.deepEqual([api.calls, letters.length], [[], 1000]);
});

test("one of a thousand is withheld, a thousand and one are refused", async (t) => {
  const api = await upstream(t);
  const { call } = await edge(t, api, { registry });
  const items = Array(1000).fill(ITEM);
  const answer = await call("respond/bulk", bodyOf(...items.with?.(700, BAD) ?? items.map((item, index) => (index === 700 ? BAD : item))));
  assert.deepEqual([answer.status, answer.body.succeeded, answer.body.errors], [200, 999, [{ index: 700, error: "Missing `offerId`" }]]);
  const refused = await call("respond/bulk", bodyOf(...items, ITEM));
  assert.deepEqual([refused.status, codes(refused)], [400, ["too_many_items"]]);
  assert.equal(api.calls.length, 1);
});

test("a broken envelope is refused, and kept as a whole", async (t) => {
  const api = await upstream(t);
  const { call, letters } = await edge(t, api, { registry });
  for (const [body, code] of [["{}", "required"], ['{"outcomes":[]}', "empty_batch"], ['{"outcomes":[1}', "invalid_json"], ['{"outcomes":[],"outcomes":[]}', "duplicate_field"]]) {
    const answer = await call("respond/bulk", body);
    assert.equal(answer.status, 400);
    assert.ok(codes(answer).includes(code), answer.text);
    const { bytes, index } = letters.at(-1);
    assert.deepEqual([Buffer.from(bytes).toString(), index], [body, undefined]);
  }
  assert.deepEqual(api.calls, []);
});

test("what is sealed is never rewritten: 400 with every index", async (t) => {
  const api = await upstream(t);
  const body = bodyOf(BAD, ITEM, BAD);
  for (const name of ["Content-Digest", "Signature", "Idempotency-Key"]) {
    const { call, letters } = await edge(t, api, { registry });
    const answer = await call("respond/bulk", body, { ...JSON_TYPE, [name]: "x" });
    assert.equal(answer.status, 400, name);
    assert.deepEqual(answer.body.issues.map(({ path }) => path[1]), [0, 2]);
    assert.deepEqual(letters.map(({ bytes, index }) => [Buffer.from(bytes).toString(), index]), [[body, undefined]]);
    assert.equal((await call("respond/bulk", bodyOf(ITEM), { ...JSON_TYPE, [name]: "x" })).status, 200);
    assert.deepEqual([api.calls.at(-1).text, api.calls.at(-1).headers[name.toLowerCase()]], [bodyOf(ITEM), "x"]);
  }
  assert.equal(api.calls.length, 3);
});

test("an answer that says that nothing was recorded passes unchanged, and nothing is kept", async (t) => {
  const api = await upstream(t);
  for (const [status, body] of [[429, '{"error":"slow down"}'], [500, "<html>"], [400, '{"error":{}}'], [302, ""]]) {
    api.answer = (req, res) => reply(res, status, body, { "Retry-After": "7", Location: "/elsewhere" });
    const { call, letters, events } = await edge(t, api, { registry });
    const answer = await call("respond/bulk", bodyOf(ITEM, BAD));
    assert.deepEqual([answer.status, answer.text, answer.headers["retry-after"], letters, events], [status, body, "7", [], []]);
  }
});

test("an answer that cannot be read is none: 502, and the withheld items are named and kept", async (t) => {
  const api = await upstream(t);
  for (const body of ["<html>", "null", '{"processed":1}', '{"succeeded":"1"}']) {
    api.answer = (req, res) => reply(res, 200, body);
    const { call, types, letters } = await edge(t, api, { registry });
    const answer = await call("respond/bulk", bodyOf(ITEM, BAD));
    assert.deepEqual([answer.status, answer.body.error.code, codes(answer)], [502, "BAD_GATEWAY", ["required"]]);
    assert.deepEqual([types(), letters.length], [["withheld", "upstream_failed"], 1]);
  }
});

test("an answer that breaks off is none: 502, and nothing is kept, for all of it will come again", async (t) => {
  const api = await upstream(t);
  api.answer = (req, res) => {
    res.writeHead(200, { "Content-Length": 100 });
    res.write('{"processed"');
    setTimeout(() => res.destroy(), 20);
  };
  const { call, events, letters } = await edge(t, api, { registry });
  assert.equal((await call("respond/bulk", bodyOf(ITEM, BAD))).status, 502);
  assert.deepEqual([events.map(({ reason }) => reason), letters], [["network"], []]);
});

test("a client's list, of yesterday or none, decides nothing of a bulk body", async (t) => {
  const api = await upstream(t);
  const client = clientOf(api, { cooldownDuration: 0 });
  const { call } = await edge(t, api, { registry: client, onUnavailable: "reject" });
  assert.equal((await call("respond/bulk", bodyOf(ITEM, { ...ITEM, outcome: "new_key" }))).status, 200);
  api.list = { data: [QUOTE] };
  await client.reload();
  assert.equal((await call("respond/bulk", bodyOf({ ...ITEM, outcome: "new_key" }, BAD))).status, 422);
  assert.equal(api.calls.length, 2);
});

test("`report` forwards bulk bodies as they are", async (t) => {
  const api = await upstream(t);
  const { call, types, letters } = await edge(t, api, { registry, mode: "report" });
  const body = bodyOf(ITEM, BAD);
  assert.equal((await call("respond/bulk", body)).status, 200);
  assert.deepEqual([api.calls[0].text, types(), letters], [body, ["reported"], []]);
});
