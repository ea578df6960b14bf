// The stand-in on a free port, behind a proxy that can be told to answer otherwise.

import http from "node:http";
import { createServer } from "../../www/server/server.mjs";
import { bytesOf, listening, parsed } from "../www/served.mjs";

const listen = async (test, server) => `http://127.0.0.1:${await listening(test, server)}`;

/**
 * A stand-in that `planted` answers for. It takes `{ method, path, query, text, json, headers }` of a request and
 * `ask(changes)`, which asks the stand-in itself and gives `{ status, json }`; it gives `{ status, json }` or
 * `{ status, text, headers }`, or nothing for what the stand-in says. `"cut"` cuts the connection.
 */
export async function standin(test, planted = () => undefined) {
  const truth = await listen(test, createServer());
  const requests = [];

  async function ask(method, path, body, headers = {}) {
    const response = await fetch(`${truth}${path}`, { method, body, headers });
    const text = await response.text();
    return { status: response.status, text, json: parsed(text), type: response.headers.get("content-type") };
  }

  const proxy = http.createServer(async (request, response) => {
    const bytes = await bytesOf(request);
    const [path, query = ""] = request.url.split("?");
    const { method, headers } = request;
    requests.push({ method, path, headers });
    const given = bytes.length === 0 ? undefined : bytes;
    const idempotency = headers["idempotency-key"];
    const own = idempotency === undefined ? {} : { "Idempotency-Key": idempotency };
    const text = bytes.toString();
    const answer = await planted({
      method,
      path: path.replace("/api/v1", ""),
      query,
      text,
      json: parsed(text),
      headers,
      ask: (changes = {}) => {
        const body = changes.json === undefined ? (changes.text ?? given) : JSON.stringify(changes.json);
        const at = changes.path === undefined ? request.url : `/api/v1${changes.path}`;
        return ask(changes.method ?? method, at, body, own);
      },
    });
    if (answer === "cut") return request.socket.destroy();
    const said = answer ?? (await ask(method, request.url, given, own));
    const content = said.json === undefined ? (said.text ?? "") : JSON.stringify(said.json);
    response.writeHead(said.status, { "content-type": said.type ?? "application/json", ...said.headers });
    response.end(said.status === 204 ? undefined : content);
  });
  const api = await listen(test, proxy);

  /** What the stand-in itself lists. */
  async function keys() {
    const { json } = await ask("GET", "/api/v1/outcome-types");
    return json.data.map(({ key }) => key);
  }

  return {
    api,
    requests,
    keys,
    ask: (method, path, body) => ask(method, `/api/v1${path}`, body && JSON.stringify(body)),
  };
}

/** A refusal in the platform's envelope. */
export const refusal = (status, message, code = "BAD_REQUEST") => ({
  status,
  json: { error: { code, message, status } },
});
