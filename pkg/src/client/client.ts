/**
 * A registry that stays fresh: the current one is always at hand, and asking for a newer one never stops a call.
 *
 * Workers forbid the obvious: a promise that another request began may never settle once that request is gone, and
 * whoever awaits it hangs for good. So nobody here waits for another's load unless something keeps that load alive.
 * @module
 */

import { OutcomeRegistry, SYSTEM_OUTCOME_TYPES } from "kaireon-outcomes";
import type { WebSignal } from "../web.js";
import { RegistryLoadError } from "./events.js";
import type { RegistryEvent } from "./events.js";
import { askForList, isConditional } from "./list.js";
import type { Validators } from "./list.js";
import { readNumbers, readUrl } from "./options.js";
import type { AskOptions, RegistryClientOptions } from "./options.js";
import { Pause } from "./pause.js";

declare const AbortController: new () => { readonly signal: WebSignal; abort(): void };
declare function setTimeout(run: () => void, ms: number): unknown;
declare function clearTimeout(timer: unknown): void;

/** What the current registry is: nothing but the ten, a list that was good within `cacheMaxAge`, or an older one. */
export type RegistryState = "defaults" | "fresh" | "stale";

/** What {@link createRegistryClient} makes. Its methods are bound. */
export interface RegistryClient {
  /** The best registry there is, at once. In the state `defaults` it holds the ten, and refuses no unknown key. */
  readonly current: OutcomeRegistry;
  /** How good it is. */
  readonly state: RegistryState;
  /** What the caller's headers and logs may name: whose registry it is. */
  readonly tenant: string;
  /**
   * The registry to use now. A stale one is handed out at once and asked for again meanwhile; only where there is none
   * yet does this wait, at most `timeoutDuration`, and `revalidateTimeout` for the store; and for as long as the latter
   * after a load that died with its request. Never rejects.
   */
  readonly get: (options?: AskOptions) => Promise<OutcomeRegistry>;
  /**
   * Asks the API now, whatever the cooldown says.
   *
   * @throws {RegistryLoadError} The list could not be had; the current one stays.
   */
  readonly reload: (options?: AskOptions) => Promise<OutcomeRegistry>;
  /**
   * The registry of a request to the API that began at `since` or later: what may refuse a key that nobody knew. Asks
   * at most once per cooldown and waits at most `revalidateTimeout`. Without such a list: `undefined`. Never rejects.
   */
  readonly confirm: (since: number, options?: AskOptions) => Promise<OutcomeRegistry | undefined>;
  /**
   * Puts a registry in place: `registry.with(row)` after the server has said yes. The state stays what it is: the rest of
   * the list is as old as before, and nobody was asked for it.
   */
  readonly set: (registry: OutcomeRegistry) => void;
  /** Calls back whenever `current` is another one. @returns what ends that. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** A load on its way. */
interface Pending {
  readonly startedAt: number;
  /** Whether something keeps it alive when its request ends. */
  readonly held: boolean;
  readonly done: Promise<OutcomeRegistry>;
}

/** What a store keeps, as JSON. */
interface Kept extends Validators {
  readonly version: 1;
  readonly savedAt: number;
  readonly list: object;
}

/** Makes a client. It asks nobody before it is asked itself: in a Worker it may stand at global scope. */
export function createRegistryClient(options: RegistryClientOptions): RegistryClient {
  const { cacheMaxAge, cooldownDuration, timeoutDuration, revalidateTimeout, maxBytes } = readNumbers(options);
  const url = readUrl(options);
  const { tenant = "", store, message, onEvent } = options;
  const loading = { maxBytes, ...(message && { message }) };
  const storeKey = `kaireon-outcomes:1:${JSON.stringify([url, tenant])}`;
  const now = () => Date.now();

  const listeners = new Set<() => void>();
  const pause = new Pause(cooldownDuration);
  let current = initialRegistry(options);
  /** Whether it is a list at all: a snapshot is one, if an old one. */
  let hasList = (options.initial ?? undefined) !== undefined;
  /** When the list was last known to be the API's, and when the request that says so began. */
  let checkedAt = -Infinity;
  let startedAt = -Infinity;
  /** Every load and every `set` has a number: a load with a lower one than the current registry's comes too late. */
  let numbered = 0;
  let number = 0;
  let validators: Validators = {};
  /** The list that the store has yet to get. */
  let unkept: OutcomeRegistry | undefined;
  let pending: Pending | undefined;
  let restored = store === undefined;
  /** Whether a load died with its request since the last one that did not. */
  let neglected = false;

  // A counter's fault is not the registry's.
  const tell = (event: RegistryEvent) => safely(() => onEvent?.(event), () => {});
  const tellFault = (error: unknown) => tell({ type: "listener_failed", error });

  const put = (registry: OutcomeRegistry) => {
    if (registry === current) return;
    current = registry;
    for (const listener of [...listeners]) safely(listener, tellFault);
  };

  const isFresh = () => {
    const age = now() - checkedAt;
    // A clock that went back tells nothing.
    return hasList && age >= 0 && age < cacheMaxAge;
  };

  /** The load that is on its way, unless its time is over: then nobody waits for it any more. */
  const alive = (): Pending | undefined => {
    if (pending === undefined) return undefined;
    const ms = now() - pending.startedAt;
    if (ms >= 0 && ms <= timeoutDuration) return pending;
    // Its own request may have ended, and with it all that it could be told.
    pending = undefined;
    neglected = true;
    tell({ type: "abandoned", ms });
    return undefined;
  };

  /** Begins a load of its own. Its promise rejects with a {@link RegistryLoadError}, and nobody has to listen. */
  const begin = ({ waitUntil }: AskOptions): Pending => {
    const began = now();
    const turn = (numbered += 1);
    const ended = pause._begin(began);
    const controller = new AbortController();
    const done = within(load(began, turn, controller.signal), timeoutDuration, () => controller.abort())
      .catch((error: unknown) => {
        const failure = error instanceof RegistryLoadError ? error : new RegistryLoadError("The list could not be asked for", "network", { cause: error });
        const retryAt = pause._fail(ended, now(), failure.retryAt);
        const { reason, status } = failure;
        tell({ type: "failed", reason, ...(status !== undefined && { status }), error: failure, failures: pause._failures, retryAt, ms: now() - began });
        throw failure;
      })
      .finally(() => {
        if (pending === mine) pending = undefined;
      });
    // The store has its own time: a list that is current is had, whether or not it can be kept.
    const kept = done.then(keep, () => {});
    let held = false;
    try {
      waitUntil?.(kept);
      held = waitUntil !== undefined;
    } catch (error) {
      tellFault(error);
    }
    const mine: Pending = { startedAt: began, held, done };
    return (pending = mine);
  };

  const load = async (began: number, turn: number, signal: WebSignal): Promise<OutcomeRegistry> => {
    const headers = typeof options.headers === "function" ? await options.headers() : (options.headers ?? {});
    const known = validators;
    const listed = await askForList({ url, headers, known, maxBytes, fetch: options.fetch, now }, signal).catch((error: unknown) => {
      // Across origins a page needs leave to send them: it may not have it, and without them it may be answered.
      if ((error as RegistryLoadError).reason === "network" && isConditional(known) && known === validators) validators = {};
      throw error;
    });
    const ms = now() - began;
    // That it is the same says nothing where another list has come since.
    if (turn < number || (listed.document === undefined && known !== validators)) {
      tell({ type: "outdated", ms });
      return current;
    }
    const { document } = listed;
    const loaded = document === undefined ? undefined : OutcomeRegistry.load(document, loading);
    if (loaded?.ok === false) throw new RegistryLoadError(loaded.issues[0].message, "not_a_registry", { status: 200 });
    pause._succeed(began);
    hasList = true;
    neglected = false;
    number = turn;
    checkedAt = startedAt = began;
    if (loaded === undefined) {
      tell({ type: "not_modified", ms });
      return current;
    }
    ({ validators } = listed);
    const registry = loaded.value;
    unkept = registry;
    put(registry);
    tell({ type: "loaded", size: registry.size, complete: registry.complete, warnings: loaded.warnings, ms });
    return registry;
  };

  /** Writes the list that a load has just brought, if it is still the current one. */
  const keep = async (registry: OutcomeRegistry) => {
    if (store === undefined || unkept !== registry || registry !== current) return;
    unkept = undefined;
    try {
      const kept: Kept = { version: 1, savedAt: checkedAt, ...validators, list: registry.toJSON() };
      await store.set(storeKey, JSON.stringify(kept));
    } catch (error) {
      tell({ type: "store_failed", operation: "set", error });
    }
  };

  /** Takes what the store has, once, unless the API or `set` was quicker. */
  const restore = async () => {
    if (restored || store === undefined) return;
    try {
      // Whoever asks at the same time asks for itself: this request may end before the store answers.
      const text = await within(Promise.resolve(store.get(storeKey)), revalidateTimeout);
      restored = true;
      if (text === null || text === undefined || hasList || number > 0) return;
      const kept = JSON.parse(text) as Kept;
      if (kept?.version !== 1 || typeof kept.savedAt !== "number") throw new TypeError("What the store has is none of ours");
      const registry = OutcomeRegistry.from(kept.list, loading);
      hasList = true;
      // Another machine's clock says how old it is, but not whether a request of ours began before.
      checkedAt = kept.savedAt;
      validators = { etag: sendable(kept.etag), lastModified: sendable(kept.lastModified) };
      put(registry);
      tell({ type: "restored", size: registry.size, savedAt: kept.savedAt });
    } catch (error) {
      restored = true;
      tell({ type: "store_failed", operation: "get", error });
    }
  };

  const get = async (asked: AskOptions = {}): Promise<OutcomeRegistry> => {
    if (isFresh()) return current;
    if (!hasList) await restore();
    if (isFresh()) return current;
    const other = alive();
    if (hasList) {
      if (other !== undefined || pause._holds(now())) return current;
      const mine = begin(asked);
      // The last one died with its request, and so may all that nobody waits for.
      if (neglected && !mine.held) await within(mine.done, revalidateTimeout).catch(() => {});
      return current;
    }
    // There is none: a load that is kept alive may be waited for, any other is that request's own.
    const mine = other?.held ? other : pause._holds(now()) && pause._failures > 0 ? undefined : begin(asked);
    if (mine !== undefined) await within(mine.done, timeoutDuration).catch(() => {});
    return current;
  };

  const confirm = async (since: number, asked: AskOptions = {}): Promise<OutcomeRegistry | undefined> => {
    // A beginning in the future is none: the clock has gone back since.
    const confirmed = () => (hasList && startedAt >= since && startedAt <= now() ? current : undefined);
    if (confirmed()) return current;
    const other = alive();
    const mine = other !== undefined && other.startedAt >= since && other.held ? other : pause._holds(now()) ? undefined : begin(asked);
    if (mine !== undefined) await within(mine.done, revalidateTimeout).catch(() => {});
    return confirmed();
  };

  const reload = async (asked: AskOptions = {}): Promise<OutcomeRegistry> => begin(asked).done;

  const set = (registry: OutcomeRegistry) => {
    if (!(registry instanceof OutcomeRegistry)) throw new TypeError("`set` takes an OutcomeRegistry");
    // The ten and a row, say, are no list yet.
    hasList ||= registry.complete;
    number = numbered += 1;
    // It refuses no key on the word of the API.
    startedAt = -Infinity;
    // The API's next answer is not this one.
    validators = {};
    put(registry);
  };

  const subscribe = (listener: () => void) => {
    // A function of its own: the same one may listen twice.
    const mine = () => listener();
    listeners.add(mine);
    return () => void listeners.delete(mine);
  };

  return Object.freeze({
    get current() {
      return current;
    },
    get state(): RegistryState {
      return !hasList ? "defaults" : isFresh() ? "fresh" : "stale";
    },
    tenant,
    get,
    reload,
    confirm,
    set,
    subscribe,
  });
}

/** What is known before anything is: a list that says that there is more, so that it refuses no unknown key. */
function initialRegistry({ initial, message }: RegistryClientOptions): OutcomeRegistry {
  if (initial instanceof OutcomeRegistry) return initial;
  return OutcomeRegistry.from(initial ?? { data: SYSTEM_OUTCOME_TYPES, hasMore: true }, message && { message });
}

/** A text that a header may hold; a store may have anything. */
const sendable = (text: unknown): string | undefined => (typeof text === "string" && /^[\x20-\xff]+$/.test(text) ? text : undefined);

/** Calls what is somebody else's: what it throws, or rejects with, goes to `failed`. */
function safely(run: () => unknown, failed: (error: unknown) => void): void {
  try {
    Promise.resolve(run()).catch(failed);
  } catch (error) {
    failed(error);
  }
}

/** The longest that a timer can be told to wait: beyond that it does not wait at all. */
const LONGEST = 0x7fffffff;

/** A promise, but not for longer than this: then it rejects, and `abort` is called. The timer is the caller's own. */
async function within<T>(promise: Promise<T>, ms: number, abort = () => {}): Promise<T> {
  let timer: unknown;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new RegistryLoadError(`No answer within ${ms} ms`, "timeout"));
      abort();
    }, Math.min(ms, LONGEST));
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
