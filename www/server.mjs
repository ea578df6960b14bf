// The HTTP side: reads requests within bounds, asks the endpoints, writes answers. It knows no outcome type.

import { randomUUID } from "node:crypto";
import * as http from "node:http";
import { createEndpoints, refusal } from "./endpoints.mjs";

/** How long a request may take to arrive, in milliseconds. */
const PATIENCE = 30_000;

/** What the HTTP parser found wrong, as a status; anything else is a 400. */
const UNREADABLE = new Map([
  ["HPE_HEADER_OVERFLOW", 431],
  ["ERR_HTTP_REQUEST_TIMEOUT", 408],
]);

/** A server that is not listening yet. Each has registry and interactions of its own. `log` takes a line a request. */
export function createServer({ log = () => {} } = {}) {
  const endpoints = createEndpoints();
  const handle = (request, response) => {
    answer(endpoints, request, response, log).catch((error) => {
      // The caller has gone: nobody is left to answer.
      if (request.destroyed && !request.complete) return;
      log(`${request.method} ${request.url} 500 ${error.stack}`);
      send(request, response, refusal(500, "The server met a fault of its own"));
    });
  };
  // Without a Host header Node answers by itself, and not in our words.
  const server = http.createServer({ requestTimeout: PATIENCE, requireHostHeader: false }, handle);
  server.on("checkExpectation", handle);
  server.on("clientError", answerUnreadable);
  return server;
}

async function answer(endpoints, request, response, log) {
  const [path, query = ""] = request.url.split("?", 2);
  const { methods, key } = endpoints(path);
  // A HEAD is a GET whose body Node leaves out.
  const endpoint = methods[request.method === "HEAD" ? "GET" : request.method];
  let answered;
  if (endpoint === undefined) {
    answered = notThere(request.method, Object.keys(methods));
  } else {
    const bytes = endpoint.reads === undefined ? undefined : await read(request, endpoint.reads);
    const { headers, socket } = request;
    const place = `${socket.localAddress}:${socket.localPort}`;
    const idempotencyKey = headers["idempotency-key"];
    answered = endpoint.answer({ key, query: new URLSearchParams(query), bytes, idempotencyKey, place });
  }
  const remarks = (answered.warnings ?? []).map(({ message }) => `  warning: ${message}`);
  if (answered.note !== undefined) remarks.push(`  ${answered.note}`);
  log([`${request.method} ${request.url} ${answered.status}`, ...remarks].join("\n"));
  send(request, response, answered);
}

function notThere(method, there) {
  if (there.length === 0) return refusal(404, "There is nothing at this address");
  const allow = [...(there.includes("GET") ? ["HEAD"] : []), ...there, "OPTIONS"].join(", ");
  if (method === "OPTIONS") return { status: 204, headers: { allow } };
  return { ...refusal(405, `There is no ${method} here, only ${allow}`), headers: { allow } };
}

/**
 * A body, but never more than one byte beyond `limit`: enough for the package to say that it is too large.
 * What follows is taken off the wire and dropped, so that the caller gets to read the answer.
 */
function read(request, limit) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    let room = limit + 1;
    const finish = () => resolve(Buffer.concat(chunks));
    request.on("data", (chunk) => {
      if (room === 0) return;
      chunks.push(chunk.subarray(0, room));
      room -= Math.min(room, chunk.length);
      if (room === 0) finish();
    });
    request.on("end", finish);
    request.on("error", reject);
  });
}

function send(request, response, { status, headers = {}, body, text }) {
  if (response.headersSent || response.destroyed) return;
  const content = body === undefined ? text : `${JSON.stringify(body)}\n`;
  const type = body === undefined ? "text/plain; charset=utf-8" : "application/json";
  response.writeHead(status, {
    "x-request-id": randomUUID(),
    ...headers,
    ...(content === undefined ? {} : { "content-type": type, "content-length": Buffer.byteLength(content) }),
  });
  response.end(content);
}

/** For what is no HTTP: there is no request to answer, only a socket. */
function answerUnreadable({ code }, socket) {
  if (!socket.writable || code === "ECONNRESET") return socket.destroy();
  const status = UNREADABLE.get(code) ?? 400;
  const content = `${JSON.stringify(refusal(status, "This is no HTTP request that can be read").body)}\n`;
  const head = [
    `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}`,
    `x-request-id: ${randomUUID()}`,
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(content)}`,
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${content}`);
}
