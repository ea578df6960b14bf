// A real platform behind the page: /api/ is passed on to it with the key, which no browser gets to see.

import * as http from "node:http";
import * as https from "node:https";
import { pipeline } from "node:stream/promises";
import { sendAnswer } from "./answer.mjs";
import { refusal } from "./refusal.mjs";

/** How long the platform may be silent, in milliseconds. */
const PATIENCE = 30_000;

/** What the platform gets to see of a request. */
const REQUEST = [
  "accept",
  "accept-encoding",
  "accept-language",
  "content-encoding",
  "content-length",
  "content-type",
  "idempotency-key",
  "if-match",
  "if-none-match",
  "transfer-encoding",
];

/** What is not for the caller: about the connection, or about an origin that is not ours. */
const NOT_OURS = new RegExp(
  `^(${[
    "access-control-.*",
    "alt-svc",
    "clear-site-data",
    "connection",
    "content-security-policy.*",
    "keep-alive",
    "link",
    "proxy-.*",
    "refresh",
    "set-cookie",
    "strict-transport-security",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "x-frame-options",
  ].join("|")})$`,
);

/** The platform's pages are not to run as ours, in the one origin that may use the key. */
const INERT = { "content-security-policy": "sandbox; default-src 'none'", "x-content-type-options": "nosniff" };

const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

/** Why an address is none that calls can be passed on to, in one sentence. */
export class AddressError extends Error {}

/** Where the platform is: its origin and what stands in front of `/api/`. */
export function addressIn(text) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!["http:", "https:"].includes(url?.protocol)) {
    throw new AddressError("--api takes the platform's address, such as https://playground.kaireonai.com.");
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw new AddressError("--api takes an address alone; the key is taken from KAIREON_API_KEY.");
  }
  // With or without `/api/v1`, as the platform's own pages write it.
  return { origin: url.origin, prefix: url.pathname.replace(/\/+$/, "").replace(/\/api(\/v1)?$/, "") };
}

/** The headers that name a tenant. There are several generations of them: the platform takes what it knows. */
export function headersOf({ KAIREON_API_KEY: key = "", KAIREON_TENANT_ID: tenant = "" }) {
  const headers = { "x-requested-with": "XMLHttpRequest" };
  if (key.trim() !== "") Object.assign(headers, { authorization: `Bearer ${key.trim()}`, "x-api-key": key.trim() });
  if (tenant.trim() !== "") headers["x-tenant-id"] = tenant.trim();
  for (const [name, value] of Object.entries(headers)) {
    try {
      http.validateHeaderValue(name, value);
    } catch {
      // Node's own message would show the key.
      throw new AddressError("KAIREON_API_KEY and KAIREON_TENANT_ID take what can stand in a header.");
    }
  }
  return headers;
}

/**
 * Passes requests on to the platform at an address with `headers`, and its answers back as they come. What the
 * connection has against it is a 502; a silence longer than `patience` is, too.
 */
export function createPlatform({ origin, prefix }, headers, { patience = PATIENCE } = {}) {
  const { request: connect, Agent } = origin.startsWith("https:") ? https : http;
  // A connection a call: one that was kept could be dead, and a call must not be sent twice.
  const agent = new Agent({ keepAlive: false });

  return async function passOn(request, response, log) {
    const say = (status, remark = "") => log(`${request.method} ${request.url} ${status}${remark}`);
    const refuse = (status, message) => {
      say(status, `\n  ${message}`);
      // What is still to come is taken off the wire, so that the caller gets to read the answer.
      request.unpipe();
      request.resume();
      sendAnswer(request, response, refusal(status, message));
    };
    if (!isOurs(request)) return refuse(403, "Only the page of this server may use the platform through it");
    // Text in front of text: whatever the path says, it names nothing but a path of the platform.
    const address = `${origin}${prefix}${request.url}`;
    if (!URL.canParse(address) || !new URL(address).pathname.startsWith(`${prefix}/api/`)) {
      return refuse(404, "There is nothing at this address");
    }
    const passed = Object.fromEntries(
      REQUEST.map((name) => [name, request.headers[name]]).filter(([, value]) => value),
    );
    const options = { method: request.method, headers: { ...passed, ...headers }, agent, timeout: patience };
    try {
      const answer = await ask(request, response, address, options);
      // The key would go where nobody sent it.
      if (answer.statusCode >= 300 && answer.statusCode < 400 && answer.statusCode !== 304) {
        answer.destroy();
        return refuse(502, `${origin} redirects; give --api the address that it redirects to`);
      }
      say(answer.statusCode);
      const kept = Object.entries(answer.headersDistinct).filter(([name]) => !NOT_OURS.test(name));
      response.writeHead(answer.statusCode, { ...Object.fromEntries(kept), ...INERT });
      await pipeline(answer, response);
    } catch (error) {
      // Whoever has half an answer must see that it is a half.
      if (response.headersSent || response.destroyed) return response.destroy();
      refuse(502, `${origin} cannot be reached: ${error.message || error.code}`);
    }
  };

  /** The platform's answer, once it begins. */
  function ask(request, response, address, options) {
    return new Promise((resolve, reject) => {
      const asked = connect(address, options, resolve);
      asked.on("error", reject);
      asked.on("timeout", () => asked.destroy(new Error(`it was silent for ${patience / 1000} s`)));
      // The caller has gone: the platform need not go on.
      response.on("close", () => asked.destroy());
      // Not a pipeline: that would end the caller's connection together with the platform's, without an answer.
      request.pipe(asked);
    });
  }
}

/**
 * Whether a request comes from our own page or from no page at all: no other site's page may use the key. The host has
 * to be this machine by name, for a foreign name that leads here is another site's page, too.
 */
function isOurs({ method, headers: { host = "", origin, "sec-fetch-site": site = "same-origin" } }) {
  if (!LOCAL.test(host)) return false;
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) return false;
  // "none" is an address that somebody typed.
  return site === "same-origin" || (site === "none" && ["GET", "HEAD"].includes(method));
}
