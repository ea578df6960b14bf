// Runs the rows of the fault matrix against a worker: what every call got, and the sum over all of them.

import assert from "node:assert/strict";
import http from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { audited } from "./audit.mjs";

/** The longest that anything may take; who never answers takes for ever. */
const PATIENCE = 10_000;
/** How long what must not happen is given to happen. */
const QUIET = 150;
/** Rows at once. */
const AT_ONCE = 4;

/** Sends every row's calls: what is wrong, row by row, and the numbers of the whole run. */
export async function runRows(rows, api, worker) {
  const calls = [];
  const faults = [];
  const one = async (row) => {
    try {
      await runRow(row, api, worker, calls);
    } catch (error) {
      faults.push(`${row.title}: ${error.message}`);
    }
  };
  const queue = rows.filter(({ alone }) => !alone).values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const row of queue) await one(row);
    }),
  );
  // A clock that goes back does so for all.
  for (const row of rows) if (row.alone) await one(row);
  const { sums, faults: found } = audited(calls, api);
  return { faults: [...faults, ...found], sums };
}

async function runRow(row, api, worker, calls) {
  const told = async () => (await fetch(`${worker.url}/told?row=${row.name}`, { signal: AbortSignal.timeout(PATIENCE) })).json();
  const mine = [];
  const step = async (one) => {
    if (Array.isArray(one)) return void (await Promise.all(one.map(step)));
    if (one.wait) return pause(one.wait);
    if (one.open) return api.gates.get(row.name).open();
    if (one.clock) return void (await fetch(`${worker.url}/clock?ms=${one.clock}`)).text();
    if (one.until) return untilTold(one.until);
    const call = { row: row.name, id: `${row.name}/${mine.length}`, title: row.title, ...one.send };
    mine.push(call);
    calls.push(call);
    const began = performance.now();
    call.got = await send(worker.url, call);
    const ms = performance.now() - began;
    const { status = "breaks", text = "", headers } = call.got;
    const what = `call ${mine.length - 1}${call.vector ? ` (${call.vector})` : ""}`;
    assert.ok(
      [one.status].flat().includes(status),
      `${what} got ${status} and not ${one.status}: ${text.slice(0, 300)} ${call.got.error ?? ""}\n${worker.said().slice(-500)}`,
    );
    if (one.codes?.length)
      assert.deepEqual(
        JSON.parse(text).issues.map(({ code }) => code),
        one.codes,
        what,
      );
    if (row.most) assert.ok(ms < row.most, `${what} took ${ms | 0} ms`);
    if (status === 503) assert.equal(headers["retry-after"], row.retryAfter, what);
  };
  const untilTold = async (wanted) => {
    const [, what, times = "1"] = /^(.*?)(?: (\d+))?$/.exec(wanted);
    for (
      const began = performance.now();
      (await told()).filter((event) => event === what || (what === "list loaded" && event === "list not_modified")).length < Number(times);
      await pause(10)
    ) {
      assert.ok(performance.now() - began < PATIENCE, `the worker never told "${wanted}" but ${JSON.stringify(await told())}`);
    }
  };
  for (const one of row.steps) await step(one);

  const counts = () => ({
    asked: api.asked.get(row.name)?.length ?? 0,
    reached: api.calls.get(row.name)?.length ?? 0,
    letters: api.letters.get(row.name)?.length ?? 0,
  });
  const [least, most] = [0, 1].map((end) => (name) => [row[name] ?? [0, Infinity]].flat().at(-end));
  const names = ["asked", "reached", "letters"].filter((name) => row[name] !== undefined);
  for (const began = performance.now(); names.some((name) => counts()[name] < least(name)) && performance.now() - began < 3_000;) await pause(20);
  await pause(QUIET);
  for (const name of names)
    assert.ok(
      counts()[name] >= least(name) && counts()[name] <= most(name),
      `${name}: ${counts()[name]} and not ${row[name]}; told ${JSON.stringify(await told())}`,
    );
  if (row.tells) assert.deepEqual([...new Set(await told())].sort(), row.tells);
  for (const event of row.never ?? []) assert.ok(!(await told()).includes(event), `it told ${event}`);
  const upstream = api.calls.get(row.name) ?? [];
  if (row.validators) row.validators.forEach((tag, at) => at < counts().asked && assert.equal(api.asked.get(row.name)[at].headers["if-none-match"], tag));
  // Nothing is left hanging there when its caller has been told so.
  if (row.hangsUp) assert.ok(upstream.length > 0 && upstream.every(({ closed }) => closed), "the API's connections are held");
  if (row.contentType) for (const { headers } of upstream) assert.equal(headers["content-type"], row.contentType);
  for (const name of row.without ?? []) for (const { headers } of upstream) assert.equal(headers[name], undefined);
  if (api.sent.has(row.name)) assert.ok(api.sent.get(row.name) < 40 << 20, `${api.sent.get(row.name)} bytes were read`);
}

/** One request: its answer, or the error that came in place of a whole one. */
function send(url, { id, path, method = "POST", body, headers = {}, way, partial, chunked, leaves }) {
  const bytes = Buffer.from(body);
  const framing = chunked ? { "Transfer-Encoding": "chunked" } : { "Content-Length": bytes.length };
  return new Promise((done) => {
    const all = { "Content-Type": "application/json", "X-Request-Id": id, ...(way && { "X-Way": way }), ...framing, ...headers };
    const request = http.request(`${url}/api/v1/${path}`, { method, headers: all, agent: false, signal: AbortSignal.timeout(PATIENCE) });
    request.on("error", (error) => done({ error: String(error) }));
    request.on("response", async (response) => {
      try {
        const parts = [];
        for await (const part of response) parts.push(part);
        done({ status: response.statusCode, headers: response.headers, text: Buffer.concat(parts).toString() });
      } catch (error) {
        done({ error: String(error), began: response.statusCode });
      }
    });
    if (partial) {
      request.write(bytes.subarray(0, partial));
      setTimeout(() => request.destroy(new Error("left")), 100);
    } else {
      request.end(bytes);
      if (leaves !== undefined) setTimeout(() => request.socket.resetAndDestroy(), leaves);
    }
  });
}
