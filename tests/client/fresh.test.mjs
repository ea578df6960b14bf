// A list is asked for again when it is old, and by whom; answers that cross; `set`; who listens.

import assert from "node:assert/strict";
import { test } from "node:test";
import { OutcomeRegistry } from "../../pkg/dist/index.js";
import { clientOf, clockOf, gate, list, pause, respond, startApi, tagged, text, until } from "./api.mjs";

const MINUTE = 60_000;

test("nothing is asked before the first question", async (t) => {
  const api = await startApi(t, text(list(["good"])));
  const { client, events } = clientOf(api);
  client.subscribe(() => {})();
  assert.deepEqual([client.state, client.current.size, client.tenant], ["defaults", 10, ""]);
  await pause(30);
  assert.deepEqual([api.requests.length, events.length], [0, 0]);
});

test("a fresh list is handed out without a request, an old one at once while it is asked for", async (t) => {
  const clock = clockOf(t);
  const api = await startApi(t, text(list(["one"])));
  const { client, types } = clientOf(api);
  const one = await client.get();
  assert.deepEqual([client.state, await client.get(), api.requests.length], ["fresh", one, 1]);
  assert.deepEqual([one.complete, respond(one, "one"), respond(one, "two")], [true, true, false]);

  clock.advance(MINUTE);
  const held = gate();
  api.answer = async (_, response) => (await held.opened, response.end(list(["two"])));
  assert.equal(client.state, "stale");
  assert.equal(await client.get(), one);
  assert.equal(await client.get(), one);
  await until(() => api.requests.length === 2);
  held.open();
  await until(() => client.current !== one);
  assert.deepEqual([client.state, client.current.has("two"), api.requests.length], ["fresh", true, 2]);
  assert.deepEqual(types(), ["loaded", "loaded"]);
});

test("what is asked for: headers, the address, a list that is known", async (t) => {
  const api = await startApi(t, tagged(list(["one"]), '"1"'));
  const { client, types } = clientOf(api, { headers: { "X-API-Key": "secret" } });
  const one = await client.reload();
  assert.equal(await client.reload(), one);
  api.answer = tagged(list(["two"]), '"2"');
  const two = await client.reload();
  assert.deepEqual([two.has("two"), await client.reload() === two], [true, true]);
  assert.deepEqual(types(), ["loaded", "not_modified", "loaded", "not_modified"]);
  assert.deepEqual(api.requests.map(({ headers }) => headers["if-none-match"]), [undefined, '"1"', '"1"', '"2"']);
  for (const { headers, url, method } of api.requests) {
    assert.deepEqual([method, url, headers["x-api-key"], headers.accept], ["GET", "/api/v1/outcome-types", "secret", "application/json"]);
  }
});

test("a date does where there is no tag", async (t) => {
  const date = "Tue, 10 Mar 2026 14:30:00 GMT";
  const api = await startApi(t, (request, response) => {
    const known = request.headers["if-modified-since"] === date;
    response.writeHead(known ? 304 : 200, { "Last-Modified": date }).end(known ? undefined : list(["one"]));
  });
  const { client, types } = clientOf(api);
  await client.reload();
  await client.reload();
  assert.deepEqual(types(), ["loaded", "not_modified"]);
});

test("where a conditional request gets nowhere, the next one is none", async (t) => {
  // As in a page of another origin that may not send `If-None-Match`.
  const api = await startApi(t, (request, response) => (request.headers["if-none-match"] ? request.socket.destroy() : response.writeHead(200, { ETag: '"1"' }).end(list(["one"]))));
  const { client, types } = clientOf(api);
  await client.reload();
  await assert.rejects(client.reload(), { reason: "network" });
  await client.reload();
  assert.deepEqual(types(), ["loaded", "failed", "loaded"]);
});

test("of two loads that cross, the one that began later counts", async (t) => {
  const gates = [gate(), gate()];
  const api = await startApi(t, async (_, response) => {
    const turn = api.requests.length - 1;
    await gates[turn].opened;
    response.end(list([`load_${turn}`]));
  });
  const { client, types } = clientOf(api);
  const first = client.reload();
  await until(() => api.requests.length === 1);
  const second = client.reload();
  await until(() => api.requests.length === 2);
  gates[1].open();
  const later = await second;
  gates[0].open();
  assert.equal(await first, later);
  assert.deepEqual([client.current.has("load_1"), client.current.has("load_0")], [true, false]);
  assert.deepEqual(types(), ["loaded", "outdated"]);
});

