// A Worker that checks Respond calls at the edge and sends on those that the platform would take.

import { OutcomeRegistry } from "kaireon-outcomes";

// Until there is a list, an unknown key is let through: this one is empty and says that there is more.
let registry = OutcomeRegistry.from({ data: [], hasMore: true });
let freshUntil = 0;

/** Asks for the list once a minute; while it cannot be had, the one in hand goes on. */
async function refresh(env) {
  if (Date.now() < freshUntil) return;
  const headers = { "X-API-Key": env.API_KEY, "X-Tenant-Id": env.TENANT };
  const answer = await fetch(`${env.API}/outcome-types`, { headers }).catch(() => undefined);
  if (!answer?.ok) return;
  const loaded = OutcomeRegistry.load(await answer.arrayBuffer());
  if (!loaded.ok) return;
  registry = loaded.value;
  freshUntil = Date.now() + 60_000;
}

export default {
  async fetch(request, env) {
    await refresh(env);
    const body = await request.arrayBuffer();
    const idempotencyKey = request.headers.get("Idempotency-Key");
    const { ok, issues } = registry.checkRespond(body, { idempotencyKey, now: Date.now() });
    if (!ok) {
      const error = { code: "BAD_REQUEST", message: issues[0].message, status: 400 };
      return Response.json({ error, issues }, { status: 400 });
    }
    return fetch(`${env.API}/respond`, { method: "POST", headers: request.headers, body });
  },
};
