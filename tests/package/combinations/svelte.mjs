// SvelteKit: an endpoint and a page, as its adapter for Node deploys them.

import { NODE, deployed, giveVectors, missing } from "../matrix/frameworks.mjs";

/** A request may have half a megabyte there unless told. */
const start = (project) => project.start("node", ["--expose-gc", "build"], { ...NODE, env: { BODY_SIZE_LIMIT: "Infinity" } });

export default {
  core: false,
  about: "SvelteKit",
  missing,
  async open(project, files) {
    giveVectors(project, "static", files);
    await project.run("vite", ["build"], NODE);
  },
  claims: deployed("SvelteKit {@sveltejs/kit}, adapter-node {@sveltejs/adapter-node}", start),
};
