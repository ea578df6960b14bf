// The page's files and the package's. No other file can be reached.

import { createHash } from "node:crypto";
import { lstatSync, readFileSync } from "node:fs";
import { greeting } from "./greeting.mjs";

const FOLDERS = {
  page: new URL("../page/", import.meta.url),
  package: new URL("../../pkg/dist/", import.meta.url),
};

/** The types of the files that are served; files of other types are not. */
const TYPES = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  svg: "image/svg+xml",
  png: "image/png",
  ico: "image/x-icon",
  wasm: "application/wasm",
};

/** Neither dots in front nor anything that could lead out of the folder. */
const PATH = /^\/(page|package)\/((?:[A-Za-z0-9_][A-Za-z0-9_.-]*\/)*[A-Za-z0-9_][A-Za-z0-9_.-]*\.([a-z]+))$/;

/** An import map: no browser takes one from a file of its own. */
const IMPORT_MAP = /<script type="importmap">([^]*?)<\/script>/g;

/** What a page of ours may do: nothing inline but its import map, nothing from elsewhere, and compile the package's modules. */
function policyOf(html) {
  const maps = [...html.matchAll(IMPORT_MAP)].map(([, map]) => `'sha256-${createHash("sha256").update(map).digest("base64")}'`);
  return [
    "default-src 'self'",
    ["script-src 'self' 'wasm-unsafe-eval'", ...maps].join(" "),
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The endpoint of a file, if there is one at a path. It is read each time: who edits it sees it at once. */
export function fileAt(path) {
  const [, folder, name, ending] = PATH.exec(path) ?? [];
  if (folder === undefined || !Object.hasOwn(TYPES, ending)) return undefined;
  const place = new URL(name, FOLDERS[folder]);
  if (!lstatSync(place, { throwIfNoEntry: false })?.isFile()) return undefined;
  const headers = { "content-type": TYPES[ending], "x-content-type-options": "nosniff" };
  const answer = () => {
    const content = readFileSync(place);
    if (ending === "html")
      Object.assign(headers, { "content-security-policy": policyOf(String(content)), "referrer-policy": "no-referrer" });
    return { status: 200, headers, content };
  };
  return { quiet: true, answer };
}

/** `GET /`: the page for browsers, a few lines for who reads text. */
export const front = {
  answer(asked) {
    const page = /\btext\/html\b/i.test(asked.accept ?? "") ? fileAt("/page/index.html") : undefined;
    const { headers, ...answer } = page?.answer() ?? { status: 200, text: greeting(asked.place) };
    return { ...answer, headers: { ...headers, vary: "accept" } };
  },
};
