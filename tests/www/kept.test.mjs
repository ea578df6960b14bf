// What was acknowledged is there after a restart: the data file, its faults, and the disk's.

import assert from "node:assert/strict";
import { once } from "node:events";
import fs from "node:fs";
import { test } from "node:test";
import { memoryJournal, NotKept, openJournal } from "../../www/server/journal.mjs";
import { createInteractions } from "../../www/server/interactions.mjs";
import { createTenant } from "../../www/server/tenant.mjs";
import { assertRefused, freshFile, serve, start, started } from "./served.mjs";

const CALL = { customerId: "C", creativeId: "c", outcome: "click" };
const ITEM = { customerId: "C", offerId: "o", outcome: "click" };
const QUOTE = { key: "quote", name: "Quote", classification: "positive", category: "response", ordinal: 7 };
const HEAD = '{"file":"kaireon-outcomes","version":1}\n';

/** A server of this process over a file, and how to end it. */
async function over(t, path) {
  const journal = await openJournal(path);
  const tenant = createTenant(journal);
  const server = await serve(t, { tenant });
  let closed = false;
  const close = () => closed || ((closed = true), journal.close());
  t.after(close);
  return { ...server, tenant, close };
}

test("types, calls and batches are there after a restart, exactly as they were", async (t) => {
  const path = freshFile(t);
  const before = await over(t, path);
  await before.call("POST", "outcome-types", QUOTE);
  await before.call("POST", "outcome-types", { ...QUOTE, key: "gone" });
  await before.call("PUT", "outcome-types/quote", { description: "2028 – é", status: "paused" });
  await before.call("DELETE", "outcome-types/gone");
  const context = { "é\u2028": [1e-7, { deep: null }] };
  const answer = await before.call("POST", "respond", { ...CALL, context, idempotencyKey: "__proto__" });
  await before.call("POST", "respond/bulk", { outcomes: [ITEM, { ...ITEM, idempotencyKey: "b" }, ITEM] });
  const asked = ["outcome-types?includeDeleted=true", "outcome-types", "interaction-history"];
  const ask = async ({ call }) => Promise.all(asked.map(async (path) => (await call("GET", path)).text));
  const tag = (await before.call("GET", "outcome-types")).headers.etag;
  const said = await ask(before);
  before.close();

  const after = await over(t, path);
  assert.deepEqual(await ask(after), said);
  assert.equal((await after.call("GET", "outcome-types", undefined, { "If-None-Match": tag })).status, 304);
  // A key that is repeated after the restart is answered as before, from calls and batches alike.
  const again = await after.call("POST", "respond", { ...CALL, customerId: "other", idempotencyKey: "__proto__" });
  assert.equal(again.text, answer.text);
  assert.equal(
    (await after.call("POST", "respond", { ...CALL, customerId: "other", idempotencyKey: "b" })).body.customerId,
    "C",
  );
  assert.deepEqual(await ask(after), said);
  // Ids go on where they were, and the registry decides as before.
  assert.equal((await after.call("POST", "outcome-types", { ...QUOTE, key: "next" })).body.id, "ot_013");
  assertRefused(await after.call("POST", "outcome-types", QUOTE), 409, "CONFLICT", ["duplicate_key"]);
});

test("a line that was being written when the process died is cut off, wherever it broke", async (t) => {
  const path = freshFile(t);
  const first = await over(t, path);
  await first.call("POST", "respond", { ...CALL, idempotencyKey: "a" });
  const kept = fs.readFileSync(path);
  await first.call("POST", "respond/bulk", { outcomes: [ITEM, { ...ITEM, customerId: "é" }] });
  first.close();
  const whole = fs.readFileSync(path);
  for (const length of [
    kept.length + 1,
    kept.length + 70,
    whole.indexOf("é") + 1,
    whole.length - 2,
    whole.length - 1,
  ]) {
    fs.writeFileSync(path, whole.subarray(0, length));
    const { call, tenant, close } = await over(t, path);
    assert.equal(tenant.cut, length - kept.length);
    assert.deepEqual(fs.readFileSync(path), kept);
    assert.equal((await call("GET", "interaction-history")).body.pagination.total, 1);
    assert.equal((await call("POST", "respond", { ...CALL, idempotencyKey: "new" })).status, 200);
    close();
    const again = await over(t, path);
    assert.equal((await again.call("GET", "interaction-history")).body.pagination.total, 2);
    again.close();
  }
  for (let length = 0; length < HEAD.length; length += 1) {
    fs.writeFileSync(path, HEAD.slice(0, length));
    (await over(t, path)).close();
    assert.equal(fs.readFileSync(path, "utf8"), HEAD);
  }
});

