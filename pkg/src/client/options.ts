/**
 * How a client is made, and what it is asked for.
 * @module
 */

import type { MessageFunction, OutcomeRegistry, RegistryDocument } from "kaireon-outcomes";
import type { WaitUntil, WebFetch } from "../web.js";
import type { RegistryEvent } from "./events.js";
import type { RegistryStore } from "./store.js";

/** Times are milliseconds. */
export interface RegistryClientOptions {
  /** The address of the list, `https://…/api/v1/outcome-types`. */
  readonly url: string | { readonly href: string };
  /** Whose list it is: with the address it names what a store keeps. Never a word of an unverified request. */
  readonly tenant?: string;
  /** Sent with every request, the API key above all; a function is asked each time. */
  readonly headers?: Headers | (() => Headers | Promise<Headers>);
  /**
   * What is known before the first answer: a registry, or a list that was bundled; the state is `stale` then, and the
   * store is only written. Default: the store's, else the ten.
   */
  readonly initial?: OutcomeRegistry | RegistryDocument | string | ArrayBuffer | ArrayBufferView;
  /** Where the last good list is kept, for the next start. */
  readonly store?: RegistryStore;
  /** How long a list is fresh. Default: 60,000. */
  readonly cacheMaxAge?: number;
  /** The least time between two requests that nobody asked for by name, longer after each failure in a row. Default: 30,000. */
  readonly cooldownDuration?: number;
  /** After which a request is given up. Default: 5,000. */
  readonly timeoutDuration?: number;
  /** How long a call waits where an unknown key is a reason to ask again, and for the store. Default: 1,000. */
  readonly revalidateTimeout?: number;
  /** The longest list that is read, in bytes. Default: 16 MiB. */
  readonly maxBytes?: number;
  /** In place of the global `fetch`. */
  readonly fetch?: WebFetch;
  /** How the registries' checks word their issues, as in `OutcomeRegistry.load`. */
  readonly message?: MessageFunction;
  /** Is told what happens, for metrics. What it throws is nobody's business. */
  readonly onEvent?: (event: RegistryEvent) => void;
}

/** Names and values. */
export type Headers = Readonly<Record<string, string>>;

/** What a question may bring along. */
export interface AskOptions {
  /** Keeps a request alive that goes on when the caller has its answer: `(promise) => ctx.waitUntil(promise)`. */
  readonly waitUntil?: WaitUntil | undefined;
}

const DEFAULTS = {
  cacheMaxAge: 60_000,
  cooldownDuration: 30_000,
  timeoutDuration: 5_000,
  revalidateTimeout: 1_000,
  maxBytes: 16 << 20,
};

/** The numbers among the options, each at its default where it was left out. @internal */
export type Numbers = Record<keyof typeof DEFAULTS, number>;

/** Reads them. @throws {TypeError} One is no number that it can be. @internal */
export function readNumbers(options: RegistryClientOptions): Numbers {
  const numbers = { ...DEFAULTS };
  for (const name of Object.keys(DEFAULTS) as (keyof Numbers)[]) {
    const given: unknown = options[name];
    if (given === undefined) continue;
    if (typeof given !== "number" || !(given >= 0)) throw new TypeError(`\`${name}\` must be a number from 0`);
    numbers[name] = given;
  }
  if (!Number.isInteger(numbers.maxBytes) || numbers.maxBytes < 1) throw new TypeError("`maxBytes` must be an integer from 1");
  return numbers;
}

/** The address as a text. @throws {TypeError} There is none. @internal */
export function readUrl({ url }: RegistryClientOptions): string {
  const text = typeof url === "string" ? url : url?.href;
  if (typeof text !== "string" || text === "") throw new TypeError("`url` must be the address of the list");
  return text;
}
