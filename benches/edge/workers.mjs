// The workers that the edge's benchmark compares, each in a process of its own: the API, a bare proxy, and guards.

/** Takes everything, as cheaply as a worker can. */
export const API = `
const kind = { classification: "positive", category: "response" };
const own = (at) => ({ key: "custom_" + "abcdefghij"[at % 10] + "_" + "abcde"[(at / 10) | 0], name: "Custom " + at, ...kind });
// The ten are in every tenant's list: one that a call names and the list has not would be warned of.
const ten = "impression click conversion not_interested opt_out defer dismiss share save complaint".split(" ");
const list = JSON.stringify({ data: [...ten.map((key) => ({ key, name: key, isSystem: true })), ...Array.from({ length: 50 }, (_, at) => own(at))] });
const headers = { "Content-Type": "application/json" };
export default {
  async fetch(request) {
    const { pathname } = new URL(request.url);
    if (pathname.endsWith("/outcome-types")) return new Response(list, { headers: { ...headers, ETag: '"1"' } });
    await request.arrayBuffer();
    return new Response(pathname.endsWith("/bulk") ? '{"processed":1000,"succeeded":1000,"failed":0,"errors":[]}' : '{"status":"recorded"}', { headers });
  },
};`;

/** The reference: passes on what comes as a stream, and nothing else. */
export const BARE = `
export default {
  fetch(request, env) {
    const { pathname, search } = new URL(request.url);
    return fetch(new Request(env.API + pathname.slice("/api/v1".length) + search, request));
  },
};`;

/** For information: what any worker pays that wants to see a body, holds the call and gives it a time. */
export const READING = `
export default {
  async fetch(request, env, ctx) {
    const { pathname, search } = new URL(request.url);
    const body = await request.arrayBuffer();
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), 30_000);
    const answer = fetch(env.API + pathname.slice("/api/v1".length) + search, { method: request.method, headers: request.headers, body, signal: controller.signal });
    ctx.waitUntil(answer.catch(() => {}));
    try {
      return await answer;
    } finally {
      clearTimeout(timer);
    }
  },
};`;

/** As the READMEs have it: a client, which keeps the list fresh, and the API's address. */
export const GUARD = `
import { createRegistryClient } from "kaireon-outcomes/client";
import { createRespondGuard } from "kaireon-outcomes/guard";

let client;
export default createRespondGuard({
  registry: (request, env) => (client ??= createRegistryClient({ url: env.API + "/outcome-types" })),
  upstream: (request, env) => env.API,
});`;
