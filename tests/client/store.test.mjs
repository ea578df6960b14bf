// The last good list outlives the process: what is kept, what is taken of it, and a store that is slow, fails or has
// rubbish; then its adapters against places that are as strict as the real ones.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { cacheStore, denoKvStore, kvStore, memoryStore } from "../../pkg/dist/client.js";
import { clientOf, clockOf, gate, list, pause, startApi, tagged, text, until } from "./api.mjs";

/** A store with the list of an API that was asked once. */
async function filled(t, keys = ["one"], tag = '"1"') {
  const texts = new Map();
  const api = await startApi(t, tagged(list(keys), tag));
  const store = memoryStore(texts);
  await clientOf(api, { store, tenant: "t_1" }).client.get();
  await until(() => texts.size === 1);
  return { api, texts, store };
}

test("the next start has the last good list, and asks whether it is still the same", async (t) => {
  const clock = clockOf(t);
  const { api, texts, store } = await filled(t);
  const [[key, kept]] = texts;
  assert.equal(key, `kaireon-outcomes:1:["${api.url}","t_1"]`);
  const { savedAt, list: rows, ...others } = JSON.parse(kept);
  assert.deepEqual([others, rows.data.map(({ key }) => key), Date.now() - savedAt < 10_000], [{ version: 1, etag: '"1"' }, ["one"], true]);

  // Within a minute, on the same clock, it is as good as asked for.
  const young = clientOf(api, { store, tenant: "t_1" });
  assert.equal((await young.client.get()).has("one"), true);
  assert.deepEqual([young.client.state, young.types(), api.requests.length], ["fresh", ["restored"], 1]);
  // But no key is refused on its word.
  assert.notEqual(await young.client.confirm(savedAt), undefined);
  assert.equal(api.requests.length, 2);

  clock.advance(60_001);
  const old = clientOf(api, { store, tenant: "t_1" });
  const registry = await old.client.get();
  assert.deepEqual([old.client.state, registry.has("one")], ["stale", true]);
  await until(() => old.client.state === "fresh");
  assert.deepEqual([old.types(), old.client.current === registry], [["restored", "not_modified"], true]);
  assert.equal(old.events[0].savedAt, savedAt);
});

test("the API is down at the start: the stored list serves, and another tenant's never does", async (t) => {
  const clock = clockOf(t);
  const { api, store } = await filled(t);
  api.answer = text("", {}, 503);
  clock.advance(86_400_000);
  const mine = clientOf(api, { store, tenant: "t_1" });
  assert.equal((await mine.client.get()).has("one"), true);
  await until(() => mine.types().includes("failed"));
  assert.equal(mine.client.state, "stale");
  for (const options of [{ tenant: "t_2" }, { tenant: "" }, { tenant: "t_1", url: `${api.url}/` }, { tenant: '","t_1' }]) {
    const { client } = clientOf({ url: options.url ?? api.url }, { store, tenant: options.tenant });
    assert.deepEqual([(await client.get()).has("one"), client.state], [false, "defaults"]);
  }
});

test("a list that grew without being whole, and a change, are kept too", async (t) => {
  const { api, texts, store } = await filled(t);
  api.answer = tagged(list(["two"], { hasMore: true }), '"2"');
  const { client } = clientOf(api, { store, tenant: "t_1" });
  await client.reload();
  await until(() => [...texts.values()][0].includes("two"));
  api.answer = text("", {}, 500);
  const { client: next } = clientOf(api, { store, tenant: "t_1" });
  const registry = await next.get();
  assert.deepEqual([registry.complete, registry.has("two"), registry.has("one")], [false, true, false]);
});

test("with a bundled list the store is only written", async (t) => {
  const { api, texts, store } = await filled(t);
  texts.clear();
  const { client, types } = clientOf(api, { tenant: "t_1", initial: list(["old"]), store: { ...store, get: () => assert.fail("was read") } });
  await client.get();
  await until(() => texts.size === 1);
  assert.deepEqual(types(), ["loaded"]);
});

test("an empty store is asked once, and other clients' with their own key", async (t) => {
  const api = await startApi(t, text("", {}, 503));
  const asked = [];
  const store = { get: (key) => void asked.push(key), set: () => assert.fail("was written") };
  for (const tenant of ["a", "b"]) {
    const { client } = clientOf(api, { store, tenant });
    for (let time = 0; time < 3; time += 1) await client.get();
  }
  assert.deepEqual(asked, ["a", "b"].map((tenant) => `kaireon-outcomes:1:${JSON.stringify([api.url, tenant])}`));
});

