// The vectors in workerd, against an installed package: `node workerd.mjs <folder of the package>`.
// The worker takes the package's `workerd` entry, so that the wasm is a module of the runtime.

import { spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { NAME, packed } from "./packed.mjs";
import { report, vectorTexts } from "./report.mjs";

const PATIENCE = 60_000;
const here = dirname(fileURLToPath(import.meta.url));
const { build } = createRequire(new URL("../../pkg/package.json", import.meta.url))("esbuild");
const workerd = createRequire(new URL("../package.json", import.meta.url))("workerd").default;

const given = process.argv[2];
const { path, remove } = given === undefined ? packed() : { path: given, remove() {} };
const folder = mkdtempSync(join(tmpdir(), "kaireon-workerd-"));
try {
  const files = vectorTexts();
  const wasm = await bundle(files);
  const port = await freePort();
  writeFileSync(join(folder, "config.capnp"), config(Object.keys(files), wasm, port));
  const { suite, javascript } = await answer(port);
  report("workerd", suite, javascript);
} finally {
  rmSync(folder, { recursive: true, force: true });
  remove();
}

/** One worker file; the vectors and the wasm stay modules of their own. */
async function bundle(files) {
  const names = Object.keys(files);
  for (const name of names) writeFileSync(join(folder, `${name}.json`), files[name]);
  let wasm;
  const worker = `
    import * as api from ${JSON.stringify(NAME)};
    import { runVectors } from ${JSON.stringify(join(here, "suite.mjs"))};
    import { runJavaScript } from ${JSON.stringify(join(here, "javascript.mjs"))};
    ${names.map((name, index) => `import file${index} from "./${name}.json";`).join("\n")}
    const files = { ${names.map((name, index) => `${JSON.stringify(name)}: file${index}`).join(", ")} };
    export default {
      async fetch() {
        const answer = { suite: await runVectors(api, files), javascript: await runJavaScript(api, files) };
        const text = JSON.stringify(answer, (_, value) => (typeof value === "bigint" ? String(value) : value));
        return new Response(text);
      },
    };`;
  await build({
    stdin: { contents: worker, resolveDir: join(path, "..", ".."), sourcefile: "worker.mjs" },
    outfile: join(folder, "worker.js"),
    bundle: true,
    format: "esm",
    target: "es2022",
    conditions: ["workerd"],
    logLevel: "warning",
    plugins: [
      {
        name: "modules",
        setup(context) {
          context.onResolve({ filter: /^\.\/\w+\.json$/ }, (from) => (from.importer === "worker.mjs" || from.importer.endsWith("/worker.mjs") ? { path: from.path, external: true } : undefined));
          context.onResolve({ filter: /\.wasm$/ }, (from) => {
            wasm = basename(from.path);
            copyFileSync(join(from.resolveDir, from.path), join(folder, wasm));
            return { path: `./${wasm}`, external: true };
          });
        },
      },
    ],
  });
  if (wasm === undefined) throw new Error("The workerd entry imports no wasm module");
  return wasm;
}

function config(names, wasm, port) {
  const json = names.map((name) => `    (name = "${name}.json", json = embed "${name}.json"),`).join("\n");
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")]
);
const worker :Workerd.Worker = (
  modules = [
    (name = "worker.js", esModule = embed "worker.js"),
    (name = "${wasm}", wasm = embed "${wasm}"),
${json}
  ],
  compatibilityDate = "2025-01-01"
);
`;
}

/** Starts workerd, asks once, stops it. */
async function answer(port) {
  const child = spawn(workerd, ["serve", join(folder, "config.capnp")], { stdio: ["ignore", "inherit", "inherit"] });
  const gone = new Promise((_, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`workerd ended with ${code}`)));
  });
  gone.catch(() => {});
  try {
    return await Promise.race([gone, ask(port)]);
  } finally {
    child.kill("SIGKILL");
  }
}

async function ask(port) {
  const signal = AbortSignal.timeout(PATIENCE);
  for (;;) {
    try {
      const response = await fetch(`http://127.0.0.1:${port}/`, { signal });
      const text = await response.text();
      if (!response.ok) throw new Error(`workerd answered ${response.status}: ${text.slice(0, 2000)}`);
      return JSON.parse(text);
    } catch (error) {
      if (signal.aborted) throw new Error("workerd gave no answer within a minute", { cause: error });
      // It is not listening yet.
      if (error?.cause?.code !== "ECONNREFUSED") throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
