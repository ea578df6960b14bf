/**
 * What a guard tells whoever counts.
 * @module
 */

import type { Issue } from "kaireon-outcomes";

/** Something that happened to a request. Issues are whole here: they may name a tenant's keys. */
export type GuardEvent =
  /** The call, or a bulk body as a whole, was refused. */
  | { readonly type: "refused"; readonly issues: readonly Issue[] }
  /** The same in the mode `report`: it was forwarded. A bulk body's issues are those of all items that are malformed. */
  | { readonly type: "reported"; readonly issues: readonly Issue[] }
  /** These items of a bulk body were withheld, the others forwarded. */
  | { readonly type: "withheld"; readonly indexes: readonly number[]; readonly issues: readonly Issue[]; readonly size: number }
  /** A call whose key nobody vouches for was forwarded, and `key` is that key: no list is newer than the call. */
  | { readonly type: "unconfirmed_outcome_type"; readonly key: string }
  /** Only the ten are known, and `onUnavailable` is `"reject"`: the caller was asked to come again. */
  | { readonly type: "unavailable" }
  /**
   * A body was forwarded without a check: it is compressed (`encoded`), beyond a limit (`too_large`), no registry could
   * be had (`registry`), or a check failed (`fault`).
   */
  | { readonly type: "unchecked"; readonly reason: "encoded" | "too_large" | "registry" | "fault"; readonly error?: unknown }
  /** The body stopped half-way, or the caller has left: nothing was forwarded. */
  | { readonly type: "body_broken"; readonly error?: unknown }
  /** The API gave no answer (`network`), none in time (`timeout`), none to a bulk body that can be read (`answer`), or it is unknown where it is (`options`). */
  | { readonly type: "upstream_failed"; readonly reason: "network" | "timeout" | "answer" | "options"; readonly error: unknown }
  /** A fault of the guard's own: what became of the call is not known, and its caller was told so. */
  | { readonly type: "failed"; readonly error: unknown }
  /** A function of the options failed. */
  | { readonly type: "option_failed"; readonly option: "mode" | "onRefused" | "decorate"; readonly error: unknown };
