// kill -9 under load, again and again on one file: what was acknowledged is there, what was not is whole or absent.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { freshFile, started } from "./served.mjs";

const ROUNDS = 6;
const WORKERS = 6;
const BATCH = 20;
const TYPE = { name: "T", classification: "positive", category: "response" };

test("kill -9 under load loses nothing that was acknowledged", { timeout: 120_000 }, async (t) => {
  const path = freshFile(t);
  /** By idempotency key, what a call was answered. */
  const calls = new Map();
  /** By name, whether a batch was acknowledged. */
  const batches = new Map();
  /** By key, the rows that a type may have: the one acknowledged, and what was asked for since. */
  const types = new Map();

  for (let round = 0; round < ROUNDS; round += 1) {
    const { call, child, ended } = await started(t, ["--data", path]);
    let over = false;
    const work = async (worker) => {
      for (let step = 0; !over; step += 1) {
        const name = `r${round}w${worker}s${step}`;
        await [respond, bulk, createEditDelete][(worker + step) % 3](call, name);
      }
    };
    const workers = Array.from({ length: WORKERS }, (_, worker) => work(worker).catch((error) => error));
    const acknowledged = () => calls.size;
    const before = acknowledged();
    for (let waited = 0; acknowledged() === before && waited < 1000; waited += 1) await wait(5);
    await wait(Math.random() * 400);
    child.kill("SIGKILL");
    over = true;
    for (const error of await Promise.all(workers)) {
      assert.ok(error === undefined || ["ECONNRESET", "ECONNREFUSED", "EPIPE"].includes(error.code), String(error));
    }
    await ended;
    await verify(round);
  }
  const whole = [...batches.values()].filter(Boolean).length;
  t.diagnostic(`${calls.size} calls, ${whole} batches and ${types.size} types were acknowledged`);

  async function respond(call, name) {
    const { status, body } = await call("POST", "respond", {
      customerId: name,
      creativeId: "c",
      outcome: "click",
      idempotencyKey: name,
    });
    assert.equal(status, 200);
    calls.set(name, body);
  }

  async function bulk(call, name) {
    const item = (_, nth) => ({ customerId: name, offerId: "o", outcome: "save", idempotencyKey: `${name}-${nth}` });
    batches.set(name, false);
    const { status } = await call("POST", "respond/bulk", { outcomes: Array.from({ length: BATCH }, item) });
    assert.equal(status, 200);
    batches.set(name, true);
  }

  async function createEditDelete(call, key) {
    types.set(key, [undefined, { version: 1 }]);
    const created = await call("POST", "outcome-types", { ...TYPE, key });
    assert.equal(created.status, 201);
    types.set(key, [created.body, { version: 2 }]);
    const edited = await call("PUT", `outcome-types/${key}`, { description: "edited" });
    assert.equal(edited.status, 200);
    types.set(key, [edited.body, { version: 2 }]);
    if (key.endsWith("0")) return;
    assert.equal((await call("DELETE", `outcome-types/${key}`)).status, 204);
    types.set(key, [{ version: 2, deleted: true }]);
  }

  async function verify(round) {
    const { call, child, ended } = await started(t, ["--data", path]);
    const rows = [];
    for (let cursor = ""; cursor !== null;) {
      const { body } = await call("GET", `interaction-history?limit=100&cursor=${cursor}`);
      rows.push(...body.data);
      cursor = body.pagination.nextCursor;
      if (cursor === null) assert.equal(rows.length, body.pagination.total);
    }
    const byCustomer = grouped(rows);
    for (const [name, answer] of calls) {
      const found = byCustomer.get(name);
      assert.deepEqual(
        found?.map((row) => row.interactionId),
        [answer.interactionId],
        name,
      );
    }
    for (const [name, acknowledged] of batches) {
      const found = byCustomer.get(name)?.length ?? 0;
      assert.ok(found === BATCH || (found === 0 && !acknowledged), `${name}: ${found}`);
    }
    // The keys of this round's calls are known: they are answered as before, word for word.
    for (const [name, answer] of [...calls].filter(([key]) => key.startsWith(`r${round}`)).slice(-50)) {
      const again = await call("POST", "respond", {
        customerId: "X",
        creativeId: "x",
        outcome: "save",
        idempotencyKey: name,
      });
      assert.deepEqual([again.status, again.body], [200, answer]);
    }
    const { body: list } = await call("GET", "outcome-types?shape=array&includeDeleted=true");
    const found = new Map(list.map((row) => [row.key, row]));
    for (const [key, [kept, asked]] of types) {
      const row = found.get(key);
      if (row === undefined) assert.equal(kept, undefined, key);
      else if (kept?.deleted) assert.notEqual(row.deletedAt, null, key);
      else if (kept === undefined || row.version !== kept.version || row.deletedAt !== null)
        assert.equal(row.version, asked.version, key);
      else assert.deepEqual(row, kept);
    }
    assert.equal(new Set(list.map(({ id }) => id)).size, list.length);
    child.kill("SIGKILL");
    await ended;
  }
});

/** Rows by customer; `Map.groupBy` is not in Node 20. */
function grouped(rows) {
  const groups = new Map();
  for (const row of rows) groups.set(row.customerId, [...(groups.get(row.customerId) ?? []), row]);
  return groups;
}
