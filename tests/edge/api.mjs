// The API behind the fault matrix: a real server that lists, records and fails as each row says, and keeps what reached it.

import { once } from "node:events";
import { createServer } from "node:http";

/** A list's type. */
export const type = (key, more = {}) => ({ key, name: key, ...more });

const JSON_TYPE = { "Content-Type": "application/json" };

// ---- how it may behave: `(res, call)` -------------------------------------------------------------

export const drops = (res) => res.destroy();
export const hangs = () => {};
export const says =
  (status, headers = {}, body = '{"error":{"code":"X","message":"no","status":500}}') =>
  (res) =>
    res.writeHead(status, { ...JSON_TYPE, ...headers }).end(body);
/** Headers, and then nothing more. */
export const hangsAfterHeaders = (res) => res.writeHead(200, JSON_TYPE).write('{"data":[');
/** Half of what it announces, or of what it began. */
export const truncates =
  (headers = {}) =>
  (res) =>
    res.writeHead(200, { ...JSON_TYPE, ...headers }).write('{"data":[{"key":"quote', () => setTimeout(() => res.destroy(), 20));
export const after = (ms, behaves) => (res, call) => void setTimeout(() => behaves(res, call), ms);
/** Waits until the row opens its gate. */
export const gated = (behaves) => (res, call) => void call.gate.then(() => behaves(res, call));

/** A list under an ETag, which is asked for again with 304. */
export const lists =
  (types, tag) =>
  (res, { headers }) => {
    if (tag && headers["if-none-match"] === tag) return res.writeHead(304, { ETag: tag }).end();
    return says(200, tag && { ETag: tag }, JSON.stringify({ data: types }))(res);
  };
export const listsByTenant =
  (tenants) =>
  (res, { headers }) =>
    lists(tenants[headers["x-tenant-id"]])(res, { headers });
/** Pages of a type each; `fails` is the number of one that does not come. */
export const pages =
  (types, fails) =>
  (res, { url }) => {
    const at = Number(url.searchParams.get("cursor") ?? 0);
    if (at === fails) return drops(res);
    const hasMore = at + 1 < types.length;
    return says(200, {}, JSON.stringify({ data: [types[at]], pagination: { hasMore, cursor: hasMore ? String(at + 1) : null } }))(res);
  };

/** A hundred megabytes, as long as somebody reads; `call.api.sent` counts them. */
export const floods = (res, { api, row }) => {
  const chunk = Buffer.alloc(1 << 16, " ");
  let left = 100 << 20;
  res.writeHead(200, { ...JSON_TYPE, "Content-Length": left });
  const more = () => {
    while (left > 0 && !res.destroyed) {
      left -= chunk.length;
      api.sent.set(row, (100 << 20) - left);
      if (!res.write(chunk)) return void res.once("drain", more);
    }
    res.end();
  };
  more();
};

/** What the platform does: records a call; of a bulk body what names no `nope`. */
export const takes = (res, { path, text }) => {
  if (path !== "/api/v1/respond/bulk") return says(200, {}, '{"status":"recorded"}')(res);
  const { outcomes } = JSON.parse(text.replace(/^\ufeff/, ""));
  const errors = outcomes.flatMap(({ outcome }, index) => (outcome === "nope" ? [{ index, error: "Outcome type not found: nope" }] : []));
  const [processed, failed] = [outcomes.length, errors.length];
  return says(processed === failed ? 422 : 200, {}, JSON.stringify({ processed, succeeded: processed - failed, failed, errors }))(res);
};

// ---- the server -----------------------------------------------------------------------------------

/** `rows` by name: `list` and `respond` are behaviours, one a request, the last for all that follow. */
export async function startApi(rows) {
  const api = { asked: new Map(), calls: new Map(), letters: new Map(), sent: new Map(), gates: new Map() };
  const record = (kept, row, entry) => kept.set(row, [...(kept.get(row) ?? []), entry]).get(row).length - 1;
  const nth = (behaviours, at) => behaviours[Math.min(at, behaviours.length - 1)];
  const server = createServer(async (req, res) => {
    res.on("error", () => {});
    const { method, headers } = req;
    const url = new URL(req.url, "http://api");
    const path = url.pathname;
    const parts = [];
    try {
      for await (const part of req) parts.push(part);
    } catch {
      return;
    }
    const bytes = Buffer.concat(parts);
    const text = bytes.toString();
    if (path === "/api/v1/letters") {
      const letter = JSON.parse(text);
      const [row] = letter.headers["x-request-id"].split("/");
      record(api.letters, row, letter);
      return says(rows.get(row)?.sink ?? 200)(res);
    }
    const row = url.searchParams.get("row") ?? headers["x-request-id"]?.split("/")[0];
    const { list = [lists([])], respond = [takes] } = rows.get(row) ?? {};
    const call = { api, row, method, url, path, headers, bytes, text, gate: api.gates.get(row)?.promise };
    res.on("close", () => (call.closed = true));
    if (method === "GET" && path === "/api/v1/outcome-types") return nth(list, record(api.asked, row, call))(res, call);
    return nth(respond, record(api.calls, row, call))(res, call);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  api.url = `http://127.0.0.1:${server.address().port}/api/v1`;
  api.close = () => (server.close(), server.closeAllConnections());
  for (const row of rows.keys()) {
    let open;
    const promise = new Promise((done) => (open = done));
    api.gates.set(row, { promise, open });
  }
  return api;
}
