// The guard where its adapters are for: the READMEs' examples as they stand, served and called over HTTP.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withPlatform } from "../matrix/platform.mjs";

const CALL = { customerId: "CUST001", creativeId: "creative_001", outcome: "click", idempotencyKey: "k1" };
const ITEM = { customerId: "C", offerId: "o", outcome: "click" };

/** What serves each example. */
const SERVERS = {
  "serve-hono.mjs": `import { serve } from "@hono/node-server";
import app from "./hono.mjs";
serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: process.env.HOST });
`,
  "serve-express.mjs": `import { app } from "./express.mjs";
app.listen(Number(process.env.PORT), process.env.HOST);
`,
};

/** Sends a body to a server: the status and what the answer says. */
async function send(server, path, body) {
  const answer = await fetch(`${server.url}/api/v1/${path}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  return { status: answer.status, body: await answer.json() };
}

/** Starts an example in front of the platform, and holds it to what `then` asks of it. */
const served = (start, then) => (_, project) =>
  withPlatform(async ({ env }) => {
    const server = await start(project, { env, ready: "/health" });
    try {
      await then(server);
      return "what is malformed refused, the rest recorded";
    } finally {
      server.stop();
    }
  });

/** One of Node's programs. */
const node = (name) => (project, options) => project.start("node", [name], options);

/** A guard in front of the platform. */
async function forwards(server) {
  const refused = await send(server, "respond", { ...CALL, customerId: "" });
  assert.deepEqual([refused.status, refused.body.issues[0].code], [400, "empty"]);
  const taken = await send(server, "respond", CALL);
  assert.deepEqual([taken.status, taken.body.status, taken.body.classification], [200, "recorded", "positive"]);
  const { status, body } = await send(server, "respond/bulk", { outcomes: [{}, ITEM, { ...ITEM, outcome: "nope" }] });
  assert.deepEqual([status, body.processed, body.succeeded, body.errors.map(({ index }) => index)], [200, 3, 1, [0, 2]]);
}

export default {
  core: false,
  about: "The guard",
  open({ path }) {
    for (const name of ["hono.mjs", "express.mjs", "deno-guard.mjs"]) {
      const code = readFileSync(new URL(`../../../examples/${name}`, import.meta.url), "utf8");
      // Here the package is not in the registry.
      writeFileSync(join(path, name), code.replaceAll("npm:", ""));
    }
    for (const [name, code] of Object.entries(SERVERS)) writeFileSync(join(path, name), code);
  },
  claims: {
    "Hono {hono}, a middleware in front of its routes": served(node("serve-hono.mjs"), async (server) => {
      const refused = await send(server, "respond", { ...CALL, customerId: "" });
      assert.deepEqual([refused.status, refused.body.issues[0].code], [400, "empty"]);
      assert.deepEqual((await send(server, "respond", CALL)).body, { status: "recorded", outcome: "click" });
      const { status, body } = await send(server, "respond/bulk", { outcomes: [ITEM, {}, ITEM] });
      assert.deepEqual([status, body.processed, body.succeeded, body.failed, body.errors.map(({ index }) => index)], [200, 3, 2, 1, [1]]);
    }),
    "Express {express}, a handler in front of the platform": served(node("serve-express.mjs"), forwards),
    "Deno {deno}, a server in front of the platform": served((project, options) => {
      const permissions = ["--allow-net", "--allow-env", "--no-prompt", "--no-remote"];
      const env = { ...options.env, DENO_NO_UPDATE_CHECK: "1", DENO_DIR: join(project.path, ".deno") };
      const words = (port) => ["serve", ...permissions, "--host", "127.0.0.1", "--port", String(port), "deno-guard.mjs"];
      return project.start(project.tool(".bin/deno"), words, { ...options, env });
    }, forwards),
    async "types: the guard is a Worker of Cloudflare's, a middleware of Hono, a handler of Express and http"(_, project) {
      for (const name of ["worker", "servers"]) await project.run("tsc", ["-p", `tsconfig.${name}.json`]);
      return `TypeScript ${project.version("typescript")}`;
    },
  },
};
