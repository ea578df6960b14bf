// Whatever goes wrong, at the start and later: the best list there is stays, its event says why, nobody is asked again
// too soon, and what comes after is had.

import assert from "node:assert/strict";
import { test } from "node:test";
import { RegistryLoadError } from "../../pkg/dist/client.js";
import { clientOf, list, respond, startApi, text, until } from "./api.mjs";

/** A fault that is no timeout has time enough, on a busy machine too. */
const optionsOf = ({ reason }) => ({ timeoutDuration: reason === "timeout" ? 400 : 10_000, maxBytes: 100_000 });
const HTML = "<!doctype html><title>Sign in</title>";

/** Sends and sends, and counts what went. */
const endless = (total) => (_, response) => {
  const api = { sent: 0 };
  endless.last = api;
  response.writeHead(200);
  response.once("close", () => (api.closed = true));
  const chunk = Buffer.alloc(64 * 1024, " ");
  const more = () => {
    while (api.sent < total && !response.destroyed) {
      api.sent += chunk.length;
      if (!response.write(chunk)) return void response.once("drain", more);
    }
    response.end();
  };
  more();
};

/** What the API does, and what is told of it. `after` looks closer. */
const FAULTS = {
  "it is down": { answer: (request) => request.socket.destroy(), reason: "network" },
  "it answers 500": { answer: text("{}", {}, 500), reason: "status", status: 500 },
  "it answers 401 in its envelope": { answer: text('{"error":{"code":"UNAUTHORIZED"}}', {}, 401), reason: "status", status: 401 },
  "it answers 429 with seconds": {
    answer: text("", { "Retry-After": "120" }, 429),
    reason: "status",
    status: 429,
    after: ({ retryAt }, began) => assert.ok(retryAt >= began + 120_000 && retryAt <= Date.now() + 120_000, String(retryAt - began)),
  },
  "it answers 429 with a date": {
    answer: (_, response) => response.writeHead(429, { "Retry-After": new Date(Date.now() + 120_000).toUTCString() }).end(),
    reason: "status",
    status: 429,
    after: ({ retryAt }, began) => assert.ok(Math.abs(retryAt - began - 120_000) < 10_000, String(retryAt - began)),
  },
  "it asks for a year's patience": {
    answer: text("", { "Retry-After": "31536000" }, 503),
    reason: "status",
    status: 503,
    after: ({ retryAt }) => assert.ok(retryAt <= Date.now() + 600_000, "ten minutes at most"),
  },
  "its Retry-After is nonsense": { answer: text("", { "Retry-After": "soon" }, 503), reason: "status", status: 503 },
  "it sends somewhere else": { answer: text("", { Location: "/elsewhere" }, 302), reason: "status", status: 302 },
  "it says 304 to nobody's question": { answer: text(undefined, {}, 304), reason: "status", status: 304 },
  "it never answers": { answer: () => {}, reason: "timeout" },
  "it hangs after its headers": { answer: (_, response) => response.writeHead(200).flushHeaders(), reason: "timeout" },
  "it hangs in the body": { answer: (_, response) => response.writeHead(200).write('{"data":['), reason: "timeout" },
  "its body is cut off": {
    answer(_, response) {
      response.writeHead(200, { "Content-Length": 1_000 });
      response.write('{"data":[', () => response.socket.destroy());
    },
    reason: "network",
    status: 200,
  },
  "it sends HTML": { answer: text(HTML), reason: "not_a_registry", status: 200 },
  "it sends nothing": { answer: text(""), reason: "not_a_registry", status: 200 },
  "it sends another shape": { answer: text('{"data":{}}'), reason: "not_a_registry", status: 200 },
  "it sends null": { answer: text("null"), reason: "not_a_registry", status: 200 },
  "it sends what is no UTF-8": { answer: text(Buffer.from([0x22, 0xff, 0x22])), reason: "not_a_registry", status: 200 },
  "it sends 100 MB": {
    answer: endless(100 << 20),
    reason: "too_large",
    status: 200,
    async after() {
      assert.ok(endless.last.sent < 20 << 20, `${endless.last.sent} bytes were sent`);
      await until(() => endless.last.closed, "the connection is given up");
    },
  },
  "its second page is HTML": {
    answer: (request, response) => response.end(/cursor=/.test(request.url) ? HTML : list(["a"], { hasMore: true, cursor: "b" })),
    reason: "not_a_registry",
    requests: 2,
  },
  "its second page fails": {
    answer: (request, response) => (/cursor=/.test(request.url) ? response.writeHead(500).end() : response.end(list(["a"], { hasMore: true, cursor: "b" }))),
    reason: "status",
    status: 500,
    requests: 2,
  },
};

