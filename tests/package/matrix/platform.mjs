// The stand-in for the platform behind an example that sends on what is good.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "../../../www/server/server.mjs";

/**
 * Hands over the variables by which an example finds the platform, and `respond(url)`: it sends a misspelt and a good
 * call there, and says what came back; the server behind has to have recorded the good one, and nothing else.
 */
export async function withPlatform(then) {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const API = `http://127.0.0.1:${server.address().port}/api/v1`;
  try {
    return await then({ env: { API, API_KEY: "krn_test", TENANT: "t_001" }, respond });
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

async function respond(url) {
  const refused = await send(url, "clik");
  assert.equal(refused.status, 400);
  assert.equal(refused.body.issues[0].suggestion, "click");
  const taken = await send(url, "click");
  assert.equal(taken.status, 200, JSON.stringify(taken.body));
  assert.equal(taken.body.status, "recorded");
  return "a misspelt outcome refused, the right one recorded";
}

async function send(url, outcome) {
  const body = JSON.stringify({ customerId: "CUST001", creativeId: "creative_001", outcome });
  const headers = { "Content-Type": "application/json", "Idempotency-Key": `k-${outcome}` };
  const answer = await fetch(url, { method: "POST", headers, body });
  return { status: answer.status, body: await answer.json() };
}
