// `kaireon-outcomes/client`: a registry that stays fresh, for one tenant or many.

export { createRegistryClient } from "./client.js";
export { createRegistryPool } from "./pool.js";
export { RegistryLoadError } from "./events.js";
export { cacheStore, denoKvStore, kvStore, memoryStore } from "./store.js";

export type { RegistryClient, RegistryState } from "./client.js";
export type { RegistryPool, RegistryPoolOptions } from "./pool.js";
export type { LoadFailure, RegistryEvent } from "./events.js";
export type { AskOptions, RegistryClientOptions } from "./options.js";
export type { CacheLike, DenoKv, KvNamespace, RegistryStore } from "./store.js";
export type { WaitUntil, WebFetch } from "../web.js";