test("a 304 says nothing of a list that came meanwhile", async (t) => {
  const clock = clockOf(t);
  const held = gate();
  const api = await startApi(t, tagged(list(["one"]), '"1"'));
  const { client, types } = clientOf(api);
  await client.reload();
  // Both ask whether it is still the first; one is told of another list, the later one of none: by an old replica, say.
  api.answer = async (_, response) => {
    if (api.requests.length === 2) return response.writeHead(200, { ETag: '"2"' }).end(list(["two"]));
    await held.opened;
    response.writeHead(304).end();
  };
  const loads = [client.reload(), client.reload()];
  const two = await loads[0];
  await until(() => api.requests.length === 3);
  clock.advance(30);
  held.open();
  assert.equal(await loads[1], two);
  assert.deepEqual(types(), ["loaded", "loaded", "outdated"]);
});

test("what was set is not overwritten by a load that began before, and claims nothing of the API", async (t) => {
  const clock = clockOf(t);
  const held = gate();
  const api = await startApi(t, tagged(list(["one"]), '"1"'));
  const { client, types } = clientOf(api);
  const one = await client.get();
  const since = Date.now();
  clock.advance(2 * MINUTE);
  api.answer = async (_, response) => (await held.opened, response.end(list(["one"])));
  await client.get();
  await until(() => api.requests.length === 2);
  const next = one.with({ key: "mine", name: "Mine" });
  client.set(next);
  assert.deepEqual([client.current, client.state], [next, "stale"]);
  held.open();
  await until(() => types().includes("outdated"));
  assert.equal(client.current, next);
  // No list was asked for since: nothing is refused on its word.
  assert.equal(await client.confirm(since), undefined);
  clock.advance(MINUTE);
  api.answer = tagged(list(["one", "mine"]), '"2"');
  await client.get();
  await until(() => client.state === "fresh");
  assert.equal(api.requests.at(-1).headers["if-none-match"], undefined);
  assert.throws(() => client.set({}), TypeError);
});

test("the ten and a row are no list", async (t) => {
  const api = await startApi(t, text(list(["one"])));
  const { client } = clientOf(api);
  client.set(client.current.with({ key: "mine", name: "Mine" }));
  assert.deepEqual([client.state, client.current.has("mine"), respond(client.current, "one")], ["defaults", true, true]);
  assert.equal((await client.get()).has("one"), true);
  client.set(OutcomeRegistry.from(list(["whole"])));
  assert.deepEqual([client.state, client.current.has("whole")], ["fresh", true]);
});

test("a clock that goes back makes a list old, and holds nobody up", async (t) => {
  const clock = clockOf(t);
  const api = await startApi(t, text(list(["one"])));
  const { client, events } = clientOf(api);
  await client.get();
  clock.advance(-60 * MINUTE);
  assert.equal(client.state, "stale");
  assert.equal(await client.confirm(Date.now()) !== undefined, true);
  await until(() => api.requests.length === 2 && client.state === "fresh");
  // While a request is on its way, too.
  clock.advance(2 * MINUTE);
  api.answer = (_, response) => (clock.advance(-60 * MINUTE), response.writeHead(500).end());
  await client.get();
  await until(() => events.at(-1).type === "failed");
  assert.ok(events.at(-1).retryAt - Date.now() <= 46_000, `${events.at(-1).retryAt - Date.now()} ms`);
  assert.equal(client.state, "stale");
});

