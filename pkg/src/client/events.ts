/**
 * What a client tells whoever counts.
 * @module
 */

import type { Issue } from "kaireon-outcomes";

/** Why a list could not be had. */
export type LoadFailure =
  /** No answer, or the connection broke while it was read. */
  | "network"
  /** No whole answer in time. */
  | "timeout"
  /** Another status than 200 and 304; a redirect is not followed: the API key would go along. */
  | "status"
  /** Longer than `maxBytes`. */
  | "too_large"
  /** Not JSON, or no list of outcome types. */
  | "not_a_registry";

/** Something that happened; `ms` is how long it took. */
export type RegistryEvent =
  /** The API sent a list, and it is the current one. */
  | { readonly type: "loaded"; readonly size: number; readonly complete: boolean; readonly warnings: readonly Issue[]; readonly ms: number }
  /** The API says that the list is still the same. */
  | { readonly type: "not_modified"; readonly ms: number }
  /** An answer came too late: a newer list, or one that was set, is current. */
  | { readonly type: "outdated"; readonly ms: number }
  /** The list could not be had; the current one stays, and nobody asks again before `retryAt`, save by `reload`. */
  | {
      readonly type: "failed";
      readonly reason: LoadFailure;
      readonly status?: number;
      readonly error: RegistryLoadError;
      readonly failures: number;
      readonly retryAt: number;
      readonly ms: number;
    }
  /** A request ended before its load did, and nothing kept it alive. */
  | { readonly type: "abandoned"; readonly ms: number }
  /** The store's last good list is the current one. */
  | { readonly type: "restored"; readonly size: number; readonly savedAt: number }
  /** The store could not be read or written, or what it has is none of ours. */
  | { readonly type: "store_failed"; readonly operation: "get" | "set"; readonly error: unknown }
  /** A listener or `waitUntil` threw. */
  | { readonly type: "listener_failed"; readonly error: unknown };

/** The list could not be had. */
export class RegistryLoadError extends Error {
  /** Why. */
  readonly reason: LoadFailure;
  /** The answer's status, where there was one. */
  readonly status: number | undefined;
  /** When asking again makes sense, where the API said so: milliseconds since 1970. */
  readonly retryAt: number | undefined;

  /** Made by a client. */
  constructor(message: string, reason: LoadFailure, facts: { status?: number; retryAt?: number | undefined; cause?: unknown } = {}) {
    super(message, { cause: facts.cause });
    this.reason = reason;
    this.status = facts.status;
    this.retryAt = facts.retryAt;
  }
}

// On the prototype, as the language's own have it: minifiers rename the class.
RegistryLoadError.prototype.name = "RegistryLoadError";
