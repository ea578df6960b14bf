// Vite as it comes, without a file of configuration: its dev server with nothing prepared, and its build.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { interactionsModule, pageOfBoth } from "./applications.mjs";
import { ask, askServed, page } from "./pages.mjs";
import { once } from "./project.mjs";

/** What earlier runs left in node_modules would hide how a page fares at its first visit. */
const develop = (run) => async (_, project) => {
  rmSync(join(project.path, "node_modules/.vite"), { recursive: true, force: true });
  const server = await project.start("vite", (port) => ["--host", "127.0.0.1", "--port", String(port), "--strictPort"], { ready: "/vectors.json" });
  try {
    return await ask("Chromium", `${server.url}/`, run);
  } finally {
    server.stop();
  }
};

const build = (run) => async (built, project, files) => {
  await built();
  return askServed("Chromium", join(project.path, "dist"), files, {}, run);
};

/** One combination a version: each is a project of its own. */
export const withVite = (version, core) => ({
  core,
  about: "Bundlers",
  project: `vite-${version}`,
  open(project, files) {
    const { path } = project;
    mkdirSync(join(path, "public"));
    writeFileSync(join(path, "public/vectors.json"), files);
    writeFileSync(join(path, "index.html"), page("/page.js"));
    writeFileSync(join(path, "page.js"), pageOfBoth);
    writeFileSync(join(path, "interactions.mjs"), interactionsModule);
    return once(() => project.run("vite", ["build"]));
  },
  claims: {
    "Vite {vite}, dev server with a cold cache": develop(),
    "Vite {vite}, dev server with a cold cache, interactions": develop("runInteractions"),
    "Vite {vite}, build": build(),
    "Vite {vite}, build, interactions": build("runInteractions"),
  },
});
