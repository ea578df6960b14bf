// Nuxt: a server route and a page, as Nitro deploys them on Node and on Cloudflare, and what is said there without its line.

import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { NODE, deployed, giveVectors, missing, wrangler } from "../matrix/frameworks.mjs";
import { ask } from "../matrix/pages.mjs";
import { asked } from "../matrix/project.mjs";

const build = (project, preset, output, wasm) =>
  project.run("nuxt", ["build"], { ...NODE, env: { NITRO_PRESET: preset, OUTPUT: output, WASM: String(wasm) } });

const onNode = (project) => project.start("node", ["--expose-gc", "node/server/index.mjs"], NODE);
/** The line does no harm where a Cloudflare application is developed, which is on Node. */
const dev = (project) => project.start("nuxt", (port) => ["dev", "--host=127.0.0.1", `--port=${port}`, "--no-fork"], { ...NODE, env: { WASM: "true" } });
/**
 * With a cold cache Vite may learn of one dependency only while it serves another; then it says so, and has the page load
 * itself anew. A first visit that does not say so has to be without a fault, and the next one in any case.
 */
const visited = async (project) => {
  const server = await dev(project);
  try {
    await ask("Chromium", `${server.url}/`);
  } catch (error) {
    if (!error.message.includes("Outdated Optimize Dep")) {
      server.stop();
      throw error;
    }
  }
  return server;
};
const FLAGS = ["--compatibility-date=2026-10-01", "--compatibility-flags=nodejs_compat"];
const onWorkerd = (output) => wrangler(`${output}/server/index.mjs`, `--assets=${output}/public`, ...FLAGS);

/** The first call throws; Nitro answers 500 and logs why, a moment later. */
async function saysTheLine(server, files) {
  await assert.rejects(server.answer("/answer", files), /answered 500/);
  const sentence = /kaireon-outcomes may not compile WebAssembly here: [^\n]*(Nuxt on Cloudflare needs nitro: \{ experimental: \{ wasm: true \} \})/;
  for (const until = Date.now() + 20_000; Date.now() < until && !sentence.test(server.said()); ) await setTimeout(100);
  assert.match(server.said(), sentence);
  return `it says "… ${sentence.exec(server.said())[1]}"`;
}

const name = "Nuxt {nuxt}, Nitro {nitropack}";

export default {
  core: false,
  about: "Nuxt",
  missing,
  async open(project, files) {
    giveVectors(project, "public", files);
    await build(project, "node_server", "node", false);
    await build(project, "cloudflare_module", "cloudflare", true);
    await build(project, "cloudflare_module", "without", false);
  },
  claims: {
    ...deployed(`${name}, on Node`, onNode),
    ...deployed(`${name}, on Cloudflare with experimental.wasm`, onWorkerd("cloudflare")),
    ...deployed(`${name}, nuxt dev with experimental.wasm`, visited),
    [`${name}, on Cloudflare without it: one sentence`]: asked(onWorkerd("without"), saysTheLine),
  },
};
