// The READMEs' examples where they are meant to run; tests/package/readme.mjs runs those for Node and Deno.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ask, isThere, page, serve } from "../matrix/pages.mjs";
import { withPlatform } from "../matrix/platform.mjs";
import { serveWorker } from "../matrix/workerd.mjs";

const { build } = createRequire(new URL("../../../pkg/package.json", import.meta.url))("esbuild");
const example = (name) => readFileSync(new URL(`../../../examples/${name}`, import.meta.url), "utf8");

/** The example as it stands, with what it prints kept for the test. */
const printing = (code) => `const lines = [];
console.log = (...words) => lines.push(words.join(" "));
globalThis.run = async () => lines.join("\\n");
${code}`;

/** The Worker with what Cloudflare would bind to it: a KV namespace and a queue, which tell what they have. */
const KEEPING = `import worker from "./example.mjs";
const [letters, texts] = [[], new Map()];
const KV = { get: async (key) => texts.get(key) ?? null, put: async (key, text) => void texts.set(key, text) };
const REFUSED = { send: async (letter) => void letters.push(letter) };
export default {
  fetch(request, env, ctx) {
    if (new URL(request.url).pathname === "/kept") return Response.json({ letters, kept: [...texts.keys()] });
    return worker.fetch(request, { ...env, KV, REFUSED }, ctx);
  },
};
`;

export default {
  core: true,
  about: "Examples",
  claims: {
    async "The form of the README, in Chromium"(_, { path }, files) {
      if (!isThere("Chromium")) throw new Error("there is no Chromium on this machine");
      const code = example("form.mjs");
      mkdirSync(join(path, "form"));
      // An import stands first, wherever it is written.
      await build({ stdin: { contents: printing(code), resolveDir: path }, outfile: join(path, "form/page.js"), bundle: true, format: "esm", logLevel: "warning" });
      writeFileSync(join(path, "form/index.html"), page("/page.js"));
      const server = await serve(join(path, "form"), files);
      try {
        const promised = [...code.matchAll(/\/\/=> ?(.*)$/gm)].map(([, line]) => line);
        assert.deepEqual((await ask("Chromium", `${server.url}/`)).split("\n"), promised);
        return `${promised.length} lines`;
      } finally {
        server.close();
      }
    },
    async "The Worker of the README, on workerd {workerd}"(_, project) {
      writeFileSync(join(project.path, "example.mjs"), example("worker.mjs"));
      return withPlatform(async ({ env, respond }) => {
        const server = await serveWorker(project, KEEPING, { env });
        try {
          const said = await respond(`${server.url}/api/v1/respond`);
          const refused = await fetch(`${server.url}/api/v1/respond`, { method: "POST", body: '{"customerId":""}' });
          assert.equal(refused.status, 400);
          const { letters, kept } = await (await fetch(`${server.url}/kept`)).json();
          assert.deepEqual([letters.map(({ body }) => body), kept.length], [['{"customerId":""}'], 1]);
          return `${said}; what was malformed in the queue, the list in KV`;
        } finally {
          server.stop();
        }
      });
    },
  },
};
