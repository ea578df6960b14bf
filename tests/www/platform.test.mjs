// `--api URL` over real HTTP: what a platform behind the page gets to see, what comes back, and who may use it.

import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import net from "node:net";
import { test } from "node:test";
import { addressIn, AddressError, createPlatform, headersOf } from "../../www/server/platform.mjs";
import { assertRefused, bytesOf, listening, serve, start, started } from "./served.mjs";

const KEY = "krn_secret";
const ENVIRONMENT = { KAIREON_API_KEY: KEY, KAIREON_TENANT_ID: "t_9" };

/** A platform that answers with `handle`, and a server with it behind the page; `seen` is what it was asked. */
async function behind(t, handle, { path = "" } = {}) {
  const seen = [];
  const platform = http.createServer(async (request, response) => {
    const body = (await bytesOf(request)).toString();
    seen.push({ method: request.method, url: request.url, headers: request.headers, body });
    handle(request, response);
  });
  const address = addressIn(`http://127.0.0.1:${await listening(t, platform)}${path}`);
  const server = await serve(t, { platform: createPlatform(address, headersOf(ENVIRONMENT)) });
  return { ...server, seen, platform };
}

const json = (status, body, headers) => (request, response) => {
  response.writeHead(status, {
    "content-type": "application/json",
    "x-request-id": "00000000-0000-0000-0000-000000000000",
    ...headers,
  });
  response.end(request.method === "HEAD" ? undefined : JSON.stringify(body));
};

test("calls go to the platform with the key and come back as they are", async (t) => {
  const { call, seen, lines } = await behind(t, json(201, { data: ["é"] }, { etag: '"a"' }));
  const headers = {
    "Idempotency-Key": "k",
    "Content-Type": "application/json",
    Cookie: "a=b",
    "X-Secret": "s",
    "X-Fault": "status=500",
  };
  const answer = await call("POST", "respond?a=%20b", { customerId: "C" }, headers);
  assert.deepEqual([answer.status, answer.body, answer.headers.etag], [201, { data: ["é"] }, '"a"']);
  const [{ method, url, headers: sent, body }] = seen;
  assert.deepEqual([method, url, body], ["POST", "/api/v1/respond?a=%20b", '{"customerId":"C"}']);
  assert.deepEqual(
    [sent.authorization, sent["x-api-key"], sent["x-tenant-id"], sent["x-requested-with"]],
    [`Bearer ${KEY}`, KEY, "t_9", "XMLHttpRequest"],
  );
  assert.deepEqual([sent["idempotency-key"], sent["content-type"]], ["k", "application/json"]);
  for (const name of ["cookie", "x-secret", "x-fault", "origin", "referer"]) assert.equal(sent[name], undefined, name);
  assert.ok(!lines.join().includes(KEY));
  assert.ok(!JSON.stringify([answer.headers, answer.text]).includes(KEY));
});

test("every method and status passes, with its body and without", async (t) => {
  for (const [method, status] of [
    ["GET", 200],
    ["HEAD", 200],
    ["PUT", 422],
    ["DELETE", 204],
    ["GET", 304],
    ["GET", 429],
    ["PATCH", 500],
  ]) {
    const { call, seen } = await behind(t, json(status, { a: 1 }));
    const answer = await call(method, "outcome-types/a", method === "PUT" ? { name: "N" } : undefined);
    assert.deepEqual(
      [answer.status, seen[0].method, seen[0].body],
      [status, method, method === "PUT" ? '{"name":"N"}' : ""],
    );
  }
});

test("what is not the caller's business stays behind, and a page of the platform cannot run here", async (t) => {
  const { call } = await behind(
    t,
    json(
      200,
      {},
      {
        "set-cookie": "a=b",
        "access-control-allow-origin": "*",
        "strict-transport-security": "max-age=1",
        "content-security-policy": "script-src *",
        "www-authenticate": "Bearer",
      },
    ),
  );
  const { headers } = await call("GET", "outcome-types");
  for (const name of ["set-cookie", "access-control-allow-origin", "strict-transport-security"])
    assert.equal(headers[name], undefined);
  assert.equal(headers["content-security-policy"], "sandbox; default-src 'none'");
  assert.equal(headers["www-authenticate"], "Bearer");
});

