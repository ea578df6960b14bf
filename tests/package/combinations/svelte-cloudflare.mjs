// SvelteKit 2 on Cloudflare: what adapter-cloudflare makes for wrangler. There is no such adapter for SvelteKit 3 yet.

import { cpSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { NODE, deployed, giveVectors, missing, wrangler } from "../matrix/frameworks.mjs";

/** The application is the same. */
const SOURCES = fileURLToPath(new URL("../projects/svelte/src", import.meta.url));

export default {
  core: false,
  about: "SvelteKit",
  missing,
  async open(project, files) {
    cpSync(SOURCES, join(project.path, "src"), { recursive: true });
    giveVectors(project, "static", files);
    await project.run("vite", ["build"], NODE);
  },
  claims: deployed("SvelteKit {@sveltejs/kit}, adapter-cloudflare {@sveltejs/adapter-cloudflare}", wrangler()),
};
