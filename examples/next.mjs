// A route of Next.js, app/api/v1/respond/route.js: what the platform would refuse does not leave the house.

import { createRegistryClient } from "kaireon-outcomes/client";
import { createRespondGuard } from "kaireon-outcomes/guard";

const { API, API_KEY, TENANT } = process.env;
const headers = { "X-API-Key": API_KEY, "X-Tenant-Id": TENANT };
const registry = createRegistryClient({ url: `${API}/outcome-types`, tenant: TENANT, headers });
const guard = createRespondGuard({ registry, upstream: API, headers });

// Where functions are frozen when they have answered: guard.fetch(request, undefined, { waitUntil: after }), of "next/server".
export const POST = (request) => guard.fetch(request);