test("a file that cannot be read stops the start with one sentence, and is left as it is", async (t) => {
  const path = freshFile(t);
  const row = '{"outcomeType":{"key":"a","isSystem":false}}\n';
  for (const [text, sentence] of [
    [`${HEAD}nonsense\n`, /cannot be read in line 2 \(.*\); repair or remove the line, or begin another file\.$/],
    [`${HEAD}${row}{"outcomeType"\n${row}`, /in line 3 /],
    [`${HEAD}\n`, /in line 2 /],
    [`${HEAD}{"interactions":[{}]}\n`, /in line 2 \(it is no list of interactions\)/],
    [`${HEAD}{"interactions":7}\n`, /in line 2 \(it is no list of interactions\)/],
    [`${HEAD}{"outcomeType":null}\n`, /in line 2 \(it is no row of a custom type\)/],
    [`${HEAD}{"other":1}\n`, /in line 2 \(it is no record of this server\)/],
    [`${HEAD}null\n`, /in line 2 \(it is no record of this server\)/],
    [`${HEAD}{"outcomeType":{"key":"click","isSystem":true}}\n`, /in line 2 \(it is no row of a custom type\)/],
    [`${HEAD}"\xff"\n`, /in line 2 \(it is no UTF-8\)/],
    ['{"name":"a file of somebody else"}', /is no file of this server, and is left as it is\.$/],
    ["# README\n", /is no file of this server/],
  ]) {
    const bytes = Buffer.from(text, "latin1");
    fs.writeFileSync(path, bytes);
    const { child, said, ended } = start(t, ["--port", "0", "--data", path]);
    await ended;
    assert.equal(child.exitCode, 1);
    assert.equal(said.out, "");
    assert.match(said.error.trimEnd(), sentence);
    assert.equal(said.error.trimEnd().split("\n").length, 1);
    assert.deepEqual(fs.readFileSync(path), bytes);
  }
  for (const [words, sentence] of [
    [["--data", `${path}/x`], /cannot be opened/],
    [["--data", "/"], /cannot be opened/],
    [["--data", "/dev/null"], /is no file\.$/],
  ]) {
    const { child, said, ended } = start(t, ["--port", "0", ...words]);
    await ended;
    assert.equal(child.exitCode, 1);
    assert.match(said.error.trimEnd(), sentence);
  }
});

test("a second server on the same file is refused, by whatever path, until the first is killed", async (t) => {
  const path = freshFile(t);
  const first = await started(t, ["--data", path]);
  await first.call("POST", "respond", { ...CALL, idempotencyKey: "a" });
  const link = `${path}.link`;
  fs.symlinkSync(path, link);
  for (const name of [path, link]) {
    const second = start(t, ["--port", "0", "--data", name]);
    await second.ended;
    assert.equal(second.child.exitCode, 1);
    assert.equal(second.said.error, `${name} is in use by another server; stop that one first.\n`);
  }
  // Another file is nobody's business.
  const other = await started(t, ["--data", `${path}.other`]);
  other.child.kill("SIGKILL");
  first.child.kill("SIGKILL");
  await first.ended;
  const next = await started(t, ["--data", path]);
  assert.match(next.said.out, /kept in .*\(custom types: 0, interactions: 1\)/);
  next.child.kill("SIGINT");
  assert.deepEqual(await once(next.child, "exit"), [0, null]);
  assert.equal(
    (await started(t, ["--data", path]).then(({ call }) => call("GET", "interaction-history"))).body.pagination.total,
    1,
  );
});

