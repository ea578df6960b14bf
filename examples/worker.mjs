// A Worker in front of the platform: it refuses what the platform would refuse, and never what it would take.

import { createRegistryClient, kvStore } from "kaireon-outcomes/client";
import { createRespondGuard, queueSink } from "kaireon-outcomes/guard";

const headersOf = ({ API_KEY, TENANT }) => ({ "X-API-Key": API_KEY, "X-Tenant-Id": TENANT });

// One for all requests: it asks for the list when it has to, and keeps the last good one for the next start.
let client;
const clientOf = (env) =>
  (client ??= createRegistryClient({
    url: `${env.API}/outcome-types`,
    tenant: env.TENANT,
    headers: headersOf(env),
    store: kvStore(env.KV),
  }));

export default createRespondGuard({
  registry: (request, env) => clientOf(env),
  upstream: (request, env) => env.API,
  headers: (request, env) => headersOf(env),
  mode: (request, env) => env.GUARD ?? "enforce", // or "report", or "off": a switch without a deploy
  onRefused: queueSink((env) => env.REFUSED), // what is refused can be looked at, and sent again
});
