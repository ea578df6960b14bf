/**
 * `kaireon-outcomes/hono`: the guard as a middleware of Hono.
 * @module
 */

import { createRespondGuard } from "kaireon-outcomes/guard";
import type { ExecutionLike, RespondGuard, RespondGuardOptions, WebRequest, WebResponse } from "kaireon-outcomes/guard";
import type { WebRequestShape } from "../web.js";

declare const Request: new (url: string, init: object) => WebRequestShape;

/** What of Hono's context is used. */
export interface HonoContextLike {
  readonly req: { raw: WebRequest; arrayBuffer(): Promise<ArrayBuffer> };
  readonly env: unknown;
  /** Throws where the host has none. */
  readonly executionCtx: ExecutionLike;
  res: WebResponse;
}

/** A middleware of Hono, and the guard in it. */
export interface HonoRespondGuard<Env> {
  (context: HonoContextLike, next: () => Promise<void>): Promise<WebResponse | void>;
  readonly guard: RespondGuard<Env>;
}

/**
 * Guards the routes behind it. With `upstream` it forwards guarded calls itself; without, what is good goes to the next
 * handler, a bulk body without what was withheld, and the handler's answer is made one to the body that came.
 *
 * ```ts
 * app.use("/api/v1/*", respondGuard({ registry: client }));
 * app.post("/api/v1/respond", async (c) => record(await c.req.json()));
 * ```
 *
 * @throws {TypeError} Options that make no sense.
 */
export function respondGuard<Env = unknown>(options: RespondGuardOptions<Env>): HonoRespondGuard<Env> {
  const guard = createRespondGuard(options);
  const middleware = async (c: HonoContextLike, next: () => Promise<void>): Promise<WebResponse | void> => {
    if (!guard.guards(c.req.raw)) return next();
    const request = await unread(c);
    const env = c.env as Env;
    if (options.upstream !== undefined) return guard.fetch(request, env, executionOf(c));
    const checked = await guard.check(request, env, executionOf(c));
    if (!checked.ok) return checked.response;
    c.req.raw = checked.request;
    await next();
    const answer = await checked.answer(c.res);
    if (answer === c.res) return;
    // Hono would add the headers of the answer before to the new one.
    c.res = undefined as never;
    c.res = answer;
  };
  return Object.assign(middleware, { guard });
}

/** A host without such a thing lives on when a request has ended. */
function executionOf(c: HonoContextLike): ExecutionLike {
  try {
    return c.executionCtx;
  } catch {
    return { waitUntil() {} };
  }
}

/** The request with its body: where another middleware has read it, Hono has kept it. */
async function unread({ req }: HonoContextLike): Promise<WebRequest> {
  const { url, method, headers, bodyUsed } = req.raw as WebRequestShape;
  return bodyUsed ? (new Request(url, { method, headers, body: await req.arrayBuffer() }) as WebRequest) : req.raw;
}
