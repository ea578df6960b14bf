/**
 * Where the last good list outlives the process: two methods, and adapters for the usual places.
 * @module
 */

/** A place for texts. What it throws is an event, and never a failure of the client. */
export interface RegistryStore {
  /** The text of a key; nothing where there is none. */
  get(key: string): string | null | undefined | Promise<string | null | undefined>;
  /** Keeps a text under a key. */
  set(key: string, text: string): unknown;
}

/** In memory: for tests, and for clients that come and go in one process. */
export function memoryStore(texts: Map<string, string> = new Map()): RegistryStore {
  return {
    get: (key) => texts.get(key),
    set: (key, text) => texts.set(key, text),
  };
}

/** As a Cloudflare KV namespace has it. */
export interface KvNamespace {
  get(key: string): Promise<string | null>;
  put(key: string, value: string, options?: { readonly expirationTtl?: number }): Promise<unknown>;
}

/** Keeps texts in Cloudflare KV. Its keys have at most 512 bytes: a longer one is hashed. */
export function kvStore(namespace: KvNamespace): RegistryStore {
  return {
    get: async (key) => namespace.get(await short(key, 512)),
    set: async (key, text) => namespace.put(await short(key, 512), text),
  };
}

/** As the Cache API has it, `caches.default` of Workers among them. */
export interface CacheLike {
  match(key: string): Promise<{ text(): Promise<string> } | undefined>;
  put(key: string, response: never): Promise<unknown>;
}

declare const Response: new (text: string, init: { readonly headers: Record<string, string> }) => unknown;

/** Keeps texts in a `Cache`; `maxAge` is how long it may keep them, in seconds. Default: a week. */
export function cacheStore(cache: CacheLike | (() => CacheLike | Promise<CacheLike>), maxAge = 604_800): RegistryStore {
  const opened = async () => (typeof cache === "function" ? cache() : cache);
  // A cache knows addresses; this one is nobody's.
  const address = (key: string) => `https://kaireon-outcomes.invalid/${encodeURIComponent(key)}`;
  return {
    get: async (key) => (await (await opened()).match(address(key)))?.text(),
    async set(key, text) {
      const headers = { "Content-Type": "application/json", "Cache-Control": `max-age=${maxAge}` };
      await (await opened()).put(address(key), new Response(text, { headers }) as never);
    },
  };
}

/** As `Deno.openKv()` has it. */
export interface DenoKv {
  get(key: readonly string[]): Promise<{ readonly value: unknown }>;
  set(key: readonly string[], value: unknown): Promise<unknown>;
}

/** What one entry of Deno KV holds; in UTF-16 units that may each take three bytes. */
const DENO_PART = 20_000;

/** What says where a text's parts are: how many, under which of two names, and by what each is known as one of them. */
interface DenoParts {
  readonly count: number;
  readonly mark: string;
  readonly id: number;
}

/** Keeps texts in Deno KV, in parts: an entry there has at most 64 KiB, a key 2 KiB. */
export function denoKvStore(kv: DenoKv): RegistryStore {
  return {
    async get(key) {
      const place = ["kaireon-outcomes", await short(key, 1_024)];
      const { count, mark, id } = ((await kv.get(place)).value ?? {}) as Partial<DenoParts>;
      if (typeof count !== "number" || typeof mark !== "string") return undefined;
      const entries = await Promise.all(Array.from({ length: count }, (_, at) => kv.get([...place, mark, String(at)])));
      const parts = entries.map(({ value }) => value as { readonly id: number; readonly text: string } | null);
      // Two writers at once leave a mixture, which is nothing.
      return parts.every((part) => part?.id === id) ? parts.map((part) => part?.text).join("") : undefined;
    },
    async set(key, text) {
      // Parts are written under one of two names in turn, and named last: a reader finds those that are not written now.
      const place = ["kaireon-outcomes", await short(key, 1_024)];
      const old = (await kv.get(place)).value as Partial<DenoParts> | null;
      const parts: DenoParts = { mark: old?.mark === "a" ? "b" : "a", count: Math.ceil(text.length / DENO_PART), id: Math.random() };
      for (let at = 0; at < parts.count; at += 1) {
        await kv.set([...place, parts.mark, String(at)], { id: parts.id, text: text.slice(at * DENO_PART, (at + 1) * DENO_PART) });
      }
      await kv.set(place, parts);
    },
  };
}

declare const crypto: { readonly subtle: { digest(name: string, bytes: Uint8Array): Promise<ArrayBuffer> } };
declare const TextEncoder: new () => { encode(text: string): Uint8Array };

/** A key that is not too long for its place. */
async function short(key: string, most: number): Promise<string> {
  const bytes = new TextEncoder().encode(key);
  if (bytes.length <= most) return key;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `kaireon-outcomes:${Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
