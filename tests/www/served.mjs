// A server of www/ on a free port, and short ways to call it.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createServer } from "../../www/server/server.mjs";

/** Starts a server that the test closes when it ends; `parts` is what `createServer` takes. */
export async function serve(test, parts = {}) {
  const lines = [];
  const server = createServer({ log: (line) => lines.push(line), ...parts });
  const port = await listening(test, server);
  return { server, port, lines, ...caller(port) };
}

/** The free port that a server listens on from now until the test ends. */
export async function listening(test, server) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  test.after(() => {
    server.close();
    // A server of plain sockets has no such thing.
    server.closeAllConnections?.();
  });
  return server.address().port;
}

/** Short ways to call whatever serves on a port. */
export function caller(port) {
  /** One request; a path without a leading slash is one below /api/v1. An object as body is sent as JSON. */
  async function call(method, address, body, headers = {}) {
    const plain = body === undefined || typeof body === "string" || body instanceof Uint8Array;
    const path = address.startsWith("/") ? address : `/api/v1/${address}`;
    const request = http.request({ port, host: "127.0.0.1", method, path, headers });
    request.end(plain ? body : JSON.stringify(body));
    const [response] = await once(request, "response");
    const text = await textOf(response);
    assert.match(response.headers["x-request-id"], /^[0-9a-f-]{36}$/);
    return { status: response.statusCode, headers: response.headers, text, body: parsed(text) };
  }

  /** Bytes as they are, on a socket of their own; what comes back until the server closes it. */
  async function raw(bytes) {
    const socket = net.connect(port, "127.0.0.1");
    // Not an end: to Node's server that is a caller who has left.
    socket.write(bytes);
    return textOf(socket);
  }

  return { call, raw };
}

/** All of a stream. */
export async function bytesOf(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const textOf = async (stream) => (await bytesOf(stream)).toString();

/** What a text is as JSON, `undefined` where it is none. */
export function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A refusal in the platform's envelope: its status twice, its code, and the codes of its issues. */
export function assertRefused(answer, status, code, issueCodes) {
  assert.equal(answer.status, status, answer.text);
  const { error, issues, ...others } = answer.body;
  assert.deepEqual(others, {});
  assert.deepEqual(Object.keys(error), ["code", "message", "status"]);
  assert.equal(error.code, code);
  assert.equal(error.status, status);
  assert.deepEqual(
    issues?.map((issue) => issue.code),
    issueCodes,
  );
  if (issues !== undefined) assert.equal(error.message, issues[0].message);
}

const COMMAND = fileURLToPath(new URL("../../www/serve.mjs", import.meta.url));

/** `node www/serve.mjs` with words behind it, as a person starts it; `said` is what it prints. */
export function start(test, words, { env, shell } = {}) {
  const line = [process.execPath, COMMAND, ...words];
  // A shell may set a limit for what it then becomes.
  const [program, ...rest] = shell === undefined ? line : ["sh", "-c", `${shell} && exec "$@"`, "sh", ...line];
  const options = { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } };
  const child = spawn(program, rest, options);
  test.after(() => child.kill("SIGKILL"));
  const said = { out: "", error: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => (said.out += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (said.error += text));
  return { child, said, ended: once(child, "close") };
}

/** The same on any free port, and ways to call it; it must begin to serve. */
export async function started(test, words, options) {
  const { child, said, ended } = start(test, ["--port", "0", ...words], options);
  const begun = () => /http:\/\/127\.0\.0\.1:(\d+)/.exec(said.out)?.[1];
  while (begun() === undefined) {
    const alive = await Promise.race([once(child.stdout, "data").then(() => true), ended.then(() => false)]);
    if (!alive && begun() === undefined) throw new Error(`it ended: ${said.error}`);
  }
  const port = Number(begun());
  return { child, said, ended, port, ...caller(port) };
}

/** The path of a file that is not there yet, in a folder that goes with the test. */
export function freshFile(test) {
  const folder = mkdtempSync(join(tmpdir(), "outcomes-"));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "data.jsonl");
}
