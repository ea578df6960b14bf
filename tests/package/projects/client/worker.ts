// What a Worker hands to a client: its own fetch and that of a service, its stores, its context. It only has to compile.

import { cacheStore, createRegistryClient, kvStore } from "kaireon-outcomes/client";
import type { RegistryClient } from "kaireon-outcomes/client";

interface Env {
  readonly KV: KVNamespace;
  readonly API: Fetcher;
}

let client: RegistryClient | undefined;

export default {
  async fetch(_, env, context) {
    client ??= createRegistryClient({ url: new URL("https://api.example/"), store: kvStore(env.KV), fetch: (url, init) => env.API.fetch(url, init) });
    createRegistryClient({ url: "https://api.example/", store: cacheStore(caches.default), fetch });
    createRegistryClient({ url: "https://api.example/", store: cacheStore(() => caches.open("registry")) });
    // @ts-expect-error A bucket is no namespace.
    kvStore(env.API);
    return Response.json(await client.get({ waitUntil: (promise) => context.waitUntil(promise) }));
  },
} satisfies ExportedHandler<Env>;
