// Pages in real browsers: a folder is served, a page of it opened, and whatever the page complains of is a failure.

import { once } from "node:events";
import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { starts } from "../../browser/browsers.mjs";

const PATIENCE = 300_000;
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

/** What a page of ours is; a bundler's `script` is a module unless told. */
export const page = (script, type = "module") =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>kaireon-outcomes</title><link rel="icon" href="data:,"><script type="${type}" src="${script}"></script></html>\n`;

/** Browsers are slow to start: each is started once, at its first page. */
const browsers = new Map();

/** Whether that browser is on this machine. */
export const isThere = (name) => starts.has(name);

async function browser(name) {
  if (!browsers.has(name)) browsers.set(name, starts.get(name)());
  return browsers.get(name);
}

/** Ends every browser that was started. */
export async function closeBrowsers() {
  for (const started of browsers.values()) await (await started).close();
  browsers.clear();
}

/**
 * Opens an address and gives what its global function `run` answers, a text; waits for it to be there.
 * An error that nobody caught, a word of `console.error`, a file that is not there: each fails.
 */
export async function ask(name, address, run = "run()") {
  const tab = await (await browser(name)).newPage();
  const faults = [];
  tab.on("pageerror", (error) => faults.push(String(error)));
  tab.on("console", (said) => said.type() === "error" && faults.push(said.text()));
  tab.on("requestfailed", (request) => faults.push(`${request.url()}: ${request.failure()?.errorText}`));
  tab.on("response", (response) => response.status() >= 400 && faults.push(`${response.url()}: ${response.status()}`));
  try {
    await tab.goto(address);
    await tab.waitForFunction("typeof run === 'function'", { timeout: PATIENCE }).catch((error) => faults.push(error.message));
    const answer = faults.length > 0 ? undefined : await tab.evaluate(run);
    if (faults.length > 0) throw new Error(`${name}: ${faults.join("\n")}`);
    return answer;
  } finally {
    await tab.close();
  }
}

/** Serves a folder and `files`, the vectors, as `/vectors.json`: `{ url, close }`. */
export async function serve(folder, files, headers = {}) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const place = join(folder, normalize(path.endsWith("/") ? `${path}index.html` : path));
    const content = path === "/vectors.json" ? files : read(place);
    response.writeHead(content === undefined ? 404 : 200, { "Content-Type": TYPES[extname(place)] ?? "text/plain", ...headers });
    response.end(content);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = () => (server.close(), server.closeAllConnections());
  return { url: `http://127.0.0.1:${server.address().port}`, close };
}

/** Serves a folder for one question to its index.html. */
export async function askServed(name, folder, files, headers) {
  const server = await serve(folder, files, headers);
  try {
    return await ask(name, `${server.url}/`);
  } finally {
    server.close();
  }
}

function read(place) {
  return statSync(place, { throwIfNoEntry: false })?.isFile() ? readFileSync(place) : undefined;
}
