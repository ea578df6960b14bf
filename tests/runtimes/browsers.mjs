// The vectors in a browser, against an installed package: `node browsers.mjs <Chromium|Firefox> [folder of the package]`.
// A page imports the package's bundle, the suite and the vectors, and hands back what the suite found.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { starts } from "../browser/browsers.mjs";
import { NAME, packed } from "./packed.mjs";
import { report, vectorTexts } from "./report.mjs";

const PATIENCE = 120_000;
const here = dirname(fileURLToPath(import.meta.url));
const { build } = createRequire(new URL("../../pkg/package.json", import.meta.url))("esbuild");

const [name, given] = process.argv.slice(2);
const { path, remove } = given === undefined ? packed() : { path: given, remove() {} };
const folder = mkdtempSync(join(tmpdir(), "kaireon-browser-"));
try {
  const files = vectorTexts();
  const script = await bundle();
  const { suite, javascript } = await answer(script, `{${Object.entries(files).map(([file, text]) => `${JSON.stringify(file)}:${text}`)}}`);
  report(name, suite, javascript);
} finally {
  rmSync(folder, { recursive: true, force: true });
  remove();
}

/** The package as an application's bundler takes it, with the suite. */
async function bundle() {
  const outfile = join(folder, "suite.js");
  const contents = `
    import * as api from ${JSON.stringify(NAME)};
    import { runVectors } from ${JSON.stringify(join(here, "suite.mjs"))};
    import { runJavaScript } from ${JSON.stringify(join(here, "javascript.mjs"))};
    globalThis.run = async () => {
      const files = await (await fetch("/vectors.json")).json();
      const answer = { suite: await runVectors(api, files), javascript: await runJavaScript(api, files) };
      return JSON.stringify(answer, (_, value) => (typeof value === "bigint" ? String(value) : value));
    };`;
  const stdin = { contents, resolveDir: join(path, "..", ".."), sourcefile: "suite.mjs" };
  await build({ stdin, outfile, bundle: true, format: "esm", target: "es2022", logLevel: "warning" });
  return readFileSync(outfile);
}

/** Serves the page, opens it once, and closes everything. */
async function answer(script, vectors) {
  const page = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="/suite.js"></script>';
  const served = new Map([
    ["/", ["text/html; charset=utf-8", page]],
    ["/suite.js", ["text/javascript; charset=utf-8", script]],
    ["/vectors.json", ["application/json", vectors]],
  ]);
  const server = createServer((request, response) => {
    const [type, content] = served.get(request.url) ?? [];
    response.writeHead(content === undefined ? 404 : 200, { "content-type": type ?? "text/plain" });
    response.end(content);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const browser = await starts.get(name)();
  try {
    const tab = await browser.newPage();
    const faults = [];
    tab.on("pageerror", (error) => faults.push(String(error)));
    await tab.goto(`http://127.0.0.1:${server.address().port}/`);
    await tab.waitForFunction("typeof run === 'function'", { timeout: PATIENCE });
    const text = await tab.evaluate("run()");
    if (faults.length > 0) throw new Error(faults.join("\n"));
    return JSON.parse(text);
  } finally {
    await browser.close();
    server.close();
    server.closeAllConnections();
  }
}
