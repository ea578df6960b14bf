// Next.js on Cloudflare: OpenNext makes a worker of the application that next.mjs has, and Wrangler runs it on workerd.

import assert from "node:assert/strict";
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { NODE, giveVectors, interactionsAt, interactionsOn, missing, wrangler } from "../matrix/frameworks.mjs";
import { rendered } from "../matrix/next.mjs";
import { ask } from "../matrix/pages.mjs";
import { asked } from "../matrix/project.mjs";

const APPLICATION = fileURLToPath(new URL("../projects/next", import.meta.url));
/** Without it Next puts the default entry into its bundle; with it the one for Cloudflare is found, later on. */
const LINE = 'serverExternalPackages: ["kaireon-outcomes"]';
/** How long a worker's word may be on its way to the log. */
const PATIENCE = 30_000;


/** Builds the application with these lines in Next's configuration. */
async function build(project, lines) {
  writeFileSync(join(project.path, "next.config.ts"), `export default { ${lines} };\n`);
  await project.run("opennextjs-cloudflare", ["build"], NODE);
}

/** Each claim has a server: the worker's places share one package, but each has a suite of its own, which watches it from the first call on. */
const served = (claim) => asked(wrangler("--inspector-port=0"), claim);

/** The route fails, and the log has the package's error, once it is there. */
const refused = served(async (server, files) => {
  await assert.rejects(server.answer("/node", files), /\/node answered 500/);
  let said;
  for (const until = Date.now() + PATIENCE; said === undefined && Date.now() < until; await new Promise((done) => setTimeout(done, 100))) {
    said = server.said().match(/Error: (kaireon-outcomes .*)/)?.[1];
  }
  assert.ok(said?.startsWith("kaireon-outcomes may not compile WebAssembly here: ") && said.includes(LINE), server.said());
  return `it says "…${LINE}"`;
});

export default {
  core: false,
  about: "Next.js",
  missing,
  open(project, files) {
    const { path } = project;
    cpSync(join(APPLICATION, "app"), join(path, "app"), { recursive: true });
    cpSync(join(APPLICATION, "tsconfig.json"), join(path, "tsconfig.json"));
    // Not proxy.ts: OpenNext calls its support experimental, and it fails there with any external package of ES modules.
    cpSync(join(APPLICATION, "before.ts"), join(path, "middleware.ts"));
    // OpenNext refuses a route that asks for the edge: there, all of them are.
    rmSync(join(path, "app/edge"), { recursive: true });
    giveVectors(project, "public", files);
    return build(project, LINE);
  },
  claims: {
    "OpenNext {@opennextjs/cloudflare} on workerd, a route": served((server, files) => server.answer("/node", files)),
    "OpenNext {@opennextjs/cloudflare} on workerd, middleware.ts": served((server, files) => server.answer("/before", files)),
    "OpenNext {@opennextjs/cloudflare} on workerd, a server component": served(rendered),
    "OpenNext {@opennextjs/cloudflare} on workerd, a client component in Chromium": served((server) => ask("Chromium", `${server.url}/client`)),
    "OpenNext {@opennextjs/cloudflare} on workerd, interactions in a route": served((server) => interactionsAt(server, "/node/interactions")),
    "OpenNext {@opennextjs/cloudflare} on workerd, interactions in middleware.ts": served((server) => interactionsAt(server, "/before/interactions")),
    "OpenNext {@opennextjs/cloudflare} on workerd, interactions in a client component in Chromium": served((server) => interactionsOn(`${server.url}/client`)),
    // The last one, as it builds anew.
    async "OpenNext {@opennextjs/cloudflare} on workerd, without serverExternalPackages: one sentence"(_, project, files) {
      await build(project, "");
      return refused(undefined, project, files);
    },
  },
};
