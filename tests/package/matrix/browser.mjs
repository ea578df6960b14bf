// The three engines of browsers: a bundle, and files as they are by an import map; with and without a strict policy.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { interactionsPage, pageScript } from "./applications.mjs";
import { askServed, isThere, page } from "./pages.mjs";

const { build } = createRequire(new URL("../../../pkg/package.json", import.meta.url))("esbuild");

/** A page's policy, without the word that WebAssembly needs and with it. */
const STRICT = "default-src 'self'; img-src data:; script-src 'self'";
const OPEN = `${STRICT} 'wasm-unsafe-eval'`;

const IMPORT_MAP = `<!doctype html><html lang="en"><meta charset="utf-8"><title>kaireon-outcomes</title><link rel="icon" href="data:,">
<script type="importmap">{ "imports": { "kaireon-outcomes": "/node_modules/kaireon-outcomes/dist/index.js" } }</script>
<script type="module" src="/page.mjs"></script></html>
`;

/** What a form says where its page may not run WebAssembly. */
const SAYS = `import { toKey } from "kaireon-outcomes";
globalThis.run = async () => { try { return toKey("A b"); } catch (error) { return error.message; } };
`;

async function bundle({ path }, name, contents) {
  mkdirSync(join(path, name), { recursive: true });
  await build({ stdin: { contents, resolveDir: path }, outfile: join(path, name, "page.js"), bundle: true, minify: true, format: "esm", logLevel: "warning" });
  writeFileSync(join(path, name, "index.html"), page("/page.js"));
}

/** Serves a folder of the project for one question. */
const served = (browser, folder, headers, then) => async (_, project, files) => then(await askServed(browser, join(project.path, folder), files, headers));

const same = (answer) => answer;
const oneSentence = (said) => {
  assert.match(said, /^kaireon-outcomes may not compile WebAssembly here: a page's Content-Security-Policy needs script-src 'wasm-unsafe-eval'/);
  return `it says "${said.slice(0, 47)}…"`;
};

const claims = (browser) => ({
  [`${browser}, a bundle`]: served(browser, "bundle", {}, same),
  [`${browser}, interactions, with 'wasm-unsafe-eval' in its policy`]: served(browser, "interactions", { "Content-Security-Policy": OPEN }, same),
  [`${browser}, a plain script of type module, with an import map`]: served(browser, ".", {}, same),
  [`${browser}, a Content-Security-Policy with 'wasm-unsafe-eval'`]: served(browser, "bundle", { "Content-Security-Policy": OPEN }, same),
  [`${browser}, a Content-Security-Policy without it: one sentence`]: served(browser, "says", { "Content-Security-Policy": STRICT }, oneSentence),
});

/** One combination an engine: each is left out by itself where it is not installed. */
export const inBrowser = (browser, core) => ({
  core,
  about: "Browsers",
  project: `browser-${browser.toLowerCase()}`,
  missing: () => (isThere(browser) ? undefined : `there is no ${browser} on this machine`),
  async open(project) {
    await bundle(project, "bundle", pageScript);
    await bundle(project, "says", SAYS);
    await bundle(project, "interactions", interactionsPage);
    writeFileSync(join(project.path, "index.html"), IMPORT_MAP);
    writeFileSync(join(project.path, "page.mjs"), pageScript);
  },
  claims: claims(browser),
});
