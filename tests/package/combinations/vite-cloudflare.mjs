// The Cloudflare plugin of Vite: what it builds, as its preview serves it, and the server for development.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { worker } from "../matrix/applications.mjs";
import { NODE } from "../matrix/frameworks.mjs";
import { asked } from "../matrix/project.mjs";

const vite = (...words) => (project) => project.start("vite", (port) => [...words, "--host=127.0.0.1", `--port=${port}`, "--strictPort"], NODE);

export default {
  core: false,
  about: "Cloudflare Workers",
  async open(project) {
    writeFileSync(join(project.path, "worker.mjs"), worker());
    await project.run("vite", ["build"], NODE);
  },
  claims: {
    "@cloudflare/vite-plugin {@cloudflare/vite-plugin}, Vite {vite}, built": asked(vite("preview")),
    "@cloudflare/vite-plugin {@cloudflare/vite-plugin}, Vite {vite}, vite dev": asked(vite("dev")),
  },
};
