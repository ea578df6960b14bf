// A server of www/ on a free port, and short ways to call it.

import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import net from "node:net";
import { createServer } from "../../www/server/server.mjs";

/** Starts a server that the test closes when it ends. */
export async function serve(test) {
  const lines = [];
  const server = createServer({ log: (line) => lines.push(line) });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  test.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address();

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
    socket.end(bytes);
    return textOf(socket);
  }

  return { port, lines, call, raw };
}

async function textOf(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function parsed(text) {
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
