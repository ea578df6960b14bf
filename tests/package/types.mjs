// The package's types hold in every TypeScript there is, for both module systems, with and without the DOM.

import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { packed } from "../runtimes/packed.mjs";

const VERSIONS = ["5.1", "5.9", "6", "7"];
/** Before 5.8 TypeScript does not know that `require` takes ES modules. */
const WITHOUT_REQUIRE = new Set(["5.1"]);
const LIBRARIES = { "without the DOM": ["ES2022"], "with the DOM": ["ES2022", "DOM", "DOM.Iterable"] };
const SYSTEMS = {
  "in Node": { module: "nodenext", moduleResolution: "nodenext", files: ["types.mts", "types.cts"] },
  "for bundlers": { module: "esnext", moduleResolution: "bundler", files: ["types.ts"] },
};

/** What only a place with the DOM can say: its own types are taken. */
const DOM = `import { cacheStore, createRegistryClient } from "kaireon-outcomes/client";
import type { WebFetch } from "kaireon-outcomes/client";
import { init, initSync } from "kaireon-outcomes/slim";
void init(fetch("/outcomes.wasm"));
void init(new URL("https://example.com/outcomes.wasm"));
declare const module: WebAssembly.Module;
initSync(module);
initSync(new Uint8Array(8));
const own: WebFetch = async (url, init) => fetch(url, init);
for (const given of [own, fetch, globalThis.fetch]) createRegistryClient({ url: new URL("https://example.com/"), fetch: given });
cacheStore(() => caches.open("registry"));
`;

const here = fileURLToPath(new URL(".", import.meta.url));
const { path, remove } = packed();
const project = join(path, "../..");

async function holds(version, library, system) {
  const folder = join(project, `${version} ${library} ${system}`);
  mkdirSync(folder);
  const { files, ...options } = SYSTEMS[system];
  for (const file of files) {
    copyFileSync(join(here, "types.ts"), join(folder, file));
    copyFileSync(join(here, "types-guard.ts"), join(folder, `guard-${file}`));
    if (file.endsWith(".cts") && WITHOUT_REQUIRE.has(version)) continue;
    copyFileSync(join(here, "types-interactions.ts"), join(folder, `interactions-${file}`));
  }
  const lib = LIBRARIES[library];
  if (lib.includes("DOM")) writeFileSync(join(folder, "dom.mts"), DOM);
  const compilerOptions = { ...options, lib, target: "es2022", types: [], strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*"] }));
  const tsc = join(here, `../node_modules/typescript-${version}/bin/tsc`);
  await promisify(execFile)(process.execPath, [tsc, "-p", folder]);
}

const claims = VERSIONS.flatMap((version) =>
  Object.keys(LIBRARIES).flatMap((library) => Object.keys(SYSTEMS).map((system) => [version, library, system])),
);
let failed = 0;

/** Takes the next claim until there is none: two of these keep two cores busy. */
async function work(rest) {
  for (const [version, library, system] of rest) {
    try {
      await holds(version, library, system);
      console.log(`ok      TypeScript ${version} ${system}, ${library}`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED  TypeScript ${version} ${system}, ${library}\n${error.stdout || error.stack}`);
    }
  }
}

const rest = claims.values();
await Promise.all([work(rest), work(rest)]);
remove();
console.log(`${claims.length - failed} of ${claims.length} claims hold`);
process.exitCode = failed > 0 ? 1 : 0;