test("answers are passed on as they come, and one that breaks off breaks off", async (t) => {
  let go;
  const { port } = await behind(t, (_, response) => {
    response.writeHead(200, { "content-length": 100, "x-request-id": "x" });
    response.write("first");
    go = () => response.destroy();
  });
  const request = http.get({ port, host: "127.0.0.1", path: "/api/v1/outcome-types" });
  const [response] = await once(request, "response");
  assert.equal(String((await once(response, "data"))[0]), "first");
  go();
  const [error] = await once(response, "error");
  assert.equal(error.code, "ECONNRESET");
});

test("what the connection has against it is a 502 in the envelope, without the key", async (t) => {
  const closed = net.createServer().listen(0, "127.0.0.1");
  await once(closed, "listening");
  const { port } = closed.address();
  closed.close();
  const socketed = (handle) => listening(t, net.createServer((socket) => handle(socket.on("error", () => {}))));
  const rude = await socketed((socket) => socket.resetAndDestroy());
  const odd = await socketed((socket) => socket.end("SSH-2.0\r\n"));
  for (const address of [
    `http://127.0.0.1:${port}`,
    `http://127.0.0.1:${rude}`,
    `https://127.0.0.1:${odd}`,
    `http://127.0.0.1:${odd}`,
    "http://nowhere.invalid",
  ]) {
    const { call } = await serve(t, { platform: createPlatform(addressIn(address), headersOf(ENVIRONMENT)) });
    for (const body of [undefined, { context: "x".repeat(3 << 20) }]) {
      const answer = await call(body === undefined ? "GET" : "POST", "respond", body);
      assertRefused(answer, 502, "BAD_GATEWAY");
      assert.ok(!answer.text.includes(KEY));
    }
    assert.equal((await call("GET", "/")).status, 200);
  }
});

test("a redirect is not followed: the key would go where nobody sent it", async (t) => {
  const { call, seen } = await behind(t, json(308, {}, { location: "http://127.0.0.1:1/" }));
  const answer = await call("POST", "respond", {});
  assertRefused(answer, 502, "BAD_GATEWAY");
  assert.match(answer.body.error.message, /redirects/);
  assert.equal(seen.length, 1);
});

test("a platform that says nothing is a 502, too", async (t) => {
  const silent = net.createServer((socket) => socket.on("error", () => {}));
  const address = addressIn(`http://127.0.0.1:${await listening(t, silent)}`);
  const { call } = await serve(t, { platform: createPlatform(address, headersOf({}), { patience: 100 }) });
  const answer = await call("GET", "outcome-types");
  assertRefused(answer, 502, "BAD_GATEWAY");
  assert.match(answer.body.error.message, /silent for 0\.1 s$/);
});

test("a caller who leaves ends the call", async (t) => {
  let left;
  const gone = new Promise((resolve) => (left = resolve));
  const { port } = await behind(t, (_, response) => {
    response.on("close", left);
    request.destroy();
  });
  const request = http.get({ port, host: "127.0.0.1", path: "/api/v1/outcome-types" }).on("error", () => {});
  await gone;
});

