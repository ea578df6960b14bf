// The HTTP side: reads requests within bounds, asks the endpoints, writes answers. It knows no outcome type.

import { randomUUID } from "node:crypto";
import * as http from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { sendAnswer } from "./answer.mjs";
import { createEndpoints } from "./endpoints.mjs";
import { FAULTS, faultsIn } from "./faults.mjs";
import { memoryJournal, NotKept } from "./journal.mjs";
import { refusal } from "./refusal.mjs";
import { createTenant } from "./tenant.mjs";

/** How long a request may take to arrive, in milliseconds. */
const PATIENCE = 30_000;

/** What the HTTP parser found wrong, as a status; anything else is a 400. */
const UNREADABLE = new Map([
  ["HPE_HEADER_OVERFLOW", 431],
  ["ERR_HTTP_REQUEST_TIMEOUT", 408],
]);

/**
 * A server that is not listening yet. It remembers what `tenant` does, by itself only while it runs; with a `platform`
 * it remembers nothing and passes /api/ on. `log` takes a line a request.
 */
export function createServer({ log = () => {}, tenant, platform } = {}) {
  const endpoints = createEndpoints(platform === undefined ? (tenant ?? createTenant(memoryJournal())) : undefined);
  const handle = (request, response) => {
    const passedOn = platform !== undefined && request.url.startsWith("/api/");
    const handled = passedOn ? platform(request, response, log) : answer(endpoints, request, response, log);
    handled.catch((error) => {
      // The caller has gone: nobody is left to answer.
      if (request.destroyed && !request.complete) return;
      const message = error instanceof NotKept ? error.message : "The server met a fault of its own";
      log(`${request.method} ${request.url} 500 ${error instanceof NotKept ? (error.cause ?? message) : error.stack}`);
      sendAnswer(request, response, refusal(500, message));
    });
  };
  // Without a Host header Node answers by itself, and not in our words.
  const server = http.createServer({ requestTimeout: PATIENCE, requireHostHeader: false }, handle);
  server.on("checkExpectation", handle);
  server.on("clientError", answerUnreadable);
  return server;
}

async function answer(endpoints, request, response, log) {
  const { headers } = request;
  const faults = faultsIn(headers["x-fault"]);
  // Only the first `?` parts them: those behind it belong to the query.
  const [, path, query = ""] = /^([^?]*)\??([^]*)$/.exec(request.url);
  const { methods, key } = endpoints(path);
  // A HEAD is a GET whose body Node leaves out.
  const endpoint = methods[request.method === "HEAD" ? "GET" : request.method];
  let answered;
  if (faults === undefined) {
    answered = refusal(400, `This fault cannot be read; there is ${FAULTS}`);
  } else if (faults.status !== undefined) {
    answered = refusal(faults.status, "A fault that was asked for by X-Fault");
  } else if (endpoint === undefined) {
    answered = notThere(request.method, Object.keys(methods));
  } else {
    const bytes = endpoint.reads === undefined ? undefined : await read(request, endpoint.reads);
    const place = `${request.socket.localAddress}:${request.socket.localPort}`;
    const asked = { key, query: new URLSearchParams(query), bytes, accept: headers.accept, place };
    answered = await endpoint.answer({ ...asked, idempotencyKey: headers["idempotency-key"] });
  }
  const remarks = (answered.warnings ?? []).map(({ message }) => `  warning: ${message}`);
  if (answered.note !== undefined) remarks.push(`  ${answered.note}`);
  // A page asks for a dozen files; what there is to see is what it asks of the endpoints.
  if (!endpoint?.quiet) log([`${request.method} ${request.url} ${answered.status}`, ...remarks].join("\n"));
  if (faults?.delay !== undefined) await wait(faults.delay, undefined, { ref: false });
  sendAnswer(request, response, answered, faults?.truncate);
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
