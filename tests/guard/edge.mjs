// A guard behind a real HTTP server, in front of a real HTTP server that does as it is told.

import { once } from "node:events";
import http from "node:http";
import { createRegistryClient } from "../../pkg/dist/client.js";
import { respondGuard } from "../../pkg/dist/node.js";
import { bytesOf, listening, parsed } from "../www/served.mjs";

export { bytesOf, listening, parsed };

export const CALL = { customerId: "CUST001", recommendationId: "rec_1", rank: 1, outcome: "click", idempotencyKey: "k1" };
export const ITEM = { customerId: "C", offerId: "o", outcome: "click" };
export const JSON_TYPE = { "Content-Type": "application/json" };
/** A tenant's own types. */
export const QUOTE = { key: "quote_requested", name: "Quote Requested" };
export const EXPIRED = { key: "expired", name: "Expired", deletedAt: "2026-01-01T00:00:00Z" };

/**
 * The API: `calls` is what reached it, `list` its outcome types, and `answer(req, res, body)`, if a test sets it, what it
 * does instead of taking a call.
 */
export async function upstream(test) {
  const api = { calls: [], asked: 0, list: { data: [] }, listed: undefined, answer: undefined };
  const server = http.createServer(async (req, res) => {
    const { method, url, headers } = req;
    if (method === "GET" && url === "/api/v1/outcome-types") {
      api.asked += 1;
      if (api.listed) return api.listed(req, res);
      return reply(res, 200, api.list);
    }
    const body = await bytesOf(req).catch(() => undefined);
    if (body === undefined) return;
    api.calls.push({ method, url, headers, body, text: body.toString() });
    if (api.answer) return api.answer(req, res, body);
    if (url === "/api/v1/respond/bulk") return bulk(res, JSON.parse(body), api.list);
    return reply(res, 200, { status: "recorded" });
  });
  api.port = await listening(test, server);
  api.url = `http://127.0.0.1:${api.port}/api/v1`;
  return api;
}

/** What the platform says of a bulk body: an index for each item that failed. */
function bulk(res, { outcomes }, { data }) {
  const isKnown = ({ outcome }) => outcome === "click" || data.some(({ key }) => key === outcome);
  const errors = outcomes.flatMap((item, index) => (isKnown(item) ? [] : [{ index, error: `Outcome type not found: ${item.outcome}` }]));
  const [processed, failed] = [outcomes.length, errors.length];
  reply(res, failed === processed ? 422 : 200, { processed, succeeded: processed - failed, failed, errors });
}

export function reply(res, status, body, headers = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  res.writeHead(status, { ...JSON_TYPE, "X-Request-Id": "r-1", ...headers }).end(text);
}

/** A client of the API's list. */
export const clientOf = (api, options = {}) => createRegistryClient({ url: `${api.url}/outcome-types`, ...options });

/** The guard, served: `events` is what it told, `letters` what it handed over, and `call` sends a request to it. */
export async function edge(test, api, options) {
  const events = [];
  const letters = [];
  const handler = respondGuard({
    upstream: api.url,
    onEvent: (event) => events.push(event),
    onRefused: (letter) => letters.push(letter),
    ...options,
  });
  const port = await listening(test, http.createServer(handler));
  return { events, letters, port, guard: handler.guard, types: () => events.map(({ type }) => type), ...sender(port) };
}

/** Ways to send requests to a port. */
export function sender(port) {
  /** An object as body is sent as JSON; a path without a leading slash is one below /api/v1. */
  async function call(address, body, headers = JSON_TYPE, method = "POST") {
    const path = address.startsWith("/") ? address : `/api/v1/${address}`;
    const request = http.request({ port, host: "127.0.0.1", method, path, headers });
    const bytes = Buffer.from(body === undefined || typeof body === "string" || body instanceof Uint8Array ? (body ?? "") : JSON.stringify(body));
    if (bytes.length > 0) request.setHeader("Content-Length", bytes.length);
    request.end(bytes);
    const [response] = await once(request, "response");
    const text = (await bytesOf(response)).toString();
    return { status: response.statusCode, headers: response.headers, text, body: parsed(text) };
  }
  return { call };
}

/** The codes of an answer's issues. */
export const codes = ({ body }) => body.issues.map(({ code }) => code);
