// The Cloudflare plugin of Vite: what it builds, as its preview serves it, and the server for development.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { interactionsModule, worker, workerOfBoth } from "../matrix/applications.mjs";
import { NODE, interactionsAt } from "../matrix/frameworks.mjs";
import { asked } from "../matrix/project.mjs";

const vite = (...words) => (project) => project.start("vite", (port) => [...words, "--host=127.0.0.1", `--port=${port}`, "--strictPort"], NODE);

export default {
  core: false,
  about: "Cloudflare Workers",
  async open(project) {
    writeFileSync(join(project.path, "worker.mjs"), worker());
    writeFileSync(join(project.path, "interactions.mjs"), interactionsModule);
    writeFileSync(join(project.path, "both.mjs"), workerOfBoth);
    await project.run("vite", ["build"], NODE);
  },
  claims: {
    "@cloudflare/vite-plugin {@cloudflare/vite-plugin}, Vite {vite}, built": asked(vite("preview")),
    "@cloudflare/vite-plugin {@cloudflare/vite-plugin}, Vite {vite}, built, interactions": asked(vite("preview"), (server) => interactionsAt(server)),
    "@cloudflare/vite-plugin {@cloudflare/vite-plugin}, Vite {vite}, vite dev": asked(vite("dev")),
    "@cloudflare/vite-plugin {@cloudflare/vite-plugin}, Vite {vite}, vite dev, interactions": asked(vite("dev"), (server) => interactionsAt(server)),
  },
};
