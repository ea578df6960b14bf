/**
 * The way to the API and back.
 * @module
 */

import type { WebHeadersShape, WebRequestShape, WebResponseShape, WebSignalShape, WebStreamShape } from "../web.js";
import type { Upstream } from "./options.js";
import type { Visit } from "./visit.js";

interface Init {
  readonly method: string;
  readonly headers: WebHeadersShape;
  readonly body: Uint8Array | WebStreamShape | null;
  readonly redirect: "manual";
  readonly signal?: WebSignalShape;
  readonly duplex?: "half";
}

declare const fetch: (url: string, init: Init) => Promise<WebResponseShape>;
declare const Request: new (url: string, init: Init) => WebRequestShape;
declare const Response: new (
  body: unknown,
  init: { readonly status: number; readonly statusText: string; readonly headers: WebHeadersShape },
) => WebResponseShape;
declare const Headers: new (init: WebHeadersShape) => WebHeadersShape;
declare const AbortController: new () => { readonly signal: WebSignalShape; abort(): void };
declare function setTimeout(run: () => void, ms: number): unknown;
declare function clearTimeout(timer: unknown): void;

/** What concerns one connection and not the next; the codings that this runtime can undo are its own to name. */
const OF_THE_CONNECTION: ReadonlySet<string> = new Set(
  "accept-encoding connection content-length expect host keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer transfer-encoding upgrade".split(" "),
);
/** What a runtime undoes while it reads an answer; and what its server then says by itself. */
const UNDONE = ["content-encoding", "connection", "keep-alive", "transfer-encoding"];

/** There was no answer. @internal */
export class UpstreamError extends Error {
  constructor(
    /** Why. */
    readonly _reason: "network" | "timeout",
    cause?: unknown,
  ) {
    super(undefined, { cause });
  }
}

/** The headers that go on: the caller's, without those of the connection. @internal */
export function forwardedHeaders({ headers }: WebRequestShape, own: Readonly<Record<string, string>> = {}): WebHeadersShape {
  const forwarded = new Headers(headers);
  const named = headers.get("connection");
  if (named !== null) for (const name of named.split(",")) if (/^\s*[\w-]+\s*$/.test(name)) forwarded.delete(name.trim());
  // In Workers a header that is not there costs as much to delete as one that is: most are not.
  headers.forEach((_, name) => {
    if (OF_THE_CONNECTION.has(name)) forwarded.delete(name);
  });
  for (const name of Object.keys(own)) forwarded.set(name, own[name] as string);
  return forwarded;
}

/** Where a request goes: what follows the API's path on this side follows it on that side; all else has the same path there. */
function addressOf<Env>(upstream: string | { readonly href: string }, { _behind: behind, _target: target }: Visit<Env>): string {
  const base = (typeof upstream === "string" ? upstream : upstream.href).replace(/\/+$/, "");
  const [origin] = /^https?:\/\/[^/?#]+/i.exec(base) ?? [];
  if (origin === undefined) throw new TypeError("`upstream` must be an absolute URL, or something with `fetch`");
  return behind === undefined ? origin + target : base + behind;
}

/** A question to the API, ready to be put. @internal */
export type Question = (signal?: WebSignalShape) => Promise<WebResponseShape>;

/** Makes ready what goes to the API. @throws {TypeError} It is unknown where that is. @internal */
export function questionOf<Env>(
  visit: Visit<Env>,
  upstream: Upstream | undefined,
  headers: WebHeadersShape,
  body: Uint8Array | WebStreamShape | null,
): Question {
  const { method, url } = visit._request;
  const isStream = body !== null && !(body instanceof Uint8Array);
  const init = { method, headers, body, redirect: "manual" as const, ...(isStream && { duplex: "half" as const }) };
  if (upstream === undefined) throw new TypeError("`upstream` must say where calls go");
  const send = typeof upstream === "object" && "fetch" in upstream ? upstream : undefined;
  if (send) return async (signal) => (await send.fetch(new Request(url, { ...init, ...(signal && { signal }) }) as never)) as WebResponseShape;
  const address = addressOf(upstream as string, visit);
  return (signal) => fetch(address, signal ? { ...init, signal } : init);
}

/** Does something with the API's answer within its time. @throws {UpstreamError} There was none. @internal */
export async function within<T>(ms: number, ask: Question, then: (response: WebResponseShape) => T | Promise<T>): Promise<T> {
  const controller = ms === Infinity ? undefined : new AbortController();
  let timer: unknown;
  const late = new Promise<never>((_, reject) => {
    if (controller === undefined) return;
    timer = setTimeout(() => {
      reject(new UpstreamError("timeout"));
      controller.abort();
    }, Math.min(ms, 0x7fffffff));
  });
  const answered = async () => {
    let response: WebResponseShape;
    try {
      response = await ask(controller?.signal);
    } catch (cause) {
      throw new UpstreamError("network", cause);
    }
    return then(response);
  };
  try {
    return await (controller ? Promise.race([answered(), late]) : answered());
  } finally {
    clearTimeout(timer);
  }
}

/** An answer as this runtime's server can send it on; nearly always the very same. @internal */
export function passedOn(response: WebResponseShape): WebResponseShape {
  const { body, headers, status, statusText } = response;
  if (status < 200 || !UNDONE.some((name) => headers.has(name))) return response;
  const kept = new Headers(headers);
  // The length is that of the coded bytes.
  if (kept.has("content-encoding")) kept.delete("content-length");
  for (const name of UNDONE) kept.delete(name);
  return new Response(body, { status, statusText, headers: kept });
}