test("an old list is asked for once a cooldown, longer after each failure in a row", async (t) => {
  const clock = clockOf(t);
  const api = await startApi(t, text(list(["one"])));
  const { client, events } = clientOf(api, { cacheMaxAge: 0 });
  const one = await client.get();
  api.answer = text("", {}, 503);
  let wait = 30_000;
  const waits = [];
  for (let failures = 1; failures <= 8; failures += 1) {
    clock.advance(wait - 500);
    for (let time = 0; time < 3; time += 1) assert.equal(await client.get(), one);
    assert.equal(api.requests.length, failures);
    clock.advance(501);
    assert.equal(await client.get(), one);
    await until(() => events.length === failures + 1);
    assert.equal(events.at(-1).failures, failures);
    wait = events.at(-1).retryAt - Date.now();
    const least = Math.min(30_000 * 2 ** (failures - 1), 600_000);
    waits.push(wait / least);
    assert.ok(wait > least - 500 && wait <= Math.min(least * 1.5, 600_000), `${failures}: ${wait}`);
  }
  api.answer = text(list(["two"]));
  clock.advance(wait);
  await client.get();
  await until(() => client.current !== one);
  assert.equal(client.current.has("two"), true);
  // Not every isolate asks at the same time; and the row is at its end.
  assert.ok(waits.slice(0, 4).some((ratio) => ratio > 1.001), String(waits));
  api.answer = text("", {}, 503);
  await assert.rejects(client.reload());
  assert.equal(events.at(-1).failures, 1);
});

test("requests that fail together are one failure", async (t) => {
  const api = await startApi(t, text("", {}, 500));
  const { client, events } = clientOf(api);
  const registries = await Promise.all(Array.from({ length: 50 }, () => client.get()));
  assert.deepEqual([new Set(registries).size, api.requests.length], [1, 50]);
  assert.equal(events.at(-1).failures, 1);
  assert.ok(events.at(-1).retryAt - Date.now() <= 45_000);
});

test("a failure that comes behind a later success is no reason to wait", async (t) => {
  const held = gate();
  const api = await startApi(t, async (_, response) => {
    if (api.requests.length > 1) return response.end(list(["one"]));
    await held.opened;
    response.writeHead(500).end();
  });
  const { client, events } = clientOf(api);
  const first = client.reload();
  await until(() => api.requests.length === 1);
  await client.reload();
  held.open();
  await assert.rejects(first, { status: 500 });
  assert.deepEqual([events.at(-1).type, events.at(-1).failures, client.state], ["failed", 0, "fresh"]);
});

test("no question waits for another's load unless something holds it", async (t) => {
  const held = gate();
  const api = await startApi(t, async (_, response) => (await held.opened, response.end(list(["one"]))));
  const { client } = clientOf(api);
  const waiting = [client.get(), client.get()];
  await until(() => api.requests.length === 2);
  const kept = [];
  const waitUntil = (promise) => kept.push(promise);
  waiting.push(client.get({ waitUntil }), client.get({ waitUntil }), client.get());
  await until(() => api.requests.length === 3);
  await pause(30);
  assert.deepEqual([api.requests.length, kept.length], [3, 1]);
  held.open();
  for (const registry of await Promise.all(waiting)) assert.equal(registry.has("one"), true);
  assert.equal(await kept[0], undefined);
});

test("a load whose request has died is given up by the next question, and the next but one is waited for", async (t) => {
  const clock = clockOf(t);
  // Dead promises, as a Worker leaves them behind.
  let dead = true;
  const api = await startApi(t, text(list(["one"])));
  const given = (...words) => (dead ? new Promise(() => {}) : fetch(...words));
  const { client, types } = clientOf(api, { fetch: given, timeoutDuration: 3_000, cooldownDuration: 1_000, initial: list(["old"]) });
  assert.equal((await client.get()).has("old"), true);
  dead = false;
  assert.equal((await client.get()).has("old"), true);
  clock.advance(3_001);
  assert.equal((await client.get()).has("one"), true);
  assert.deepEqual([types(), client.state], [["abandoned", "loaded"], "fresh"]);
});

test("a request that keeps what it began alive takes the old list at once even then", async (t) => {
  const clock = clockOf(t);
  const held = gate();
  const api = await startApi(t, async (_, response) => (await held.opened, response.end(list(["one"]))));
  let dead = true;
  const given = (...words) => (dead ? new Promise(() => {}) : fetch(...words));
  const { client } = clientOf(api, { fetch: given, timeoutDuration: 3_000, cooldownDuration: 1_000, initial: list(["old"]) });
  await client.get();
  dead = false;
  clock.advance(3_001);
  const kept = [];
  assert.equal((await client.get({ waitUntil: (promise) => kept.push(promise) })).has("old"), true);
  held.open();
  await kept[0];
  assert.equal(client.current.has("one"), true);
});

