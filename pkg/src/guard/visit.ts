/**
 * One request on its way through a guard.
 * @module
 */

import type { WaitUntil, WebRequestShape } from "../web.js";
import type { GuardEvent } from "./events.js";
import type { RespondGuardOptions } from "./options.js";

/** What keeps promises alive when the answer is out: `ctx` of Workers, `c.executionCtx` of Hono. */
export interface ExecutionLike {
  waitUntil(promise: Promise<unknown>): void;
}

/** The paths behind the API's own that are guarded. */
const PLACES = ["/respond", "/respond/bulk", "/capture"] as const;

/** Which of them a call goes to. */
export type GuardedPath = (typeof PLACES)[number];

/** A request, and what belongs to it. @internal */
export class Visit<Env> {
  /** Taken before anything is waited for: a list that was asked for later knows more than the caller did. */
  readonly _arrivedAt = Date.now();
  /** Path and query as they were asked for. */
  readonly _target: string;
  /** What of that stands behind the API's own path, if it does. */
  readonly _behind: string | undefined;
  /** The guarded path, if it is one. */
  readonly _place: GuardedPath | undefined;
  /** Keeps promises alive, where somebody can. */
  readonly _waitUntil: WaitUntil | undefined;

  constructor(
    readonly _request: WebRequestShape,
    readonly _env: Env,
    context: ExecutionLike | undefined,
    private readonly _options: RespondGuardOptions<Env> & { readonly path: string },
  ) {
    const { url, method } = _request;
    const { path } = _options;
    this._target = url.slice(url.indexOf("/", url.indexOf("//") + 2)).split("#", 1)[0] as string;
    const name = this._target.split("?", 1)[0] as string;
    this._behind = name === path || name.startsWith(`${path}/`) ? this._target.slice(path.length) : undefined;
    this._place = this._behind === undefined || method !== "POST" ? undefined : PLACES.find((place) => name === path + place);
    // Of Deno the third argument is nothing, and other hosts hand over what they like.
    this._waitUntil = typeof context?.waitUntil === "function" ? (promise) => context.waitUntil(promise) : undefined;
  }

  /** Tells whoever counts. */
  _tell(event: GuardEvent): void {
    try {
      this._options.onEvent?.(event, this._request as never, this._env);
    } catch {
      // A counter's fault is not the call's.
    }
  }

  /** Goes on with something when the answer is out; it never rejects. */
  _keep(promise: Promise<unknown>): void {
    const settled = promise.catch(() => {});
    try {
      this._waitUntil?.(settled);
    } catch {
      // The host has closed this request already: what is under way goes on as long as it may.
    }
  }
}