const RUBBISH = {
  "no JSON": "rubbish",
  "an empty text": "",
  "another version": '{"version":2}',
  "no time": '{"version":1,"list":{"data":[]}}',
  "no list": '{"version":1,"savedAt":1}',
  "another list": '{"version":1,"savedAt":1,"list":{"data":7}}',
  "null": "null",
  "no text": 7,
  "bytes": new Uint8Array(8),
};

for (const [name, rubbish] of Object.entries(RUBBISH)) {
  test(`a store with rubbish: ${name}`, async (t) => {
    const api = await startApi(t, text(list(["one"])));
    const { client, events } = clientOf(api, { store: { get: async () => rubbish, set() {} } });
    assert.equal((await client.get()).has("one"), true);
    assert.deepEqual(events.map(({ type, operation }) => [type, operation]), [["store_failed", "get"], ["loaded", undefined]]);
  });
}

test("a tag that no header can hold is not sent", async (t) => {
  const api = await startApi(t, text(list(["one"])));
  const kept = JSON.stringify({ version: 1, savedAt: 1, etag: "a\r\nX-Evil: 1", lastModified: 7, list: JSON.parse(list(["old"])) });
  const { client } = clientOf(api, { store: { get: () => kept, set() {} } });
  assert.equal((await client.get()).has("old"), true);
  await until(() => client.current.has("one"));
  const { headers } = api.requests[0];
  assert.deepEqual([headers["if-none-match"], headers["if-modified-since"], headers["x-evil"]], [undefined, undefined, undefined]);
});

const BROKEN = {
  "throws": () => {
    throw new Error("broken");
  },
  "rejects": async () => {
    throw new Error("broken");
  },
};

for (const [name, broken] of Object.entries(BROKEN)) {
  test(`a store that ${name} is an event, and no failure`, async (t) => {
    const api = await startApi(t, text(list(["one"])));
    const { client, events } = clientOf(api, { store: { get: broken, set: broken } });
    assert.equal((await client.get()).has("one"), true);
    await until(() => events.length === 3);
    assert.deepEqual(events.map(({ type, operation, error }) => [type, operation, error?.message]), [
      ["store_failed", "get", "broken"],
      ["loaded", undefined, undefined],
      ["store_failed", "set", "broken"],
    ]);
    assert.equal(client.state, "fresh");
  });
}

test("a store that never answers costs a second at most, once, and fails no load", async (t) => {
  const api = await startApi(t, text(list(["one"])));
  const never = () => new Promise(() => {});
  const { client, events } = clientOf(api, { store: { get: never, set: never }, revalidateTimeout: 50, timeoutDuration: 2_000 });
  const began = Date.now();
  assert.equal((await client.get()).has("one"), true);
  assert.ok(Date.now() - began < 1_500);
  assert.equal((await client.reload()).has("one"), true);
  await pause(2_100);
  assert.deepEqual(events.map(({ type }) => type), ["store_failed", "loaded", "loaded"]);
});

test("what a slow store says when the API was quicker, or something was set, is late", async (t) => {
  const { api, store } = await filled(t, ["old"]);
  const held = gate();
  const slow = { ...store, get: async (key) => (await held.opened, store.get(key)) };
  api.answer = text(list(["new"]));
  const { client, types } = clientOf(api, { tenant: "t_1", store: slow, revalidateTimeout: 5_000 });
  const waiting = client.get();
  const now = await client.reload();
  held.open();
  assert.deepEqual([await waiting === now, now.has("new"), types()], [true, true, ["loaded"]]);
});

test("what was set before the store was asked is not overwritten by what it has", async (t) => {
  const { api, store } = await filled(t, ["old"]);
  const held = gate();
  api.answer = async (_, response) => (await held.opened, response.end(list(["mine"])));
  const { client, types } = clientOf(api, { tenant: "t_1", store });
  client.set(client.current.with({ key: "mine", name: "Mine" }));
  const waiting = client.get();
  await until(() => api.requests.length === 2);
  assert.deepEqual([client.current.has("mine"), client.current.has("old")], [true, false]);
  held.open();
  assert.equal((await waiting).complete, true);
  assert.deepEqual(types(), ["loaded"]);
});

test("`waitUntil` holds the writing too", async (t) => {
  const held = gate();
  let written = false;
  const api = await startApi(t, text(list(["one"])));
  const store = { get: () => undefined, set: async () => (await held.opened, (written = true)) };
  const kept = [];
  const { client } = clientOf(api, { store });
  await client.get({ waitUntil: (promise) => kept.push(promise) });
  assert.equal(await Promise.race([...kept, pause(50).then(() => "still held")]), "still held");
  assert.equal(written, false);
  held.open();
  await Promise.all(kept);
  assert.equal(written, true);
});

const LONG = `key ${"é".repeat(3_000)}`;