test("a waitUntil that throws harms nothing, and holds nothing", async (t) => {
  const api = await startApi(t, text(list(["one"])));
  const { client, types } = clientOf(api);
  const waitUntil = () => {
    throw new TypeError("Illegal invocation");
  };
  assert.equal((await client.get({ waitUntil })).has("one"), true);
  assert.deepEqual(types(), ["listener_failed", "loaded"]);
});

test("listeners hear of every other list, and of nothing else", async (t) => {
  const api = await startApi(t, tagged(list(["one"]), '"1"'));
  const { client, types } = clientOf(api);
  const heard = [];
  const listener = () => heard.push(client.current);
  const ends = [client.subscribe(listener), client.subscribe(listener)];
  client.subscribe(() => {
    throw new Error("a listener's fault");
  });
  client.subscribe(async () => {
    throw new Error("a fault that comes later");
  });
  const one = await client.reload();
  await client.reload();
  client.set(one);
  assert.deepEqual(heard, [one, one]);
  ends[0]();
  ends[0]();
  const two = one.with({ key: "two", name: "Two" });
  client.set(two);
  assert.deepEqual(heard, [one, one, two]);
  ends[1]();
  client.set(one);
  assert.equal(heard.length, 3);
  await until(() => types().filter((type) => type === "listener_failed").length === 6);
});

test("its methods need no `this`, and it is what useSyncExternalStore takes", async (t) => {
  const api = await startApi(t, text(list(["one"])));
  const { client } = clientOf(api);
  const { get, subscribe, set, reload, confirm } = client;
  const snapshot = () => client.current;
  assert.equal(snapshot(), snapshot());
  let changes = 0;
  const end = subscribe(() => (changes += 1));
  const one = await get();
  assert.deepEqual([snapshot() === one, changes], [true, 1]);
  set(one.without("one"));
  await reload();
  await confirm(0);
  assert.equal(changes, 3);
  end();
  assert.ok(Object.isFrozen(client));
});

test("who is told of a list finds it in place", async (t) => {
  const api = await startApi(t, text(list(["one"])));
  const seen = [];
  const { client } = clientOf(api, { onEvent: ({ type }) => seen.push(type, client.current.has("one"), client.state) });
  await client.get();
  assert.deepEqual(seen, ["loaded", true, "fresh"]);
});

test("what a counter throws, now or later, is nobody's business", async (t) => {
  const api = await startApi(t, text(list(["one"])));
  for (const onEvent of [() => { throw new Error("now"); }, async () => { throw new Error("later"); }]) {
    const { client } = clientOf(api, { onEvent });
    assert.equal((await client.get()).has("one"), true);
  }
});

test("a bundled list, in every form, is an old one", async (t) => {
  const api = await startApi(t, text(list(["one"])));
  const bytes = new TextEncoder().encode(list(["old"]));
  for (const initial of [list(["old"]), JSON.parse(list(["old"])), bytes, bytes.buffer, OutcomeRegistry.from(bytes)]) {
    const { client } = clientOf(api, { initial });
    assert.deepEqual([client.state, client.current.has("old"), (await client.get()).has("old")], ["stale", true, true]);
    await until(() => client.state === "fresh");
    assert.equal(client.current.has("one"), true);
  }
  const { client } = clientOf(api, { initial: null });
  assert.equal(client.state, "defaults");
});

test("messages are worded as the options say", async (t) => {
  const api = await startApi(t, text(list(["one"])));
  const { client } = clientOf(api, { message: ({ code }) => `Code ${code}` });
  const call = { customerId: "C", creativeId: "c", outcome: "none", idempotencyKey: "k" };
  assert.equal(client.current.checkRespond({ ...call, customerId: 1 }).issues[0].message, "Code invalid_type");
  assert.equal((await client.get()).checkRespond(call).issues[0].message, "Code unknown_outcome_type");
});
