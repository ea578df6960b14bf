/** With the types of Cloudflare's Workers, which are not the DOM's: the guard is a Worker, its sinks take the bindings. */
import { createRegistryClient, kvStore } from "kaireon-outcomes/client";
import { bucketSink, createRespondGuard, queueSink } from "kaireon-outcomes/guard";

interface Env {
  readonly API: Fetcher;
  readonly KV: KVNamespace;
  readonly REFUSED: Queue;
  readonly BUCKET: R2Bucket;
}

export default createRespondGuard<Env>({
  registry: (request: Request, env) => createRegistryClient({ url: request.url, store: kvStore(env.KV) }),
  upstream: (_, env) => env.API,
  onRefused: queueSink((env) => env.REFUSED),
  decorate: (response) => new Response(response.body, response),
}) satisfies ExportedHandler<Env>;

export const other = createRespondGuard<Env>({ registry: () => createRegistryClient({ url: "x" }), onRefused: bucketSink((env) => env.BUCKET) });