/** What every place does: keeps texts by key, tells long keys apart, has nothing where nothing was put. */
async function keeps(store) {
  const texts = { "kaireon-outcomes:1:[\"http://x\",\"t\"]": "short", [`${LONG}1`]: "one", [`${LONG}2`]: "two" };
  for (const key of Object.keys(texts)) assert.equal((await store.get(key)) ?? undefined, undefined);
  for (const [key, value] of Object.entries(texts)) await store.set(key, value);
  for (const [key, value] of Object.entries(texts)) assert.equal(await store.get(key), value);
  for (const value of ["x", `${"é😀".repeat(50_000)}y`, "z".repeat(70_001), ""]) {
    await store.set("again", value);
    assert.equal(await store.get("again"), value);
  }
}

test("memory keeps texts", () => keeps(memoryStore()));

test("Cloudflare KV keeps texts, its keys at most 512 bytes", async () => {
  const entries = new Map();
  const checked = (key) => {
    if (typeof key !== "string" || key === "" || Buffer.byteLength(key) > 512) throw new Error("414 UTF-8 encoded length of key exceeds 512");
    return Buffer.from(key).toString();
  };
  await keeps(kvStore({ get: async (key) => entries.get(checked(key)) ?? null, put: async (key, value) => void entries.set(checked(key), value) }));
});

test("a Cache keeps texts, under addresses, for as long as it is told", async () => {
  const entries = new Map();
  const cache = {
    match: async (key) => entries.get(new Request(key).url)?.clone(),
    async put(key, response) {
      if (!(response instanceof Response) || response.status !== 200 || response.headers.has("Set-Cookie")) throw new TypeError("Cannot cache");
      entries.set(new Request(key).url, response);
    },
  };
  let opened = 0;
  const opens = () => ((opened += 1), Promise.resolve(cache));
  for (const given of [cache, opens]) {
    entries.clear();
    await keeps(cacheStore(given, 60));
  }
  assert.ok(opened > 0);
  for (const [url, response] of entries) {
    assert.match(url, /^https:\/\/kaireon-outcomes\.invalid\//);
    assert.equal(response.headers.get("Cache-Control"), "max-age=60");
  }
});

/** As strict as Deno's: keys of 2 KiB, values of 64 KiB in V8's own form, read back as copies. */
function strictKv(entries = new Map()) {
  const place = (key) => {
    if (Buffer.byteLength(key.join("")) > 2_000) throw new TypeError("Key too large for read (max 2048 bytes)");
    return JSON.stringify(key);
  };
  return {
    get: async (key) => ({ value: structuredClone(entries.get(place(key)) ?? null) }),
    async set(key, value) {
      if (JSON.stringify(value).length * 2 > 65_536) throw new TypeError("Value too large (max 65536 bytes)");
      entries.set(place(key), structuredClone(value));
    },
  };
}

test("Deno KV keeps texts, in parts", () => keeps(denoKvStore(strictKv())));

test("Deno KV: two writers at once leave one of the two texts, or none, and never a mixture", async () => {
  const texts = ["a", "b"].map((letter) => letter.repeat(100_000));
  for (let turn = 0; turn < 50; turn += 1) {
    const kv = strictKv();
    const slow = (method) => async (...words) => (await new Promise((done) => setTimeout(done, Math.random() * 2)), kv[method](...words));
    const store = denoKvStore({ get: slow("get"), set: slow("set") });
    const read = [];
    await Promise.all([...texts.map((value) => store.set("key", value)), (async () => { for (let time = 0; time < 5; time += 1) read.push(await store.get("key")); })()]);
    read.push(await store.get("key"));
    for (const value of read) assert.ok(value === undefined || texts.includes(value), value?.slice(0, 10));
  }
});

test("the real Deno KV keeps texts", () => {
  const script = `import { denoKvStore } from "./dist/client.js";
    const store = denoKvStore(await Deno.openKv(":memory:"));
    const texts = ["x", "é😀".repeat(50_000) + "y", "\\u4e16".repeat(60_001), "z".repeat(70_001), ""];
    const keys = ["short", "é".repeat(3_000)];
    for (const key of keys) if (await store.get(key) !== undefined) throw new Error("there is something");
    for (const text of texts) for (const key of keys) {
      await store.set(key, text);
      if (await store.get(key) !== text) throw new Error("another text of " + text.length);
    }
    console.log("kept");
    Deno.exit(0);`;
  const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
  // From the package's own folder, by whose package.json Deno finds what the client imports by name.
  const words = ["eval", "--unstable-kv", "--no-remote", "--ext=mjs", script];
  const env = { ...process.env, NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" };
  assert.equal(execFileSync(at("tests/node_modules/.bin/deno"), words, { cwd: at("pkg"), env, encoding: "utf8", timeout: 120_000 }).trim(), "kept");
});
