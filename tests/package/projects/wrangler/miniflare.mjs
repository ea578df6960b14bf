// What wrangler would deploy, in miniflare: gets the vectors' file, prints the answer.

import { readFileSync } from "node:fs";
import { Miniflare } from "miniflare";

const miniflare = new Miniflare({
  modules: true,
  scriptPath: "built/worker.js",
  modulesRules: [
    { type: "ESModule", include: ["**/*.js"] },
    { type: "CompiledWasm", include: ["**/*.wasm"] },
  ],
  compatibilityDate: "2026-07-01",
});
const response = await miniflare.dispatchFetch("http://localhost/", { method: "POST", body: readFileSync(process.argv[2]) });
console.log(await response.text());
await miniflare.dispose();
