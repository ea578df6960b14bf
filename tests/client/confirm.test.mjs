// A key that nobody knows is a reason to ask again: how often, for how long, and whose word counts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { clientOf, clockOf, gate, list, startApi, text, until } from "./api.mjs";

test("an unknown key is a reason to ask again: once a cooldown, and only a list that was asked for since says anything", async (t) => {
  const clock = clockOf(t);
  const api = await startApi(t, text(list(["one"])));
  const { client } = clientOf(api);
  await client.get();
  clock.advance(31_000);
  api.answer = text(list(["one", "new"]));
  const since = Date.now();
  const confirmed = await client.confirm(since);
  assert.deepEqual([confirmed.has("new"), confirmed, api.requests.length], [true, client.current, 2]);
  // For every call until then the same list does; for a later one nobody asks so soon.
  assert.equal(await client.confirm(since), confirmed);
  clock.advance(10);
  assert.equal(await client.confirm(Date.now()), undefined);
  assert.equal(api.requests.length, 2);
});

test("who confirms waits no longer than it may, and for a load that is held", async (t) => {
  const held = gate();
  const api = await startApi(t, async (_, response) => (await held.opened, response.end(list(["one"]))));
  const { client } = clientOf(api, { revalidateTimeout: 100 });
  const began = Date.now();
  const waitUntil = () => {};
  assert.deepEqual(await Promise.all([client.confirm(began, { waitUntil }), client.confirm(began), client.confirm(began, { waitUntil })]), [undefined, undefined, undefined]);
  assert.ok(Date.now() - began < 5_000);
  assert.equal(api.requests.length, 1);
  held.open();
  await until(() => client.state === "fresh");
  assert.equal(await client.confirm(began), client.current);
});

test("who confirms does not wait for a load that began before the call came", async (t) => {
  const clock = clockOf(t);
  const held = gate();
  const api = await startApi(t, async (_, response) => (await held.opened, response.end(list(["one"]))));
  const { client } = clientOf(api, { initial: list(["old"]), revalidateTimeout: 60_000, timeoutDuration: 60_000 });
  const waitUntil = () => {};
  await client.get({ waitUntil });
  await until(() => api.requests.length === 1);
  clock.advance(10);
  assert.equal(await client.confirm(Date.now(), { waitUntil }), undefined);
  assert.equal(api.requests.length, 1);
  held.open();
  await until(() => client.state === "fresh");
});
