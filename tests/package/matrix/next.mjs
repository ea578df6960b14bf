// The application projects/next, whoever builds and serves it.

import assert from "node:assert/strict";

/** What its server component says: the page has the answer in base64. */
export async function rendered(server) {
  const page = await (await fetch(`${server.url}/server`)).text();
  const [, answer] = page.match(/<pre>([^<]+)<\/pre>/) ?? assert.fail(`${page.slice(0, 3000)}\n${server.said()}`);
  return Buffer.from(answer, "base64").toString();
}
