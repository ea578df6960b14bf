// Hono: the same application on each runtime that it serves.

import { join } from "node:path";
import { asked } from "../matrix/project.mjs";
import { serveWorker } from "../matrix/workerd.mjs";

const words = (port) => ["serve", "--no-prompt", "--no-remote", "--v8-flags=--expose-gc", "--host=127.0.0.1", `--port=${port}`, "app.mjs"];
const deno = (project) => project.start(project.tool(".bin/deno"), words, { env: { DENO_NO_UPDATE_CHECK: "1", DENO_DIR: join(project.path, ".deno") } });

export default {
  core: false,
  about: "Hono",
  claims: {
    "Hono {hono} on Node, @hono/node-server {@hono/node-server}": asked((project) => project.start("node", ["--expose-gc", "node.mjs"])),
    "Hono {hono} on Deno {deno}": asked(deno),
    "Hono {hono} on Bun {bun}": asked((project) => project.start(project.tool("bun/bin/bun.exe"), ["run", "bun.mjs"])),
    "Hono {hono} on workerd {workerd}": asked((project) => serveWorker(project, 'export { default } from "./app.mjs";')),
  },
};
