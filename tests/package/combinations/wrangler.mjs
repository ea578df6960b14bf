// wrangler, Cloudflare's own tool: `wrangler dev` with old and new compatibility dates, and what it deploys, in miniflare.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { AT_START, interactionsModule, worker, workerOfBoth } from "../matrix/applications.mjs";
import { NODE, interactionsAt, wrangler } from "../matrix/frameworks.mjs";
import { asked, once } from "../matrix/project.mjs";

const isReady = async (server) => {
  const said = await (await fetch(server.url)).text();
  assert.equal(said, "ready");
  return said;
};

const inMiniflare = (path) => async (deploy, project) => {
  await deploy();
  return project.run("node", ["miniflare.mjs", path, "vectors.json"], NODE);
};

export default {
  core: false,
  about: "Cloudflare Workers",
  open(project, files) {
    const { path } = project;
    writeFileSync(join(path, "vectors.json"), files);
    writeFileSync(join(path, "worker.mjs"), worker());
    writeFileSync(join(path, "start.mjs"), worker(AT_START));
    writeFileSync(join(path, "interactions.mjs"), interactionsModule);
    writeFileSync(join(path, "both.mjs"), workerOfBoth);
    const words = ["deploy", "both.mjs", "--name=worker", "--dry-run", "--outdir=built", "--compatibility-date=2026-07-01"];
    return once(() => project.run("wrangler", words, NODE));
  },
  claims: {
    "wrangler {wrangler} dev, compatibility date 2024-01-01": asked(wrangler("worker.mjs", "--compatibility-date=2024-01-01")),
    "wrangler {wrangler} dev, compatibility date 2026-10-01 with nodejs_compat": asked(
      wrangler("worker.mjs", "--compatibility-date=2026-10-01", "--compatibility-flags=nodejs_compat"),
    ),
    "wrangler {wrangler} dev, a call at global scope": asked(wrangler("start.mjs", "--compatibility-date=2026-10-01"), isReady),
    "wrangler {wrangler} dev, interactions": asked(wrangler("both.mjs", "--compatibility-date=2026-10-01"), (server) => interactionsAt(server)),
    "miniflare {miniflare}, what wrangler deploys": inMiniflare("/"),
    "miniflare {miniflare}, what wrangler deploys, interactions": inMiniflare("/interactions"),
  },
};
