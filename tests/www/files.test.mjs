// The page and the package's files over real HTTP, and that no other file can be reached.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { assertRefused, serve } from "./served.mjs";

const at = (path) => new URL(`../../${path}`, import.meta.url);
const text = (path) => readFileSync(at(path), "utf8");
const BROWSER = { Accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" };

test("a browser gets the page, who reads text gets text", async (t) => {
  const { call } = await serve(t);
  const page = await call("GET", "/", undefined, BROWSER);
  assert.deepEqual([page.status, page.text], [200, text("www/page/index.html")]);
  assert.equal(page.headers["content-type"], "text/html; charset=utf-8");
  for (const accept of [{}, { Accept: "*/*" }, { Accept: "application/json" }]) {
    const { status, headers } = await call("GET", "/", undefined, accept);
    assert.deepEqual([status, headers["content-type"], headers.vary], [200, "text/plain; charset=utf-8", "accept"]);
  }
  assert.equal(page.headers.vary, "accept");
});

test("the page may compile the package's modules, has one import map inline, and loads nothing from elsewhere", async (t) => {
  const { call } = await serve(t);
  const inline = [...text("www/page/index.html").matchAll(/<script(?![^>]* src=)([^>]*)>([^]*?)<\/script>/g)];
  assert.deepEqual(inline.map(([, attributes]) => attributes), [' type="importmap"']);
  const [[, , map]] = inline;
  assert.deepEqual(JSON.parse(map), { imports: { "kaireon-outcomes": "/package/index.js" } });
  const digest = createHash("sha256").update(map).digest("base64");
  for (const path of ["/", "/page/index.html"]) {
    const { headers } = await call("GET", path, undefined, BROWSER);
    const policy = headers["content-security-policy"].split("; ");
    for (const part of [
      "default-src 'self'",
      `script-src 'self' 'wasm-unsafe-eval' 'sha256-${digest}'`,
      "object-src 'none'",
      "frame-ancestors 'none'",
    ]) {
      assert.ok(policy.includes(part), part);
    }
    assert.ok(!headers["content-security-policy"].includes("unsafe-inline"));
    assert.equal(headers["x-content-type-options"], "nosniff");
  }
});

test("every file of the page and of the package's ESM build is served as what it is", async (t) => {
  const { call } = await serve(t);
  const types = {
    html: "text/html; charset=utf-8",
    css: "text/css; charset=utf-8",
    js: "text/javascript; charset=utf-8",
    json: "application/json",
    svg: "image/svg+xml",
    wasm: "application/wasm",
  };
  let seen = 0;
  for (const [folder, path] of [
    ["www/page", "/page"],
    ["pkg/dist", "/package"],
  ]) {
    for (const name of readdirSync(at(folder))) {
      const type = types[/\.([a-z]+)$/.exec(name)?.[1]];
      if (type === undefined || name.includes(".d.")) continue;
      const answer = await call("GET", `${path}/${name}`);
      assert.deepEqual([answer.status, answer.headers["content-type"]], [200, type], name);
      assert.equal(Number(answer.headers["content-length"]), readFileSync(at(`${folder}/${name}`)).length);
      assert.equal(answer.headers["cache-control"], "no-cache");
      const again = await call("GET", `${path}/${name}`, undefined, { "If-None-Match": answer.headers.etag });
      assert.deepEqual([again.status, again.text], [304, ""]);
      seen += 1;
    }
  }
  assert.ok(seen > 3);
  assert.equal((await call("GET", "/package/index.js")).text, text("pkg/dist/index.js"));
});

test("no other file can be reached", async (t) => {
  const { call, raw } = await serve(t);
  for (const path of [
    "/page",
    "/page/",
    "/package/",
    "/package/messages",
    "/page/nothing.js",
    "/page/../serve.mjs",
    "/page/../server/server.mjs",
    "/page/..%2fserve.mjs",
    "/page/%2e%2e/serve.mjs",
    "/page/..\\serve.mjs",
    "/package/../package.json",
    "/package/../../package.json",
    "/package/..%2fpackage.json",
    "/package/./index.js",
    "/package//index.js",
    "//package/index.js",
    "/package/index.js%00",
    "/package/index.js/",
    "/package/index.d.ts",
    "/www/serve.mjs",
    "/serve.mjs",
    "/README.md",
    "/page//etc/passwd",
    "/.git/config",
    "/constructor/index.js",
  ]) {
    assertRefused(await call("GET", path), 404, "NOT_FOUND");
    const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    assert.match(answer, /^HTTP\/1\.1 404 /);
  }
});

test("files take GET and HEAD only", async (t) => {
  const { call } = await serve(t);
  assertRefused(await call("POST", "/package/index.js", {}), 405, "METHOD_NOT_ALLOWED");
  const { status, headers, text: none } = await call("HEAD", "/package/index.js");
  assert.deepEqual([status, none], [200, ""]);
  assert.equal(Number(headers["content-length"]), readFileSync(at("pkg/dist/index.js")).length);
});