test("a disk that fails in the middle of a line costs that request alone, and nothing half is kept", async (t) => {
  const path = freshFile(t);
  const { call, lines, close } = await over(t, path);
  await call("POST", "respond", { ...CALL, idempotencyKey: "a" });
  const kept = fs.readFileSync(path);
  const state = async () =>
    (await call("GET", "outcome-types?includeDeleted=true")).text + (await call("GET", "interaction-history")).text;
  const before = await state();
  const { writeSync } = fs;
  const fault = (code) => Object.assign(new Error(code), { code });
  const halves = (_, bytes, from, count, at) => {
    if (count < 40) throw fault("ENOSPC");
    return writeSync(_, bytes, from, count >> 1, at);
  };
  const fails = (code) => () => {
    throw fault(code);
  };
  const requests = [
    ["POST", "respond", { ...CALL, idempotencyKey: "b" }],
    ["POST", "respond/bulk", { outcomes: [ITEM, ITEM] }],
    ["POST", "outcome-types", QUOTE],
  ];
  for (const [mocked, words] of [
    [{ writeSync: halves }, /^The disk is full: nothing of this was kept$/],
    [{ fdatasyncSync: fails("EIO") }, /^The disk failed: nothing of this was kept$/],
    // What cannot be taken back at once is taken back before the next line.
    [{ writeSync: halves, ftruncateSync: fails("EIO") }, /^The disk (is full|failed): nothing/],
    [{ fdatasyncSync: fails("ENOSPC"), ftruncateSync: fails("EIO") }, /^The disk (is full|failed): nothing/],
  ]) {
    for (const request of requests) {
      const mocks = Object.entries(mocked).map(([name, made]) => t.mock.method(fs, name, made));
      const answer = await call(...request);
      assertRefused(answer, 500, "INTERNAL_SERVER_ERROR");
      assert.match(answer.body.error.message, words);
      assert.equal(await state(), before);
      for (const mock of mocks) mock.mock.restore();
      if (mocked.ftruncateSync === undefined) assert.deepEqual(fs.readFileSync(path), kept);
    }
  }
  assert.ok(lines.some((line) => line.includes("500") && line.includes("ENOSPC")));
  for (const request of requests) assert.ok((await call(...request)).status < 300);
  const after = await state();
  close();
  const again = await over(t, path);
  assert.equal(
    (await again.call("GET", "outcome-types?includeDeleted=true")).text +
      (await again.call("GET", "interaction-history")).text,
    after,
  );
});

test("a file that is removed or written to from outside keeps nothing more, and says so", async (t) => {
  const path = freshFile(t);
  const { call } = await over(t, path);
  const respond = (idempotencyKey) => call("POST", "respond", { ...CALL, idempotencyKey });
  assert.equal((await respond("a")).status, 200);
  fs.appendFileSync(path, "{}\n");
  const changed = await respond("b");
  assertRefused(changed, 500, "INTERNAL_SERVER_ERROR");
  assert.match(changed.body.error.message, /^The data file was changed from outside/);
  fs.truncateSync(path, fs.statSync(path).size - 3);
  assert.equal((await respond("b")).status, 200);
  fs.rmSync(path);
  const removed = await respond("c");
  assertRefused(removed, 500, "INTERNAL_SERVER_ERROR");
  assert.match(removed.body.error.message, /^The data file was removed/);
});

