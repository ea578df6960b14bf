/**
 * A registry that stays fresh: the current one is always at hand, and asking for a newer one never stops a call.
 *
 * Workers forbid the obvious: a promise that another request began may never settle once that request is gone, and
 * whoever awaits it hangs for good. So nobody here waits for another's load unless something keeps that load alive.
 * @module
 */

import { OutcomeRegistry, SYSTEM_OUTCOME_TYPES } from "kaireon-outcomes";
import type { WebSignalShape } from "../web.js";
import { RegistryLoadError } from "./events.js";
import type { RegistryEvent } from "./events.js";
import { askForList } from "./list.js";
import type { Validators } from "./list.js";
import { readNumbers, readUrl } from "./options.js";
import type { AskOptions, RegistryClientOptions } from "./options.js";
import { Pause } from "./pause.js";

declare const AbortController: new () => { readonly signal: WebSignalShape; abort(reason?: unknown): void };
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
   * yet does this wait, at most `timeoutDuration`. Never rejects.
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
  /** Puts a registry in place: `registry.with(row)` after the server has said yes. */
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
  const loading = message && { message };
  const storeKey = `kaireon-outcomes:1:${JSON.stringify([url, tenant])}`;
  const now = () => Date.now();

  const listeners = new Set<() => void>();
  const pause = new Pause(cooldownDuration);
  let current = initialRegistry(options);
  /** Whether it is a list at all: a snapshot is one, if an old one. */
  let hasList = options.initial !== undefined;
  /** When the list was last known to be the API's, and when the request that says so began. */
  let checkedAt = -Infinity;
  let startedAt = -Infinity;
  /** Every load and every `set` has a number: a load with a lower one than the current registry's comes too late. */
  let numbered = 0;
  let number = 0;
  let validators: Validators = {};
  let pending: Pending | undefined;
  let restored = store === undefined;

  const tell = (event: RegistryEvent) => {
    try {
      onEvent?.(event);
    } catch {
      // A counter's fault is not the registry's.
    }
  };

  const put = (registry: OutcomeRegistry) => {
    if (registry === current) return;
    current = registry;
    for (const listener of [...listeners]) {
      try {
        listener();
      } catch (error) {
        tell({ type: "listener_failed", error });
      }
    }
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
    tell({ type: "abandoned", ms });
    return undefined;
  };

  /** Begins a load of its own. Its promise rejects with a {@link RegistryLoadError}, and nobody has to listen. */
  const begin = ({ waitUntil }: AskOptions): Pending => {
    const began = now();
    const turn = (numbered += 1);
    const controller = new AbortController();
    pause._begin(began);
    let timer: unknown;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new RegistryLoadError(`No list within ${timeoutDuration} ms`, "timeout"));
        controller.abort();
      }, timeoutDuration);
    });
    const work = Promise.race([load(began, turn, controller.signal), late]);
    const done = work
      .catch((error: unknown) => {
        const failure = error instanceof RegistryLoadError ? error : new RegistryLoadError("The list could not be asked for", "network", { cause: error });
        const retryAt = pause._fail(now(), failure.retryAt);
        const { reason, status } = failure;
        tell({ type: "failed", reason, ...(status !== undefined && { status }), error: failure.cause, failures: pause._failures, retryAt, ms: now() - began });
        throw failure;
      })
      .finally(() => {
        clearTimeout(timer);
        if (pending === mine) pending = undefined;
      });
    done.catch(() => {});
    waitUntil?.(done.catch(() => {}));
    const mine: Pending = { startedAt: began, held: waitUntil !== undefined, done };
    return (pending = mine);
  };

  const load = async (began: number, turn: number, signal: WebSignalShape): Promise<OutcomeRegistry> => {
    const headers = typeof options.headers === "function" ? await options.headers() : (options.headers ?? {});
    const listed = await askForList({ url, headers, known: validators, maxBytes, fetch: options.fetch, now }, signal);
    const ms = now() - began;
    if (turn < number) {
      tell({ type: "outdated", ms });
      return current;
    }
    const { document } = listed;
    if (document === undefined) {
      pause._succeed();
      number = turn;
      checkedAt = startedAt = began;
      tell({ type: "not_modified", ms });
      return current;
    }
    const loaded = OutcomeRegistry.load(document, loading);
    if (!loaded.ok) throw new RegistryLoadError(loaded.issues[0]?.message ?? "It is no list", "not_a_registry", { status: 200 });
    pause._succeed();
    ({ validators } = listed);
    hasList = true;
    number = turn;
    checkedAt = startedAt = began;
    const registry = loaded.value;
    tell({ type: "loaded", size: registry.size, complete: registry.complete, warnings: loaded.warnings, ms });
    put(registry);
    await keep(registry);
    return registry;
  };

  const keep = async (registry: OutcomeRegistry) => {
    if (store === undefined) return;
    const kept: Kept = { version: 1, savedAt: checkedAt, ...validators, list: registry.toJSON() };
    try {
      await store.set(storeKey, JSON.stringify(kept));
    } catch (error) {
      tell({ type: "store_failed", operation: "set", error });
    }
  };

  /** Takes what the store has, once, unless the API was quicker. */
  const restore = async () => {
    if (restored || store === undefined) return;
    try {
      // Whoever asks at the same time asks for itself: this request may end before the store answers.
      const text = await within(Promise.resolve(store.get(storeKey)), revalidateTimeout);
      restored = true;
      if (text === null || text === undefined || hasList) return;
      const kept = JSON.parse(text) as Kept;
      if (kept?.version !== 1 || typeof kept.savedAt !== "number") throw new TypeError("What the store has is none of ours");
      const registry = OutcomeRegistry.from(kept.list, loading);
      hasList = true;
      // Another machine's clock says how old it is, but not whether a request of ours began before.
      checkedAt = kept.savedAt;
      const { etag, lastModified } = kept;
      validators = { etag, lastModified };
      tell({ type: "restored", size: registry.size, savedAt: kept.savedAt });
      put(registry);
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
      if (other === undefined && !pause._holds(now())) begin(asked);
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
    hasList = true;
    number = numbered += 1;
    checkedAt = startedAt = now();
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

/** A promise, but not for longer than this; then it rejects. The timer is the caller's own. */
async function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: unknown;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new RegistryLoadError(`No answer within ${ms} ms`, "timeout")), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
