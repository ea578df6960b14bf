// What wrangler would deploy, in miniflare: gets a path and the vectors' file, prints the answer.

import { readFileSync } from "node:fs";
import { Miniflare } from "miniflare";

const miniflare = new Miniflare({
  modules: true,
  scriptPath: "built/both.js",
  modulesRules: [
    { type: "ESModule", include: ["**/*.js"] },
    { type: "CompiledWasm", include: ["**/*.wasm"] },
  ],
  compatibilityDate: "2026-07-01",
});
const [path, file] = process.argv.slice(2);
const response = await miniflare.dispatchFetch(`http://localhost${path}`, { method: "POST", body: readFileSync(file) });
console.log(await response.text());
if (!response.ok) process.exitCode = 1;
await miniflare.dispose();
