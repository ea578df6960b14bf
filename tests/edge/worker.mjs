// The worker of the fault matrix: a guard and a client for each row, made at the row's first call and never shared.

/** What a row may set, as JSON: `{ client, guard, registry, store, api, tenants }`. */
export const workerOf = (rows) => `import { OutcomeRegistry } from "kaireon-outcomes";
import { createRegistryClient, createRegistryPool, memoryStore } from "kaireon-outcomes/client";
import { createRespondGuard, httpSink } from "kaireon-outcomes/guard";

const ROWS = ${JSON.stringify(rows)};

let shift = 0;
const clock = Date.now;
Date.now = () => clock() + shift;

const STORES = {
  throws: { get: () => { throw new Error("store"); }, set: () => { throw new Error("store"); } },
  rejects: { get: async () => { throw new Error("store"); }, set: async () => { throw new Error("store"); } },
  hangs: { get: () => new Promise(() => {}), set: () => new Promise(() => {}) },
  garbage: { get: () => "<html>", set: () => {} },
};

const made = new Map();
function placeOf(name, env) {
  let place = made.get(name);
  if (place === undefined) made.set(name, (place = placeMade(name, env)));
  return place;
}

function placeMade(name, env) {
  const { client, guard, registry, store, api = env.API, tenants } = ROWS[name];
  const told = [];
  const tell = (prefix) => ({ type, reason, error }) => told.push([prefix + type, reason].filter(Boolean).join(" ") + (type.endsWith("failed") && !reason ? " " + (error?.message ?? error) : ""));
  const url = api + "/outcome-types?row=" + name;
  const kept = store?.text ? memoryStore(new Map([["kaireon-outcomes:1:" + JSON.stringify([url, ""]), store.text]])) : STORES[store];
  const options = { url, store: kept, onEvent: tell("list "), ...client };
  const pool = createRegistryPool({ tenant: (tenant) => ({ ...options, headers: { "X-Tenant-Id": tenant } }) });
  const own = registry ? OutcomeRegistry.from(registry) : createRegistryClient(options);
  return {
    told,
    guard: createRespondGuard({
      registry: tenants ? (request) => pool.get(request.headers.get("X-Tenant-Id")) : own,
      upstream: api,
      onRefused: httpSink(env.API + "/letters"),
      onEvent: tell(""),
      ...guard,
    }),
  };
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

export default {
  async fetch(request, env, ctx) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/") return new Response("ready");
    if (pathname === "/told") return Response.json(made.get(searchParams.get("row"))?.told ?? []);
    if (pathname === "/clock") return Response.json((shift += Number(searchParams.get("ms"))));
    const { guard } = placeOf(request.headers.get("X-Request-Id").split("/")[0], env);
    // What nobody should write: requests that end before the guard has answered, with nothing that keeps it alive.
    switch (request.headers.get("X-Way")) {
      case "answers":
        void guard.fetch(request, env);
        await pause(100);
        return new Response("early", { status: 202 });
      case "throws":
        void guard.fetch(request, env);
        await pause(100);
        throw new Error("thrown");
      case "floats":
        void guard.fetch(request.clone(), env).then(() => guard.fetch(request, env));
        await pause(100);
        return new Response("early", { status: 202 });
      case "leaves":
        return guard.fetch(request, env);
      default:
        return guard.fetch(request, env, ctx);
    }
  },
};
`;
