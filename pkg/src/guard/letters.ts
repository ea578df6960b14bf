/**
 * What was refused, handed to whoever keeps it.
 * @module
 */

import type { Bytes, Issue } from "kaireon-outcomes";
import type { WebHeadersShape } from "../web.js";
import type { GuardedPath, Visit } from "./visit.js";

/** A call that was refused, an item of a bulk body that was withheld, or a bulk body that was refused as a whole. */
export interface RefusedLetter {
  /** Exactly the bytes that came: of an item, the item's own. */
  readonly bytes: Bytes;
  /** The request's headers, their names in lower case; those that hold credentials are left out. */
  readonly headers: Readonly<Record<string, string>>;
  /** Why; at least one. */
  readonly issues: readonly Issue[];
  /** Of an item: its place among the `outcomes`, from 0. */
  readonly index?: number;
  /** Where the request went, behind the API's own path. */
  readonly path: GuardedPath;
  /** When it came: milliseconds since 1970. */
  readonly arrivedAt: number;
}

/** What is nobody's to keep; whoever replays a call has a key of their own. */
const CREDENTIALS: ReadonlySet<string> = new Set(["authorization", "cookie", "proxy-authorization", "x-api-key"]);

/** Letters on their way at once: Workers have as many connections. */
const AT_ONCE = 6;

/** What tells one letter of a request from another. @internal */
export type Refused = Pick<RefusedLetter, "bytes" | "issues" | "index">;

/** Hands over letters, all of them, whatever becomes of each. @internal */
export function post<Env>(
  visit: Visit<Env>,
  onRefused: ((letter: RefusedLetter, env: Env) => unknown) | undefined,
  refused: () => Iterable<Refused>,
): void {
  if (onRefused === undefined) return;
  const { _request: request, _arrivedAt: arrivedAt, _env: env } = visit;
  const path = visit._place as GuardedPath;
  const headers = recordOf(request.headers);
  const queue = refused()[Symbol.iterator]();
  const work = async () => {
    // All take from one list; where making the next one fails, the list has ended.
    for (let ended = false; !ended; ) {
      try {
        const next = queue.next();
        if (next.done) ended = true;
        else await onRefused({ ...next.value, headers, path, arrivedAt }, env);
      } catch (error) {
        visit._tell({ type: "option_failed", option: "onRefused", error });
      }
    }
  };
  visit._keep(Promise.all(Array.from({ length: AT_ONCE }, work)));
}

function recordOf(headers: WebHeadersShape): Record<string, string> {
  const record: Record<string, string> = {};
  headers.forEach((value, name) => {
    if (!CREDENTIALS.has(name)) record[name] = value;
  });
  return record;
}
