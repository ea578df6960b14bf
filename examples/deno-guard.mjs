// A server of Deno's in front of the platform: deno serve --allow-net --allow-env deno-guard.mjs

import { createRegistryClient } from "npm:kaireon-outcomes/client";
import { createRespondGuard } from "npm:kaireon-outcomes/guard";

const env = (name) => Deno.env.get(name);
const headersOf = () => ({ "X-API-Key": env("API_KEY"), "X-Tenant-Id": env("TENANT") });

let client;
const guard = createRespondGuard({
  registry: () => (client ??= createRegistryClient({ url: `${env("API")}/outcome-types`, headers: headersOf })),
  upstream: () => env("API"),
  headers: headersOf,
});

// Deno lives on when a request has ended: what goes on then needs nobody to hold it.
export default { fetch: (request) => guard.fetch(request, undefined, { waitUntil() {} }) };
