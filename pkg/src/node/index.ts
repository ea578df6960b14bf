/**
 * `kaireon-outcomes/node`: the guard for Express and for Node's own http.
 * @module
 */

import { createRespondGuard } from "kaireon-outcomes/guard";
import type { ExecutionLike, RespondGuard, RespondGuardOptions, WebRequest } from "kaireon-outcomes/guard";
import type { WebRequestShape, WebResponseShape } from "../web.js";
import { bodyOf, keepBody } from "./body.js";
import { send } from "./response.js";
import type { NodeRequest, NodeResponse } from "./shapes.js";

export type { NodeRequest, NodeResponse } from "./shapes.js";

declare const Request: new (url: string, init: object) => WebRequestShape;

/** A handler of Express (`app.use`) and of http (`createServer`), and the guard in it. */
export interface NodeRespondGuard<Env> {
  (req: NodeRequest, res: NodeResponse, next?: (error?: unknown) => void): Promise<void>;
  readonly guard: RespondGuard<Env>;
}

/** Node lives on when a request has ended. */
const EXECUTION: ExecutionLike = { waitUntil() {} };

/**
 * Guards what comes to a server of Node's. With `upstream` it forwards guarded calls itself; without, what is good goes to
 * the next handler with its bytes in `req.rawBody` and its JSON in `req.body`, and a bulk body is taken or refused as a
 * whole. What is not guarded goes to the next handler or, where there is none, upstream.
 *
 * ```ts
 * app.use(respondGuard({ registry: client, upstream: "https://api.example.com/api/v1" }));
 * http.createServer(respondGuard({ registry: client, upstream })).listen(8787);
 * ```
 *
 * @param env What the functions of the options get as their environment.
 * @throws {TypeError} Options that make no sense.
 */
export function respondGuard<Env = unknown>(options: RespondGuardOptions<Env>, env?: Env): NodeRespondGuard<Env> {
  const guard = createRespondGuard(options);
  const handler = async (req: NodeRequest, res: NodeResponse, next?: (error?: unknown) => void): Promise<void> => {
    try {
      // Address and method are all that it takes.
      const asked = { url: `http://localhost${pathOf(req)}`, method: req.method ?? "GET" } as WebRequest;
      if (next && !guard.guards(asked)) return next();
      const request = requestOf(req, bodyOf(req)) as WebRequest;
      if (options.upstream !== undefined || !next) return await send(res, (await guard.fetch(request, env, EXECUTION)) as WebResponseShape);
      const checked = await guard.check(request, env, EXECUTION, { part: false });
      if (!checked.ok) return await send(res, checked.response as WebResponseShape);
      await keepBody(req, checked.request as WebRequestShape);
      next();
    } catch (error) {
      if (next) return next(error);
      const { message } = error as Error;
      res.statusCode = 500;
      res.setHeader("Content-Type", "application/json");
      res.end(JSON.stringify({ error: { code: "INTERNAL_ERROR", message, status: 500 } }));
    }
  };
  return Object.assign(handler, { guard });
}

function requestOf(req: NodeRequest, body: ReturnType<typeof bodyOf>): WebRequestShape {
  const headers: [string, string][] = [];
  for (let at = 0; at + 1 < req.rawHeaders.length; at += 2) headers.push([req.rawHeaders[at] as string, req.rawHeaders[at + 1] as string]);
  // What was read by another is as long as it is, and no longer coded.
  const own = body instanceof Uint8Array ? headers.filter(([name]) => !/^content-(length|encoding)$/i.test(name)) : headers;
  const hasBody = body !== null && req.method !== "GET" && req.method !== "HEAD";
  // The host is for the looks: nothing is decided by it.
  const url = `http://${/^[\w.:[\]-]+$/.test(req.headers["host"] ?? "") ? req.headers["host"] : "localhost"}${pathOf(req)}`;
  return new Request(url, { method: req.method ?? "GET", headers: own, ...(hasBody && { body, duplex: "half" }) });
}

/** Express cuts off where a router is mounted. */
function pathOf({ originalUrl, url }: NodeRequest): string {
  const target = originalUrl ?? url ?? "/";
  return target.startsWith("/") ? target : `/${target.replace(/^[a-z]+:\/\/[^/]*\/?/i, "")}`;
}
