/**
 * A client for each of many tenants, the ones used last: no tenant is ever handed another's registry.
 * @module
 */

import { createRegistryClient } from "./client.js";
import type { RegistryClient } from "./client.js";
import type { RegistryClientOptions } from "./options.js";

/** How a pool is made. */
export interface RegistryPoolOptions<Context> {
  /** How to make the client of a tenant that is not in the pool: `context` is what `get` was called with, the environment say. */
  readonly tenant: (name: string, context: Context) => RegistryClientOptions;
  /** The most clients that are kept. Default: 1,000. */
  readonly max?: number;
}

/** What {@link createRegistryPool} makes. */
export interface RegistryPool<Context> {
  /** The client of a tenant. Its name is the caller's own knowledge, never a word of an unverified request. */
  readonly get: (name: string, context: Context) => RegistryClient;
  /** How many clients there are. */
  readonly size: number;
}

/** Makes a pool. A client that was dropped goes on for whoever holds it; the next one starts from the store. */
export function createRegistryPool<Context = undefined>({ tenant, max = 1_000 }: RegistryPoolOptions<Context>): RegistryPool<Context> {
  if (typeof tenant !== "function") throw new TypeError("`tenant` must be a function that gives a client's options");
  if (!Number.isInteger(max) || max < 1) throw new TypeError("`max` must be an integer from 1");
  // A map keeps the order in which its keys came: the first is the one that nobody asked for longest.
  const clients = new Map<string, RegistryClient>();
  return Object.freeze({
    get(name: string, context: Context) {
      if (typeof name !== "string" || name === "") throw new TypeError("A tenant's name must be a non-empty string");
      const known = clients.get(name);
      if (known !== undefined) clients.delete(name);
      // Whatever the options say: under this name the store keeps this tenant's list.
      const client = known ?? createRegistryClient({ ...tenant(name, context), tenant: name });
      clients.set(name, client);
      if (clients.size > max) for (const [oldest] of clients) return clients.delete(oldest), client;
      return client;
    },
    get size() {
      return clients.size;
    },
  });
}
