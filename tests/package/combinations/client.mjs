// The client in real workerd: what a request leaves behind when it ends early must hold up none that comes later.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { serveWorker } from "../matrix/workerd.mjs";

const DATES = ["2024-09-01", "2025-06-01", "2026-10-01"];
/** When the worker's clients give up a load, and by when who does not wait for one has its answer. */
const TIMEOUT = 2_000;
const QUICK = 1_500;
/** The longest that any later request may take: a hung one takes for ever. */
const PATIENCE = 8_000;

/** Each path makes the isolate a client of its own, so that one way leaves nothing for the next. */
const WORKER = `import { createRegistryClient } from "kaireon-outcomes/client";

const clients = new Map();
const asked = (env, url) => {
  const name = url.searchParams.get("client");
  const initial = url.searchParams.has("initial") ? '{"data":[{"key":"old","name":"Old"}]}' : undefined;
  const options = { url: env.API + "?" + name, initial, timeoutDuration: ${TIMEOUT}, revalidateTimeout: 300, cooldownDuration: 0, cacheMaxAge: 300 };
  const events = [];
  if (!clients.has(name)) clients.set(name, { client: createRegistryClient({ ...options, onEvent: (event) => events.push(event) }), events });
  return clients.get(name);
};

export default {
  async fetch(request, env, ctx) {
    const url = new URL(request.url);
    if (url.pathname === "/") return new Response("ready");
    const { client, events } = asked(env, url);
    const kept = { waitUntil: (promise) => ctx.waitUntil(promise) };
    const says = (registry) => Response.json({ keys: [...registry].map(({ key }) => key), state: client.state, events: events.map(({ type, reason, error }) => [type, reason, String(error?.cause ?? error ?? "")]) });
    switch (url.pathname) {
      case "/answers": // before its load is done
        void client.get();
        return new Response("early");
      case "/throws":
        void client.get();
        throw new Error("thrown");
      case "/waits": // and its caller leaves
        return says(await client.get());
      case "/floats": // a promise that nobody awaits, begun behind the answer's beginning
        void client.reload().then(() => client.get()).catch(() => {});
        void client.confirm(Date.now());
        return new Response("early");
      case "/get":
        return says(await client.get());
      case "/confirm":
        return says((await client.confirm(Date.now())) ?? client.current);
      case "/get-held":
        return says(await client.get(kept));
      case "/early-held":
        void client.get(kept);
        return new Response("early");
    }
  },
};
`;

/** A real API: holds its answers back where it is told to, and counts who asked. */
async function startApi() {
  const api = { counts: new Map(), held: undefined };
  const server = createServer(async (request, response) => {
    const name = request.url.split("?")[1];
    api.counts.set(name, (api.counts.get(name) ?? 0) + 1);
    await api.held;
    if (!response.destroyed) response.writeHead(200, { ETag: '"1"' }).end('{"data":[{"key":"new","name":"New"}]}');
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  api.url = `http://127.0.0.1:${server.address().port}/api/v1/outcome-types`;
  api.close = () => (server.close(), server.closeAllConnections());
  /** Holds all answers back until what it returns is called. */
  api.hold = () => {
    let open;
    api.held = new Promise((done) => (open = done));
    return () => ((api.held = undefined), open());
  };
  return api;
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** The four ways to end early: each leaves a load behind that nothing keeps alive. */
const EARLY = {
  answers: (ask) => ask("answers").then((response) => response.text()),
  throws: (ask) => ask("throws").then((response) => response.text()),
  async waits(ask, { counts }, client) {
    const controller = new AbortController();
    const gone = ask("waits", { signal: controller.signal }).catch(() => {});
    while (!counts.has(client)) await pause(5);
    controller.abort();
    await gone;
  },
  floats: (ask) => ask("floats").then((response) => response.text()),
};

/** Later requests, while the load is thought alive and when it is given up: all get an answer at once, and the new list. */
const endsEarly = (date) => async (api, project) => {
  const server = await serveWorker(project, WORKER, { name: `early-${date}`, date, env: { API: api.url } });
  let requests = 0;
  try {
    for (const [way, end] of Object.entries(EARLY)) {
      for (const start of ["", "&initial"]) {
        const client = `${date}-${way}${start && "-initial"}`;
        const ask = (path, init) => fetch(`${server.url}/${path}?client=${client}${start}`, { signal: AbortSignal.timeout(PATIENCE), ...init });
        const says = async (path) => {
          requests += 1;
          const response = await ask(path);
          const text = await response.text();
          assert.equal(response.status, 200, `${client} ${path}: ${text}\n${server.said()}`);
          return JSON.parse(text);
        };
        // With an old list at hand nobody waits: its caller cannot leave early.
        if (way === "waits" && start) continue;
        const open = api.hold();
        await end(ask, api, client);
        open();
        // The first that comes does not wait for it: it has the old list at once, or asks for itself.
        const began = performance.now();
        const next = await says("get");
        assert.ok(next.keys.includes(start ? "old" : "new"), `${client}: ${JSON.stringify(next)}`);
        assert.ok(performance.now() - began < QUICK, `${client}: ${performance.now() - began} ms`);
        if (start) {
          await pause(TIMEOUT + 100);
          const later = await says("get");
          assert.ok(later.keys.includes("new") && later.events.some(([type]) => type === "abandoned"), `${client}: ${JSON.stringify(later)}`);
        }
        for (const { keys } of await Promise.all([says("get"), says("get"), says("confirm"), says("get-held")])) assert.ok(keys.includes("new"));
      }
    }
    assert.doesNotMatch(server.said(), /cannot perform I\/O|never generate|different request/i);
    return `${requests} later requests answered, with the new list once the old load was given up`;
  } finally {
    server.stop();
  }
};

/** One load for many, be its own request gone or not. */
const shares = (date) => async (api, project) => {
  const server = await serveWorker(project, WORKER, { name: `shared-${date}`, date, env: { API: api.url } });
  try {
    for (const first of ["get-held", "early-held"]) {
      const client = `${date}-${first}`;
      const ask = (path) => fetch(`${server.url}/${path}?client=${client}`, { signal: AbortSignal.timeout(PATIENCE) });
      const open = api.hold();
      const begun = ask(first);
      while (!api.counts.has(client)) await pause(5);
      const others = Array.from({ length: 5 }, () => ask("get-held"));
      await pause(100);
      open();
      await (await begun).text();
      for (const other of others) {
        const text = await (await other).text();
        assert.ok(text.includes('"new"'), `${text}\n${server.said()}`);
      }
      assert.equal(api.counts.get(client), 1);
    }
    assert.doesNotMatch(server.said(), /cannot perform I\/O|never generate|different request/i);
    return "six requests, one load";
  } finally {
    server.stop();
  }
};

const types = async (_, project) => {
  await project.run(process.execPath, [project.tool("typescript-5.9/bin/tsc"), "-p", "."]);
  return "it compiles";
};

export default {
  core: false,
  about: "The edge",
  open: startApi,
  close: (api) => api.close(),
  claims: Object.fromEntries([
    ["TypeScript {typescript-5.9} with the types of Workers {@cloudflare/workers-types}: a client takes their fetch, stores and context", types],
    ...DATES.flatMap((date) => [
      [`workerd {workerd}, compatibility date ${date}: a request that ends early holds up none that comes later`, endsEarly(date)],
      [`workerd {workerd}, compatibility date ${date}: with waitUntil requests share one load`, shares(date)],
    ]),
  ]),
};
