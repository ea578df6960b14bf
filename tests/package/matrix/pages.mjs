// Pages in real browsers: a folder is served, a page of it opened, and whatever the page complains of is a failure.

import { once } from "node:events";
import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
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
export async function ask(name, address, run = "run") {
  const started = await browser(name);
  const tab = name === "WebKit" ? await windowOf(started) : await tabOf(started);
  const holds = async () => {
    const faults = await tab.faults();
    if (faults.length > 0) throw new Error(`${name}: ${faults.join("\n")}`);
  };
  try {
    await tab.visit(address);
    // A page that loads itself anew has nothing to say for a moment.
    for (const until = Date.now() + PATIENCE; !(await tab.evaluate(`typeof ${run} === 'function'`).catch(() => false)); await sleep(50)) {
      await holds();
      if (Date.now() > until) throw new Error(`${name}: ${address} has no function ${run}`);
    }
    await holds();
    const answer = await tab.evaluate(`${run}()`);
    await holds();
    return answer;
  } finally {
    await tab.close();
  }
}

/** A tab of Chromium or Firefox. */
async function tabOf(started) {
  const tab = await started.newPage();
  const faults = [];
  tab.on("pageerror", (error) => faults.push(String(error)));
  tab.on("console", (said) => said.type() === "error" && faults.push(said.text()));
  tab.on("requestfailed", (request) => faults.push(`${request.url()}: ${request.failure()?.errorText}`));
  tab.on("response", (response) => response.status() >= 400 && faults.push(`${response.url()}: ${response.status()}`));
  return { visit: (address) => tab.goto(address), evaluate: (expression) => tab.evaluate(expression), faults: () => faults, close: () => tab.close() };
}

/** A window of WebKit, whose driver says nothing of what goes wrong: the page has to. */
async function windowOf(started) {
  const window = await started.newSession();
  return { ...window, faults: () => window.evaluate("faults") };
}

/** What stands before the first script of each page that is served here: a list of what went wrong. */
const FAULTS = `globalThis.faults = [];
addEventListener("error", ({ message, target }) => faults.push(message ?? \`\${target.src ?? target.href} cannot be loaded\`), true);
addEventListener("unhandledrejection", ({ reason }) => faults.push(String(reason)));
{
  const say = console.error;
  console.error = (...words) => (faults.push(words.join(" ")), say(...words));
}
`;

/** Serves a folder and `files`, the vectors, as `/vectors.json`: `{ url, missing, close }`; `missing` is what was not there. */
export async function serve(folder, files, headers = {}) {
  const missing = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const place = join(folder, normalize(path.endsWith("/") ? `${path}index.html` : path));
    const content = path === "/vectors.json" ? files : path === "/faults.js" ? FAULTS : read(place);
    if (content === undefined) missing.push(`${path} is not there`);
    response.writeHead(content === undefined ? 404 : 200, { "Content-Type": TYPES[extname(place)] ?? "text/plain", ...headers });
    response.end(place.endsWith(".html") ? content?.toString().replace("<script", '<script src="/faults.js"></script><script') : content);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = () => (server.close(), server.closeAllConnections());
  return { url: `http://127.0.0.1:${server.address().port}`, missing, close };
}

/** Serves a folder for one question to its index.html. */
export async function askServed(name, folder, files, headers, run) {
  const server = await serve(folder, files, headers);
  try {
    const answer = await ask(name, `${server.url}/`, run);
    if (server.missing.length > 0) throw new Error(server.missing.join("\n"));
    return answer;
  } finally {
    server.close();
  }
}

function read(place) {
  return statSync(place, { throwIfNoEntry: false })?.isFile() ? readFileSync(place) : undefined;
}