test("only our own page, or no page at all, may use it", async (t) => {
  const { port, raw, seen } = await behind(t, json(200, {}));
  const ask = async (method, lines) => {
    const head = [`${method} /api/v1/outcome-types HTTP/1.1`, ...lines, "Connection: close"];
    return (await raw(`${head.join("\r\n")}\r\n\r\n`)).slice(9, 12);
  };
  const here = `Host: 127.0.0.1:${port}`;
  for (const [method, ...lines] of [
    ["GET", here],
    ["GET", `Host: localhost:${port}`],
    ["GET", "Host: [::1]:8080"],
    ["GET", here, "Sec-Fetch-Site: same-origin"],
    ["GET", here, "Sec-Fetch-Site: none"],
    ["POST", here, `Origin: http://127.0.0.1:${port}`, "Sec-Fetch-Site: same-origin"],
    ["DELETE", "Host: localhost:8080", "Origin: http://localhost:8080"],
  ]) {
    assert.equal(await ask(method, lines), "200", lines.join());
  }
  const allowed = seen.length;
  for (const [method, ...lines] of [
    ["GET"],
    ["GET", "Host: evil.example"],
    ["GET", `Host: evil.example:${port}`, "Sec-Fetch-Site: same-origin"],
    ["GET", "Host: 127.0.0.1.evil.example"],
    ["GET", "Host: evil.example@127.0.0.1"],
    ["POST", here, "Origin: https://evil.example"],
    ["POST", here, "Origin: null"],
    ["POST", here, `Origin: http://localhost:${port}`],
    ["POST", here, "Origin: http://127.0.0.1:1"],
    ["POST", here, `Origin: https://127.0.0.1:${port}`],
    ["GET", here, "Sec-Fetch-Site: cross-site"],
    ["GET", here, "Sec-Fetch-Site: same-site"],
    ["POST", here, "Sec-Fetch-Site: none"],
    ["OPTIONS", here, "Origin: https://evil.example", "Access-Control-Request-Method: PUT"],
  ]) {
    assert.equal(await ask(method, lines), "403", lines.join());
  }
  assert.equal(seen.length, allowed);
});

test("no path leads anywhere but below /api/ of the platform", async (t) => {
  const { port, raw, seen } = await behind(t, json(200, {}), { path: "/base/api/v1/" });
  for (const path of [
    "/api/../admin",
    "/api/%2e%2e/admin",
    "/api/v1/../../admin",
    "/api\\..\\admin",
    "//evil.example/api/",
    "http://evil.example/api/v1/",
    "/API/v1/",
    "/api",
    "@evil.example/api/",
  ]) {
    const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);
    assert.match(answer, /^HTTP\/1\.1 40[04] /, path);
  }
  assert.equal(seen.length, 0);
  await raw(`GET /api/v1/a/../outcome-types HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  assert.equal(seen[0].url, "/base/api/v1/outcome-types");
});

test("an address is taken with or without /api/v1", () => {
  for (const end of ["", "/", "/api", "/api/", "/api/v1", "/api/v1/"]) {
    assert.deepEqual(addressIn(`https://x.example${end}`), { origin: "https://x.example", prefix: "" });
    assert.deepEqual(addressIn(`http://localhost:3000/kaireon${end}`), {
      origin: "http://localhost:3000",
      prefix: "/kaireon",
    });
  }
});

test("headers are made of what is set, and a key that cannot be sent is not shown", () => {
  assert.deepEqual(headersOf({}), { "x-requested-with": "XMLHttpRequest" });
  assert.deepEqual(headersOf({ KAIREON_API_KEY: ` ${KEY}\n` })["x-api-key"], KEY);
  assert.throws(
    () => headersOf({ KAIREON_API_KEY: "krn_\nsecret" }),
    (error) => error instanceof AddressError && !error.message.includes("secret"),
  );
});

test("the command takes the key from the environment and never prints it", async (t) => {
  const { platform, seen } = await behind(t, json(200, { data: [] }));
  const words = ["--api", `http://127.0.0.1:${platform.address().port}/api/v1`];
  const { call, said, child, ended } = await started(t, words, { env: ENVIRONMENT });
  assert.deepEqual((await call("GET", "outcome-types")).body, { data: [] });
  assert.equal(seen[0].headers["x-api-key"], KEY);
  assert.equal(
    (await call("GET", "/", undefined, { Accept: "text/html" })).headers["content-type"],
    "text/html; charset=utf-8",
  );
  child.kill("SIGINT");
  await ended;
  assert.ok(!said.out.includes(KEY));
  const without = await started(t, words, { env: { KAIREON_API_KEY: "", KAIREON_TENANT_ID: "" } });
  assert.match(without.said.out, /KAIREON_API_KEY and KAIREON_TENANT_ID not set/);
  const broken = start(t, ["--port", "0", ...words], { env: { KAIREON_API_KEY: "a\nb" } });
  await broken.ended;
  assert.equal(broken.said.error, "KAIREON_API_KEY and KAIREON_TENANT_ID take what can stand in a header.\n");
});