/** The last event says what happened, and `reload` says the same. */
async function holds({ api, client, events, began }, { reason, status, requests = 1, after = () => {} }) {
  const asked = api.requests.length;
  const failed = events.at(-1);
  assert.equal(failed.type, "failed", JSON.stringify(failed));
  assert.deepEqual([failed.reason, failed.status, failed.failures], [reason, status, 1], String(failed.error.cause ?? failed.error));
  assert.ok(failed.error instanceof RegistryLoadError && failed.error.name === "RegistryLoadError" && failed.error.message.length > 5);
  assert.ok(failed.retryAt >= began + 30_000 && failed.ms >= 0 && failed.ms < 10_000);
  await after(failed, began);
  // Nobody asks before it may be.
  const { current } = client;
  for (let time = 0; time < 3; time += 1) assert.equal(await client.get(), current);
  assert.equal(api.requests.length, asked);
  await assert.rejects(client.reload(), { name: "RegistryLoadError", reason, status });
  assert.equal(api.requests.length, asked + requests);
  assert.equal(events.at(-1).failures, 2);
  assert.equal(client.current, current);
  // And then it is well again.
  api.answer = text(list(["afterwards"]));
  assert.equal(await client.reload(), client.current);
  assert.deepEqual([client.state, client.current.has("afterwards"), events.at(-1).type], ["fresh", true, "loaded"]);
}

for (const [name, fault] of Object.entries(FAULTS)) {
  test(`at the start, ${name}`, async (t) => {
    const api = await startApi(t, fault.answer);
    const { client, events } = clientOf(api, optionsOf(fault));
    const began = Date.now();
    const registry = await client.get();
    assert.equal(registry, client.current);
    assert.deepEqual([client.state, registry.size, registry.complete, respond(registry, "of_a_tenant")], ["defaults", 10, false, true]);
    await holds({ api, client, events, began }, fault);
  });

  test(`later, ${name}`, async (t) => {
    const api = await startApi(t, text(list(["good"])));
    const { client, events } = clientOf(api, { ...optionsOf(fault), cacheMaxAge: 0, cooldownDuration: 0 });
    const good = await client.get();
    assert.equal(events.at(-1).type, "loaded");
    api.answer = fault.answer;
    await assert.rejects(client.reload(), { reason: fault.reason, status: fault.status });
    assert.deepEqual([client.current, client.state, respond(good, "of_a_tenant")], [good, "stale", false]);
    const failed = events.at(-1);
    assert.deepEqual([failed.type, failed.reason, failed.status, failed.failures], ["failed", fault.reason, fault.status, 1]);
  });
}

test("nobody listens at the port", async (t) => {
  const api = await startApi(t, () => {});
  api.stop();
  const { client, events } = clientOf(api);
  assert.equal((await client.get()).size, 10);
  assert.deepEqual([events.at(-1).reason, client.state], ["network", "defaults"]);
  assert.match(String(events.at(-1).error.cause.cause), /ECONNREFUSED/);
});

test("a redirect is not followed: nobody else gets the key", async (t) => {
  const other = await startApi(t, text(list(["stolen"])));
  const api = await startApi(t, text("", { Location: other.url }, 307));
  const { client } = clientOf(api, { headers: { "X-API-Key": "secret" } });
  await client.get();
  assert.deepEqual([api.requests.length, other.requests.length, client.state], [1, 0, "defaults"]);
});

test("headers that cannot be had are a failure, and are asked for each time", async (t) => {
  const api = await startApi(t, text(list(["good"])));
  let turn = 0;
  const headers = async () => {
    if ((turn += 1) === 1) throw new Error("no key");
    return { "X-API-Key": `key ${turn}` };
  };
  const { client, events } = clientOf(api, { headers });
  assert.equal((await client.get()).size, 10);
  assert.deepEqual([events[0].reason, events[0].error.cause.message], ["network", "no key"]);
  await client.reload();
  assert.deepEqual(api.requests.map((request) => request.headers["x-api-key"]), ["key 2"]);
});

test("headers that never come are given up, and so is a fetch that hears no signal", async (t) => {
  const never = () => new Promise(() => {});
  for (const options of [{ headers: never }, { fetch: never }]) {
    const { client, events } = clientOf({ url: "http://127.0.0.1:1/" }, { ...options, timeoutDuration: 30 });
    assert.equal((await client.get()).size, 10);
    assert.equal(events[0].reason, "timeout");
  }
});

test("a fetch that throws at once is a failure", async () => {
  const { client, events } = clientOf({ url: "http://127.0.0.1:1/" }, { fetch: () => { throw new Error("no network"); } });
  assert.equal((await client.get()).size, 10);
  assert.equal(events[0].error.cause.message, "no network");
});

test("options that make no sense are refused at once", () => {
  const make = (options) => () => clientOf({ url: "http://127.0.0.1:1/" }, options);
  for (const options of [{ url: "" }, { url: undefined }, { timeoutDuration: -1 }, { cacheMaxAge: "60" }, { cooldownDuration: NaN }, { maxBytes: 0 }, { maxBytes: 1.5 }]) {
    assert.throws(make(options), TypeError);
  }
  assert.throws(make({ initial: "no list" }), { name: "InvalidRegistryError" });
  const { client } = make({ cacheMaxAge: Infinity, timeoutDuration: Infinity, revalidateTimeout: Infinity, url: new URL("http://127.0.0.1:1/") })();
  assert.equal(client.state, "defaults");
});

test("a time without end is one", async (t) => {
  const api = await startApi(t, (_, response) => setTimeout(() => response.end(list(["good"])), 50));
  const { client } = clientOf(api, { cacheMaxAge: Infinity, timeoutDuration: Infinity });
  assert.equal((await client.get()).has("good"), true);
  assert.equal(client.state, "fresh");
});
