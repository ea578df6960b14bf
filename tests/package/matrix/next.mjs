// The application projects/next, whoever builds and serves it.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isThere } from "./pages.mjs";

/** Its claims share a build, so all need what one does. */
export const missing = () => (isThere("Chromium") ? undefined : "there is no Chromium on this machine");

/** Puts the vectors where both its pages take them from. */
export function giveVectors({ path }, files) {
  mkdirSync(join(path, "public"), { recursive: true });
  writeFileSync(join(path, "public/vectors.json"), files);
}

/** What its server component says: the page has the answer in base64. */
export async function rendered(server) {
  const page = await (await fetch(`${server.url}/server`)).text();
  const [, answer] = page.match(/<pre>([^<]+)<\/pre>/) ?? assert.fail(`${page.slice(0, 3000)}\n${server.said()}`);
  return Buffer.from(answer, "base64").toString();
}
