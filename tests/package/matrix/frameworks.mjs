// Frameworks: what one deploys is started and asked at two places, its endpoint `/answer` and its page in Chromium.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { interactionsModule } from "./applications.mjs";
import { ask, isThere } from "./pages.mjs";
import { asked } from "./project.mjs";
import { ofInteractions } from "./verdict.mjs";

/** The Node that they and wrangler need. */
export const NODE = { node: "22" };

/** Asks for interactions on a page, and at an endpoint. */
export const interactionsOn = (url) => ask("Chromium", url, "runInteractions");
export const interactionsAt = async (server, path = "/interactions") => ofInteractions(await server.answer(path));

/** The claims on what `start` starts. */
export const deployed = (name, start) => ({
  [`${name}, an endpoint`]: asked(start, (server, files) => server.answer("/answer", files)),
  [`${name}, a page in Chromium`]: asked(start, (server) => ask("Chromium", `${server.url}/`)),
  [`${name}, interactions at an endpoint`]: asked(start, (server) => interactionsAt(server)),
  [`${name}, interactions on a page in Chromium`]: asked(start, (server) => interactionsOn(`${server.url}/`)),
});

/** `wrangler dev`; `words` say what it serves. */
export const wrangler = (...words) => (project) => project.start("wrangler", (port) => ["dev", ...words, "--ip=127.0.0.1", `--port=${port}`], NODE);

/** Puts the vectors where a framework takes the files of its pages from, and what asks for interactions beside its sources. */
export function giveVectors({ path }, folder, files) {
  mkdirSync(join(path, folder), { recursive: true });
  writeFileSync(join(path, folder, "vectors.json"), files);
  writeFileSync(join(path, "interactions.mjs"), interactionsModule);
}

/** Both claims share a build, so both need what one does. */
export const missing = () => (isThere("Chromium") ? undefined : "there is no Chromium on this machine");
