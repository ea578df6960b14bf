// A list in pages: all of them are one list, however the API words it; what never ends is stopped.

import assert from "node:assert/strict";
import { test } from "node:test";
import { clientOf, list, respond, startApi } from "./api.mjs";

const cursorOf = (request) => new URL(request.url, "http://x").searchParams.get("cursor");

/** Pages of one key each, `last` of them; `wording` is how the API says that there are more. */
const paged = (last, wording) => (request, response) => {
  const at = Number(cursorOf(request) ?? 0);
  const more = at < last - 1;
  response.setHeader("ETag", '"page"');
  response.end(list([`key_${at}`], wording(more, more ? at + 1 : null)));
};

const WORDINGS = {
  "pagination.cursor": (hasMore, cursor) => ({ pagination: { hasMore, cursor: hasMore ? `${cursor}` : null, total: 5 } }),
  "pagination.nextCursor": (hasMore, nextCursor) => ({ pagination: { hasMore, nextCursor } }),
  "at the top": (hasMore, cursor) => ({ hasMore, cursor }),
  "at the top, nextCursor": (hasMore, nextCursor) => ({ hasMore, nextCursor }),
};

for (const [name, wording] of Object.entries(WORDINGS)) {
  test(`pages are one list: ${name}`, async (t) => {
    const api = await startApi(t, paged(5, wording));
    const { client, events } = clientOf({ url: `${api.url}?limit=1#here` }, { headers: { "X-API-Key": "k" } });
    const registry = await client.get();
    assert.deepEqual([registry.complete, registry.size, api.requests.length], [true, 15, 5]);
    assert.deepEqual(api.requests.map(cursorOf), [null, "1", "2", "3", "4"]);
    for (const { url, headers } of api.requests) assert.deepEqual([url.includes("limit=1"), headers["x-api-key"]], [true, "k"]);
    assert.deepEqual([events.length, events[0].type, events[0].complete], [1, "loaded", true]);
    // What the first page is known by says nothing of the others.
    await client.reload();
    assert.equal(api.requests[5].headers["if-none-match"], undefined);
  });
}

test("a cursor is sent as it is", async (t) => {
  const cursor = "a b&c=d#é/+%";
  const api = await startApi(t, (request, response) => response.end(cursorOf(request) === cursor ? list(["b"]) : list(["a"], { hasMore: true, cursor })));
  const { client } = clientOf(api);
  const registry = await client.get();
  assert.deepEqual([registry.has("a"), registry.has("b"), registry.complete], [true, true, true]);
});

/** What says that there are more, and then does not say where, or nothing new: no key is refused on its word. */
const ENDLESS = {
  "there is no cursor": { more: () => ({ hasMore: true }), requests: 1 },
  "the cursor is empty": { more: () => ({ hasMore: true, cursor: "" }), requests: 1 },
  "the cursor is an object": { more: () => ({ hasMore: true, cursor: {} }), requests: 1 },
  "the cursor repeats": { more: () => ({ hasMore: true, cursor: "same" }), requests: 2 },
  "two cursors take turns": { more: (request) => ({ hasMore: true, cursor: cursorOf(request) === "x" ? "y" : "x" }), requests: 3 },
};

for (const [name, { more, requests }] of Object.entries(ENDLESS)) {
  test(`a list that is never whole: ${name}`, async (t) => {
    const api = await startApi(t, (request, response) => response.end(list([`key_${cursorOf(request) ?? ""}`.replace(/_$/, "_0"), "always"], more(request))));
    const { client, events } = clientOf(api);
    const registry = await client.get();
    assert.deepEqual([registry.complete, registry.has("always"), client.state, api.requests.length], [false, true, "fresh", requests]);
    assert.deepEqual([respond(registry, "always"), respond(registry, "behind_it"), events[0].complete], [true, true, false]);
  });
}

test("pages without end are stopped by the number", async (t) => {
  let asked = 0;
  const api = { url: "http://127.0.0.1:1/" };
  // A thousand real ones take seconds.
  const fetch = async () => new Response(list(["a"], { hasMore: true, cursor: `${(asked += 1)}` }));
  const { client } = clientOf(api, { fetch, timeoutDuration: 60_000 });
  const registry = await client.get();
  assert.deepEqual([asked, registry.complete, registry.has("a")], [1_001, false, true]);
});

test("pages without end are stopped by the bytes", async (t) => {
  const api = await startApi(t, (request, response) => {
    const at = Number(cursorOf(request) ?? 0);
    response.end(list([`key_${at}`], { hasMore: true, cursor: at + 1, room: " ".repeat(10_000) }));
  });
  const { client, events } = clientOf(api, { maxBytes: 55_000 });
  await client.get();
  assert.deepEqual([events[0].type, events[0].reason, client.state, api.requests.length], ["failed", "too_large", "defaults", 6]);
});

test("pages without end are stopped by the time", async (t) => {
  const api = await startApi(t, (request, response) => {
    const at = Number(cursorOf(request) ?? 0);
    setTimeout(() => response.end(list([`key_${at}`], { hasMore: true, cursor: at + 1 })), 60);
  });
  const { client, events } = clientOf(api, { timeoutDuration: 300 });
  await client.get();
  assert.deepEqual([events[0].type, events[0].reason, client.state], ["failed", "timeout", "defaults"]);
  const { length } = api.requests;
  assert.ok(length <= 6, String(length));
  await new Promise((done) => setTimeout(done, 200));
  assert.equal(api.requests.length, length);
});

test("a list may be longer than the core's own limit, if it is told so", async (t) => {
  const body = list(["a"], { room: " ".repeat(17 << 20) });
  const api = await startApi(t, (_, response) => response.end(body));
  const { client, events } = clientOf(api, { maxBytes: 20 << 20, timeoutDuration: 60_000 });
  assert.equal((await client.get()).has("a"), true);
  assert.equal(events[0].type, "loaded");
});
