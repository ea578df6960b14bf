// A client for each of many tenants: the ones used last, and never another's list.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createRegistryPool, memoryStore } from "../../pkg/dist/client.js";
import { list, startApi } from "./api.mjs";

/** An API that gives each tenant its own list, after a while of its own. */
const ofTenants = (delay = () => 0) => (request, response) => {
  const tenant = request.headers["x-tenant-id"];
  setTimeout(() => response.end(list([`of_${tenant}`])), delay(tenant));
};

test("two tenants interleaved never get each other's list", async (t) => {
  const api = await startApi(t, ofTenants((tenant) => (tenant === "a" ? 40 : Math.random() * 20)));
  const store = memoryStore();
  const made = [];
  const pool = createRegistryPool({
    tenant(name, context) {
      made.push([name, context]);
      return { url: api.url, tenant: "a word of the options", store, headers: { "X-Tenant-Id": name } };
    },
  });
  const names = Array.from({ length: 60 }, (_, at) => (at % 2 ? "a" : "b"));
  await Promise.all(
    names.map(async (name, at) => {
      const client = pool.get(name, { at });
      const registry = at % 3 === 0 ? await client.reload() : await client.get();
      assert.deepEqual([client.tenant, registry.size, registry.has(`of_${name}`)], [name, 11, true]);
    }),
  );
  assert.deepEqual([made, pool.size], [[["b", { at: 0 }], ["a", { at: 1 }]], 2]);
  assert.notEqual(pool.get("a").current, pool.get("b").current);
});

test("the one that nobody asked for longest goes first, and comes back from the store", async (t) => {
  const api = await startApi(t, ofTenants());
  const store = memoryStore();
  const events = [];
  const pool = createRegistryPool({
    max: 2,
    tenant: (name) => ({ url: api.url, store, headers: { "X-Tenant-Id": name }, onEvent: ({ type }) => events.push(`${name} ${type}`) }),
  });
  const a = pool.get("a");
  const b = pool.get("b");
  for (const client of [a, b]) await client.get();
  assert.equal(pool.get("a"), a);
  await pool.get("c").get();
  assert.equal(pool.size, 2);
  assert.equal(pool.get("a"), a);
  // It was dropped, but whoever has it goes on with it.
  assert.equal((await b.get()).has("of_b"), true);
  const again = pool.get("b");
  assert.notEqual(again, b);
  assert.equal((await again.get()).has("of_b"), true);
  assert.deepEqual(events, ["a loaded", "b loaded", "c loaded", "b restored"]);
  assert.equal(api.requests.length, 3);
});

test("a thousand tenants", async (t) => {
  const api = await startApi(t, ofTenants());
  const pool = createRegistryPool({ tenant: (name) => ({ url: api.url, headers: { "X-Tenant-Id": name }, timeoutDuration: 60_000 }) });
  const names = Array.from({ length: 1_000 }, (_, at) => `t${at}`);
  for (let at = 0; at < names.length; at += 50) await Promise.all(names.slice(at, at + 50).map((name) => pool.get(name).get()));
  assert.deepEqual([pool.size, api.requests.length], [1_000, 1_000]);
  for (const name of names) {
    const { current } = pool.get(name);
    assert.deepEqual([current.size, current.has(`of_${name}`)], [11, true]);
  }
  assert.equal(pool.size, 1_000);
  const oldest = pool.get("t0");
  for (let at = 0; at < 999; at += 1) pool.get(`new_${at}`);
  assert.deepEqual([pool.size, pool.get("t0") === oldest, pool.get("new_0").tenant], [1_000, true, "new_0"]);
});

test("what makes no sense is refused, and leaves nothing behind", () => {
  const tenant = () => {
    throw new Error("no such tenant");
  };
  const pool = createRegistryPool({ tenant });
  assert.throws(() => pool.get("a"), /no such tenant/);
  for (const name of ["", undefined, 7]) assert.throws(() => pool.get(name), TypeError);
  assert.equal(pool.size, 0);
  for (const options of [{}, { tenant, max: 0 }, { tenant, max: 1.5 }, { tenant, max: Infinity }]) assert.throws(() => createRegistryPool(options), TypeError);
});
