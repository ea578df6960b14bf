// workerd, Cloudflare's runtime, by itself: a worker bundled as its own tools do it, and served.

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const { build } = createRequire(new URL("../../../pkg/package.json", import.meta.url))("esbuild");
const workerd = createRequire(new URL("../../package.json", import.meta.url))("workerd").default;

/**
 * Serves a worker's source: a server as `project.start` gives it. `conditions` are those of the package's map that
 * the bundler knows, `date` and `flags` the worker's compatibility, `env` its variables.
 */
export async function serveWorker(project, source, { name = "worker", conditions = ["workerd"], date = "2026-10-01", flags = [], env = {} } = {}) {
  const folder = join(project.path, name);
  mkdirSync(folder, { recursive: true });
  await build({
    stdin: { contents: source, resolveDir: project.path, sourcefile: "worker.mjs" },
    outfile: join(folder, "worker.js"),
    bundle: true,
    format: "esm",
    target: "es2022",
    conditions,
    external: ["node:*", "*.wasm"],
    logLevel: "warning",
  });
  const code = readFileSync(join(folder, "worker.js"), "utf8");
  const modules = ["outcomes.wasm", "interactions.wasm"].filter((name) => code.includes(`"./${name}"`));
  for (const name of modules) copyFileSync(join(project.package, "dist", name), join(folder, name));
  const config = join(folder, "config.capnp");
  const words = (port) => {
    writeFileSync(config, configOf({ port, date, flags, env, modules }));
    return ["serve", config];
  };
  return project.start(workerd, words);
}

// It may ask this machine, where the tests' servers are.
const configOf = ({ port, date, flags, env, modules }) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker), (name = "internet", network = (allow = ["private"]))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")]
);
const worker :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js"), ${modules.map((name) => `(name = "${name}", wasm = embed "${name}")`).join(", ")}],
  bindings = [${Object.entries(env).map(([name, value]) => `(name = "${name}", text = ${JSON.stringify(value)})`).join(", ")}],
  compatibilityDate = "${date}",
  compatibilityFlags = [${flags.map((flag) => JSON.stringify(flag)).join(", ")}]
);
`;
