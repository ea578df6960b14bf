// wrangler, Cloudflare's own tool: `wrangler dev` with old and new compatibility dates, and what it deploys, in miniflare.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { AT_START, worker } from "../matrix/applications.mjs";
import { NODE, wrangler } from "../matrix/frameworks.mjs";
import { asked } from "../matrix/project.mjs";

const isReady = async (server) => {
  const said = await (await fetch(server.url)).text();
  assert.equal(said, "ready");
  return said;
};

export default {
  core: false,
  about: "Cloudflare Workers",
  open({ path }, files) {
    writeFileSync(join(path, "vectors.json"), files);
    writeFileSync(join(path, "worker.mjs"), worker());
    writeFileSync(join(path, "start.mjs"), worker(AT_START));
  },
  claims: {
    "wrangler {wrangler} dev, compatibility date 2024-01-01": asked(wrangler("worker.mjs", "--compatibility-date=2024-01-01")),
    "wrangler {wrangler} dev, compatibility date 2026-10-01 with nodejs_compat": asked(
      wrangler("worker.mjs", "--compatibility-date=2026-10-01", "--compatibility-flags=nodejs_compat"),
    ),
    "wrangler {wrangler} dev, a call at global scope": asked(wrangler("start.mjs", "--compatibility-date=2026-10-01"), isReady),
    async "miniflare {miniflare}, what wrangler deploys"(_, project) {
      await project.run("wrangler", ["deploy", "worker.mjs", "--name=worker", "--dry-run", "--outdir=built", "--compatibility-date=2026-07-01"], NODE);
      return project.run("node", ["miniflare.mjs", "vectors.json"], NODE);
    },
  },
};