test("a file that may not grow any more, for real", { skip: process.platform === "win32" }, async (t) => {
  const path = freshFile(t);
  // 32 blocks of 512 bytes in POSIX's words, of 1,024 in some shells'.
  const { call, child, ended } = await started(t, ["--data", path], { shell: "ulimit -f 32" });
  const acknowledged = [];
  let refused = 0;
  for (let number = 0; number < 200; number += 1) {
    const context = { text: "x".repeat(number % 5 === 0 ? 5000 : 50) };
    const { status, body } = await call("POST", "respond", { ...CALL, context, idempotencyKey: `k${number}` });
    if (status === 200) acknowledged.push(body.interactionId);
    else refused += 1;
    if (status !== 200)
      assert.deepEqual([status, body.error.message], [500, "The disk is full: nothing of this was kept"]);
  }
  assert.ok(refused > 10 && acknowledged.length > 10, `${refused} ${acknowledged.length}`);
  child.kill("SIGKILL");
  await ended;
  const after = await started(t, ["--data", path]);
  const { body } = await after.call("GET", "interaction-history?limit=100");
  assert.deepEqual(
    body.data.map(({ interactionId }) => interactionId),
    acknowledged.reverse().slice(0, 100),
  );
  assert.equal(body.pagination.total, acknowledged.length);
});

test("a batch is one write and one flush, and one that repeats itself is none", async (t) => {
  const { call, close } = await over(t, freshFile(t));
  const write = t.mock.method(fs, "writeSync");
  const flush = t.mock.method(fs, "fdatasyncSync");
  const outcomes = Array.from({ length: 1000 }, (_, number) => ({ ...ITEM, idempotencyKey: `k${number}` }));
  for (let round = 0; round < 2; round += 1) {
    const { body } = await call("POST", "respond/bulk", { outcomes });
    assert.equal(body.succeeded, 1000);
    assert.deepEqual([write.mock.callCount(), flush.mock.callCount()], [1, 1]);
  }
  assert.equal((await call("GET", "interaction-history")).body.pagination.total, 1000);
  close();
});

test("beyond what the server keeps it refuses and forgets nothing", () => {
  const type = { classification: "positive", category: "response" };
  const interactions = createInteractions(memoryJournal(), { most: 3 });
  const calls = (...keys) =>
    keys.map((key) => ({ call: { customerId: key, outcome: "click", idempotencyKey: key }, type }));
  interactions.record(calls("a", "b"));
  assert.throws(() => interactions.record(calls("c", "d")), NotKept);
  assert.equal(interactions.find("c"), undefined);
  assert.equal(interactions.record(calls("c", "a", "c")).length, 1);
  assert.throws(() => interactions.record(calls("d")), NotKept);
  assert.deepEqual(
    ["a", "b", "c"].map((key) => interactions.find(key).call.customerId),
    ["a", "b", "c"],
  );
});

test("100,000 interactions are brought back within seconds", async (t) => {
  const path = freshFile(t);
  const file = fs.openSync(path, "w");
  fs.writeSync(file, HEAD);
  for (let line = 0; line < 1000; line += 1) {
    const records = Array.from({ length: 100 }, (_, nth) => {
      const call = {
        customerId: `CUST${nth}`,
        offerId: `offer_${line}`,
        outcome: "click",
        direction: "inbound",
        idempotencyKey: `key-${line}-${nth}`,
      };
      return {
        interactionId: `id-${line}-${nth}`,
        recordedAt: "2026-01-01T00:00:00.000Z",
        classification: "positive",
        category: "response",
        call,
      };
    });
    const lines = line % 2 ? records.map((record) => [record]) : [records];
    fs.writeSync(file, lines.map((interactions) => `${JSON.stringify({ interactions })}\n`).join(""));
  }
  fs.closeSync(file);
  const begun = performance.now();
  const { call } = await started(t, ["--data", path]);
  const took = performance.now() - begun;
  t.diagnostic(`started in ${Math.round(took)} ms`);
  assert.ok(took < 10_000);
  const { body } = await call("GET", "interaction-history?customerId=CUST7&limit=2");
  assert.deepEqual([body.pagination.total, body.data[0].id], [1000, "id-999-7"]);
  assert.equal((await call("POST", "respond", { ...CALL, idempotencyKey: "key-0-0" })).body.interactionId, "id-0-0");
});
