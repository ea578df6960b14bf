// A route of Next.js, app/api/respond/route.js: what the platform would refuse does not leave the house.

import { OutcomeRegistry } from "kaireon-outcomes";

const { API, API_KEY, TENANT } = process.env;

export async function POST(request) {
  const headers = { "X-API-Key": API_KEY, "X-Tenant-Id": TENANT, "Content-Type": "application/json" };
  // Next keeps the list for a minute.
  const list = await fetch(`${API}/outcome-types`, { headers, next: { revalidate: 60 } });
  const registry = OutcomeRegistry.from(await list.text());

  const body = await request.arrayBuffer();
  const idempotencyKey = request.headers.get("Idempotency-Key");
  const { ok, issues } = registry.checkRespond(body, { idempotencyKey, now: Date.now() });
  if (!ok) return Response.json({ issues }, { status: 400 });
  return fetch(`${API}/respond`, { method: "POST", headers: { ...headers, "Idempotency-Key": idempotencyKey }, body });
}
