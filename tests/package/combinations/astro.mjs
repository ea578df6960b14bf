// Astro: an endpoint and a page, as its adapters for Node and for Cloudflare deploy them.

import { NODE, deployed, giveVectors, missing, wrangler } from "../matrix/frameworks.mjs";

const build = (project, adapter) => project.run("astro", ["build"], { ...NODE, env: { ADAPTER: adapter } });
const onNode = (project) => project.start("node", ["--expose-gc", "node/server/entry.mjs"], NODE);

export default {
  core: false,
  about: "Astro",
  missing,
  async open(project, files) {
    giveVectors(project, "public", files);
    await build(project, "node");
    await build(project, "cloudflare");
  },
  claims: {
    ...deployed("Astro {astro}, @astrojs/node {@astrojs/node}", onNode),
    ...deployed("Astro {astro}, @astrojs/cloudflare {@astrojs/cloudflare}", wrangler()),
  },
};
