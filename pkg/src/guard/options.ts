/**
 * How a guard is made.
 * @module
 */

import type { MessageFunction, OutcomeRegistry, Rules } from "kaireon-outcomes";
import type { RegistryClient } from "kaireon-outcomes/client";
import type { WebRequest, WebResponse } from "../web.js";
import type { GuardEvent } from "./events.js";
import type { RefusedLetter } from "./letters.js";

/** A value, or a function that is asked for it at each request. */
export type Asked<T, Env> = T | ((request: WebRequest, env: Env) => T | Promise<T>);

/** Whose word counts: a client's, which asks again before a key is refused, or a registry's, which is believed. */
export type GuardRegistry = RegistryClient | OutcomeRegistry;

/** Whether what is wrong is refused, only told to `onEvent`, or not looked for. */
export type GuardMode = "enforce" | "report" | "off";

/**
 * Where calls go: the address of the API, `https://api.example.com/api/v1`, or what takes requests as they came, a
 * service binding say.
 */
export type Upstream = string | { readonly href: string } | { fetch(request: WebRequest): Promise<WebResponse> };

/** Times are milliseconds, sizes bytes. */
export interface RespondGuardOptions<Env = unknown> {
  /** The outcome types that calls are held against. */
  readonly registry: Asked<GuardRegistry, Env>;
  /** Where calls go; `check` does without. */
  readonly upstream?: Asked<Upstream, Env> | undefined;
  /** Sent upstream with guarded calls, in place of the caller's of the same name: the API key say. Other requests get none. */
  readonly headers?: Asked<Readonly<Record<string, string>>, Env> | undefined;
  /** Default: `"enforce"`. A function is a switch without a deploy; one that fails counts as `"report"`. */
  readonly mode?: Asked<GuardMode, Env> | undefined;
  /** Where the API stands on this side: what follows it is appended to `upstream`. Default: `"/api/v1"`. */
  readonly path?: string | undefined;
  /** What codes count as, as in every check. */
  readonly rules?: Rules | undefined;
  /** Words issues, as in every check. */
  readonly message?: MessageFunction | undefined;
  /** Whether callers are told keys beyond the ten where one was probably meant. Default: `false`. */
  readonly suggest?: boolean | undefined;
  /**
   * What becomes of a call with another key than the ten while a client knows nothing else: `"pass"` (the default)
   * sends it on, `"defaults"` refuses it unless the list comes in time, `"reject"` waits for the list, and answers 503.
   */
  readonly onUnavailable?: "pass" | "defaults" | "reject" | undefined;
  /** Keeps what was refused, so that it can be replayed; runs when the answer is out, as long as `waitUntil` allows. */
  readonly onRefused?: ((letter: RefusedLetter, env: Env) => unknown) | undefined;
  /** The first index in the API's bulk answers. Default: 0. */
  readonly indexBase?: 0 | 1 | undefined;
  /** Changes an answer on its way out, or gives another one: for CORS, request ids. */
  readonly decorate?: ((response: WebResponse, request: WebRequest) => WebResponse | void | Promise<WebResponse | void>) | undefined;
  /** Is told what happens, for metrics and logs. What it throws is nobody's business. */
  readonly onEvent?: ((event: GuardEvent, request: WebRequest, env: Env) => void) | undefined;
  /** How long a guarded call waits for the API's answer; then 504. Default: 30,000. */
  readonly timeoutDuration?: number | undefined;
  /** The longest body that is checked; a longer one is forwarded unchecked. Default: 1 MiB for a call, 16 MiB for a bulk. */
  readonly maxBytes?: number | undefined;
}

/** Reads what has to make sense at once. @throws {TypeError} It does not. @internal */
export function readGuardOptions<Env>(options: RespondGuardOptions<Env>): RespondGuardOptions<Env> & typeof DEFAULTS {
  const kind = (value: unknown) => (value === null ? "null" : typeof value);
  if (kind(options) !== "object") throw new TypeError("`options` must be an object");
  const read = { ...options } as Record<string, unknown>;
  for (const [name, value] of Object.entries(DEFAULTS)) read[name] ??= value;
  const ask = (name: string, holds: (value: never) => boolean, wanted: string) => {
    if (read[name] !== undefined && !holds(read[name] as never)) throw new TypeError(`\`${name}\` must be ${wanted}`);
  };
  if (!["object", "function"].includes(kind(read["registry"]))) throw new TypeError("`registry` must be a client, an OutcomeRegistry, or a function that gives one");
  ask("path", (path: unknown) => typeof path === "string" && /^(\/[^?#]*[^/?#])?$/.test(path), "a path like /api/v1");
  ask("mode", (mode: GuardMode) => kind(mode) === "function" || MODES.includes(mode), `one of ${MODES.join(", ")}, or a function`);
  ask("onUnavailable", (choice: string) => ["pass", "defaults", "reject"].includes(choice), "one of pass, defaults, reject");
  ask("indexBase", (base: number) => base === 0 || base === 1, "0 or 1");
  ask("timeoutDuration", (ms: number) => typeof ms === "number" && ms > 0, "a number above 0");
  ask("maxBytes", (bytes: number) => Number.isInteger(bytes) && bytes > 0, "an integer from 1");
  for (const name of ["onRefused", "decorate", "onEvent", "message"]) ask(name, (given) => kind(given) === "function", "a function");
  return Object.freeze(read) as unknown as RespondGuardOptions<Env> & typeof DEFAULTS;
}

/** @internal */
export const MODES: readonly unknown[] = ["enforce", "report", "off"];

const DEFAULTS = {
  path: "/api/v1",
  mode: "enforce" as GuardMode,
  suggest: false,
  onUnavailable: "pass" as "pass" | "defaults" | "reject",
  indexBase: 0 as 0 | 1,
  timeoutDuration: 30_000,
};
