// The page's files and the package's. No other file can be reached.

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

/** What a page of ours may do: nothing inline, nothing from elsewhere, and compile the package's module. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** The endpoint of a file, if there is one at a path. It is read each time: who edits it sees it at once. */
export function fileAt(path) {
  const [, folder, name, ending] = PATH.exec(path) ?? [];
  if (folder === undefined || !Object.hasOwn(TYPES, ending)) return undefined;
  const place = new URL(name, FOLDERS[folder]);
  if (!lstatSync(place, { throwIfNoEntry: false })?.isFile()) return undefined;
  const headers = { "content-type": TYPES[ending], "x-content-type-options": "nosniff" };
  if (ending === "html")
    Object.assign(headers, { "content-security-policy": POLICY, "referrer-policy": "no-referrer" });
  return { quiet: true, answer: () => ({ status: 200, headers, content: readFileSync(place) }) };
}

/** `GET /`: the page for browsers, a few lines for who reads text. */
export const front = {
  answer(asked) {
    const page = /\btext\/html\b/i.test(asked.accept ?? "") ? fileAt("/page/index.html") : undefined;
    const { headers, ...answer } = page?.answer() ?? { status: 200, text: greeting(asked.place) };
    return { ...answer, headers: { ...headers, vary: "accept" } };
  },
};
