// What HTTP itself can go wrong with: addresses, methods, callers that leave, bytes that are no request.

import assert from "node:assert/strict";
import { once } from "node:events";
import net from "node:net";
import { test } from "node:test";
import { assertRefused, serve } from "./served.mjs";

const RESPOND = "POST /api/v1/respond HTTP/1.1\r\nHost: x\r\n";

test("the front page says what to try, with the server's own port", async (t) => {
  const { call, port } = await serve(t);
  const { status, headers, text } = await call("GET", "/");
  assert.deepEqual([status, headers["content-type"]], [200, "text/plain; charset=utf-8"]);
  assert.match(text, new RegExp(`^curl .*127\\.0\\.0\\.1:${port}/api/v1/respond `, "m"));
});

test("what is not there is not found", async (t) => {
  const { call } = await serve(t);
  for (const path of [
    "/api",
    "/api/v1/",
    "/api//v1/respond",
    "/api/v1/../v1/respond",
    "/api/v1/respond/",
    "/api/v1/outcome-types/",
    "/api/v1/outcome-types/a/b",
    "/api/v1/outcome-types/%",
    "/api/v1/outcome-types/%ff",
  ]) {
    assertRefused(await call("GET", path), 404, "NOT_FOUND");
    assertRefused(await call("OPTIONS", path), 404, "NOT_FOUND");
  }
});

test("another method is answered with those that are there", async (t) => {
  const { call } = await serve(t);
  for (const [method, path, allow] of [
    ["DELETE", "outcome-types", "HEAD, GET, POST, OPTIONS"],
    ["GET", "outcome-types/click", "PUT, DELETE, OPTIONS"],
    ["GET", "respond", "POST, OPTIONS"],
    ["HEAD", "respond/bulk", "POST, OPTIONS"],
    ["PATCH", "capture", "POST, OPTIONS"],
    ["POST", "/", "HEAD, GET, OPTIONS"],
  ]) {
    const answer = await call(method, path);
    assert.deepEqual([answer.status, answer.headers.allow], [405, allow]);
    if (method !== "HEAD") assertRefused(answer, 405, "METHOD_NOT_ALLOWED");
    const options = await call("OPTIONS", path);
    assert.deepEqual([options.status, options.headers.allow, options.text], [204, allow, ""]);
  }
});

test("HEAD is GET without the body", async (t) => {
  const { call } = await serve(t);
  const { headers } = await call("GET", "outcome-types");
  const head = await call("HEAD", "outcome-types");
  assert.deepEqual([head.status, head.text, head.headers["content-length"]], [200, "", headers["content-length"]]);
});

test("what is no HTTP is refused in the same envelope", async (t) => {
  const { raw, call } = await serve(t);
  const answers = {
    "GARBAGE\r\n\r\n": 400,
    "\x16\x03\x01\x02\x00\x01\x00": 400,
    [`${RESPOND}Content-Length: -1\r\n\r\n`]: 400,
    [`${RESPOND}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`]: 400,
    [`${RESPOND}Idempotency-Key: a\0b\r\n\r\n`]: 400,
    [`${RESPOND}A: ${"x".repeat(100_000)}\r\n\r\n`]: 431,
  };
  for (const [bytes, status] of Object.entries(answers)) {
    const answer = await raw(Buffer.from(bytes, "latin1"));
    assert.match(answer, new RegExp(`^HTTP/1\\.1 ${status} `));
    assert.match(answer, /\r\nx-request-id: [0-9a-f-]{36}\r\n/);
    assert.equal(JSON.parse(answer.split("\r\n\r\n")[1]).error.status, status);
  }
  assert.equal((await call("GET", "outcome-types")).status, 200);
});

test("odd but readable requests are answered by the endpoints", async (t) => {
  const { raw } = await serve(t);
  const end = "Connection: close\r\nContent-Length: 2\r\n\r\n{}";
  for (const bytes of [
    `POST /api/v1/respond HTTP/1.1\r\n${end}`, // no Host
    `POST /api/v1/respond HTTP/1.0\r\n${end}`,
    `${RESPOND}Expect: miracles\r\n${end}`,
    `${RESPOND}Idempotency-Key: \xff\xfe\r\nIdempotency-Key: b\r\n${end}`,
    `${RESPOND}Upgrade: websocket\r\nConnection: upgrade\r\n${end}`,
    `POST /api/v1/respond?a=%&%ff=? HTTP/1.1\r\nHost: x\r\n${end}`,
  ]) {
    const answer = await raw(Buffer.from(bytes, "latin1"));
    assert.match(answer, /^HTTP\/1\.1 400 Bad Request\r\nx-request-id: /);
    assert.match(answer, /"code":"missing_target"/);
  }
  for (const target of ["//", "*", "http://[", "/%", "?"]) {
    const answer = await raw(`OPTIONS ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    assert.match(answer, /^HTTP\/1\.1 40[04] [^]*\r\nx-request-id: /);
  }
});

test("callers who leave in the middle leave nothing behind", async (t) => {
  const { call, port, lines, server } = await serve(t);
  for (const body of ["", '{"customerId":"C"', " ".repeat(2 << 20)]) {
    const gone = once(server, "connection").then(([socket]) => new Promise((ended) => socket.on("close", ended)));
    const socket = net.connect(port, "127.0.0.1");
    socket.on("error", () => {});
    socket.write(`${RESPOND}Content-Length: 99999999\r\nExpect: 100-continue\r\n\r\n`);
    // The server has begun with it.
    await once(socket, "data");
    if (body !== "") await new Promise((written) => socket.write(body, written));
    socket.resetAndDestroy();
    await gone;
  }
  assert.ok(lines.every((line) => !line.includes(" 500 ")), lines.join("\n"));
  assert.equal((await call("GET", "outcome-types")).status, 200);
});

test("a body without an end is answered once it is too large", async (t) => {
  const { port } = await serve(t);
  const socket = net.connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.write(`${RESPOND}Transfer-Encoding: chunked\r\n\r\n`);
  const chunk = `10000\r\n${" ".repeat(0x10000)}\r\n`;
  for (let sent = 0; sent <= 1 << 20; sent += 0x10000) socket.write(chunk);
  const [answer] = await once(socket, "data");
  assert.match(answer.toString(), /^HTTP\/1\.1 413 /);
  socket.destroy();
});

test("a hundred calls at once are answered, each with an id of its own", async (t) => {
  const { call } = await serve(t);
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      call("POST", "outcome-types", { key: `type_${index}`, name: "T" }),
    ),
  );
  assert.ok(answers.every(({ status }) => status === 201));
  assert.equal(new Set(answers.map(({ headers }) => headers["x-request-id"])).size, 100);
  assert.equal((await call("GET", "outcome-types")).body.data.length, 110);
});
