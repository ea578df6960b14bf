// An API that answers as a test tells it to, over real HTTP, and a client of it whose events are kept.

import { once } from "node:events";
import http from "node:http";
import { createRegistryClient } from "../../pkg/dist/client.js";

/** The text of a list of these keys; `more` stands beside `data`. */
export const list = (keys, more = {}) => JSON.stringify({ data: keys.map((key) => ({ key, name: `Name of ${key}` })), ...more });

/** Answers with a text. */
export const text = (body, headers = {}, status = 200) => (_, response) => response.writeHead(status, headers).end(body);

/** Answers as Express and Next do: 304 to whoever knows it, but never to `no-cache`. */
export const tagged = (body, etag) => (request, response) => {
  const known = request.headers["if-none-match"] === etag && !/no-cache/.test(request.headers["cache-control"] ?? "");
  response.writeHead(known ? 304 : 200, { ETag: etag }).end(known ? undefined : body);
};

/** Starts an API that ends with the test. `answer` may be replaced; `requests` are all that came. */
export async function startApi(test, answer) {
  const api = { answer, requests: [] };
  const server = http.createServer((request, response) => {
    api.requests.push(request);
    response.on("error", () => {});
    return api.answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const stop = () => (server.close(), server.closeAllConnections());
  test.after(stop);
  return Object.assign(api, { stop, url: `http://127.0.0.1:${server.address().port}/api/v1/outcome-types` });
}

/** A client of it, and what it told. */
export function clientOf({ url }, options = {}) {
  const events = [];
  const client = createRegistryClient({ url, onEvent: (event) => events.push(event), ...options });
  return { client, events, types: () => events.map(({ type }) => type) };
}

/** A clock that a test sets forward and back. */
export function clockOf(test) {
  const { now } = Date;
  let offset = 0;
  test.mock.method(Date, "now", () => now.call(Date) + offset);
  return { advance: (ms) => (offset += ms) };
}

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Waits until something holds. */
export async function until(holds, what = holds) {
  for (let tries = 0; !holds(); tries += 1) {
    if (tries > 1_000) throw new Error(`never: ${what}`);
    await pause(5);
  }
}

/** A promise, and how to settle it. */
export function gate() {
  let open;
  const opened = new Promise((done) => (open = done));
  return { opened, open };
}

/** What a registry says of a call that names a key. */
export const respond = (registry, outcome) => registry.checkRespond({ customerId: "C", creativeId: "c", outcome, idempotencyKey: "k" }).ok;
