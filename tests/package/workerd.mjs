// The package in workerd: at global scope, in a request, after a trap; and what its default entry says there.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packed } from "../runtimes/packed.mjs";

const PATIENCE = 30_000;
const here = fileURLToPath(new URL(".", import.meta.url));
const { build } = createRequire(new URL("../../pkg/package.json", import.meta.url))("esbuild");
const workerd = createRequire(new URL("../package.json", import.meta.url))("workerd").default;

const { path, remove } = packed();
const folder = mkdtempSync(join(tmpdir(), "kaireon-workerd-"));
const probe = (name) => `import ${JSON.stringify(join(here, "probes", name))};`;

const claims = {
  "verdicts are given at global scope": {
    worker: `${probe("verdict.mjs")} export default { fetch: () => new Response("ok") };`,
    answer: /^ok$/,
  },
  "a trap at global scope harms no object": {
    worker: `${probe("trap.mjs")} export default { fetch: () => new Response("ok") };`,
    answer: /^ok$/,
  },
  "the first call may come in a request": {
    worker: `import { toKey } from "kaireon-outcomes"; export default { fetch: () => new Response(toKey("A b")) };`,
    answer: /^a_b$/,
  },
  "the default entry says what is missing": {
    worker: `import { toKey } from "kaireon-outcomes";
      export default { fetch() { try { return new Response(toKey("A b")); } catch (error) { return new Response(error.message); } } };`,
    answer: /^kaireon-outcomes may not compile WebAssembly here: .*serverExternalPackages/,
    conditions: [],
  },
};

const CONFIG = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:PORT", http = (), service = "main")]
);
const worker :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js"), (name = "outcomes.wasm", wasm = embed "outcomes.wasm")],
  compatibilityDate = "2025-01-01",
  compatibilityFlags = ["nodejs_compat"]
);
`;

let failed = 0;
for (const [claim, { worker, answer, conditions = ["workerd"] }] of Object.entries(claims)) {
  try {
    assert.match(await serve(worker, conditions), answer);
    console.log(`ok      workerd: ${claim}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  workerd: ${claim}\n${error.stack}`);
  }
}
rmSync(folder, { recursive: true, force: true });
remove();
console.log(`${Object.keys(claims).length - failed} of ${Object.keys(claims).length} claims hold`);
process.exitCode = failed > 0 ? 1 : 0;

/** Serves a worker, asks it once, stops it. */
async function serve(worker, conditions) {
  await build({
    stdin: { contents: worker, resolveDir: join(path, "../..") },
    nodePaths: [join(path, "..")],
    outfile: join(folder, "worker.js"),
    bundle: true,
    format: "esm",
    target: "es2022",
    conditions,
    external: ["node:*", "*.wasm"],
    logLevel: "warning",
  });
  copyFileSync(join(path, "dist/outcomes.wasm"), join(folder, "outcomes.wasm"));
  const port = await freePort();
  writeFileSync(join(folder, "config.capnp"), CONFIG.replace("PORT", port));
  let said = "";
  const child = spawn(workerd, ["serve", join(folder, "config.capnp")], { stdio: ["ignore", "ignore", "pipe"] });
  child.stderr.on("data", (text) => (said += text));
  const ended = new Promise((_, reject) => child.once("exit", () => reject(new Error(`workerd ended: ${said}`))));
  try {
    return await Promise.race([ended, ask(port)]);
  } finally {
    child.removeAllListeners("exit");
    child.kill("SIGKILL");
  }
}

async function ask(port) {
  const signal = AbortSignal.timeout(PATIENCE);
  for (;;) {
    try {
      return await (await fetch(`http://127.0.0.1:${port}/`, { signal })).text();
    } catch (error) {
      if (signal.aborted) throw error;
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
