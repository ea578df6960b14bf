// Nothing that a run made is left behind: not where the server fails, not where it is stopped, not from an earlier run.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { run } from "../../xtask/conform/run.mjs";
import { createTenant } from "../../xtask/conform/tenant.mjs";
import { asked, assertClean, assertFound } from "./asked.mjs";
import { standin } from "./standin.mjs";

const COMMAND = fileURLToPath(new URL("../../xtask/conform/conform.mjs", import.meta.url));
const TYPES = "/outcome-types";
const busy = { status: 503, json: { error: "Service Unavailable" } };

test("leftovers of an earlier run are named and deleted, whatever key they have; others stay", async (t) => {
  const server = await standin(t);
  const draft = (key, name) => ({ key, name, classification: "neutral", category: "response" });
  await server.ask("POST", TYPES, draft("conform_probe_abcdefgh_paused", "Paused"));
  await server.ask("POST", TYPES, draft("by_its_name", "conform_probe_abcdefgh again"));
  await server.ask("POST", TYPES, draft("conform_probe_run", "A type of the tenant's own"));
  const said = [];
  const controller = new AbortController();
  controller.abort();
  await run({
    tenant: createTenant({ base: `${server.api}/api/v1`, headers: {} }),
    signal: controller.signal,
    say: (words) => said.push(words),
  });
  assert.deepEqual(said, ["Deleting what an earlier run left behind: `conform_probe_abcdefgh_paused`, `by_its_name`"]);
  assert.deepEqual((await server.keys()).slice(10), ["conform_probe_run"]);
});

test("a server that fails midway and comes back: the rest is not asked, nothing is left", async (t) => {
  let count = 0;
  const found = await asked(t, () => {
    count += 1;
    // From the middle on, and for the first attempts of the clean-up too.
    return count > 80 && count < 92 ? busy : undefined;
  });
  assert.equal(found.stopped, "the server stopped answering");
  assert.match(found.results.at(-1).server, /^not asked: the server stopped answering$/);
  assert.deepEqual(found.names("looser").concat(found.names("stricter")), []);
  await assertClean(found);
});

test("a server that cuts connections midway: what it took all the same is deleted", async (t) => {
  let count = 0;
  const found = await asked(t, async ({ ask, method }) => {
    count += 1;
    if (count < 60 || count > 66) return undefined;
    // Carried out, but the answer never comes.
    if (method === "POST") await ask();
    return "cut";
  });
  await assertClean(found);
});

test("a list that fails for good: types are deleted one by one", async (t) => {
  let lists = 0;
  const found = await asked(t, ({ method, path }) => {
    if (method !== "GET" || path !== TYPES) return undefined;
    lists += 1;
    return lists > 30 ? busy : undefined;
  });
  assert.equal((await found.keys()).length, 10);
});

test("one failure on one document is told of that rule alone", async (t) => {
  const found = await asked(t, ({ method, json }) =>
    method === "POST" && /-hyphen/.test(json?.key) ? busy : undefined,
  );
  await assertFound(found, {});
  assert.equal(found.of("a key with a hyphen").server, "the server failed: 503 “Service Unavailable”");
  assert.equal(found.of("a key with a hyphen").verdict, "unknown");
  assert.equal(found.stopped, undefined);
});

test("too many requests are waited for", async (t) => {
  let refused = 0;
  const found = await asked(t, () => {
    refused += 1;
    return refused % 40 === 0
      ? { status: 429, json: { error: "Too Many Requests" }, headers: { "retry-after": "0" } }
      : undefined;
  });
  await assertFound(found, {});
});

for (const signal of ["SIGINT", "SIGTERM"]) {
  test(
    `after ${signal} in the middle nothing is left, and it says so with its status`,
    { timeout: 60_000 },
    async (t) => {
      let creations = 0;
      const server = await standin(t, async ({ method, path }) => {
        if (method === "POST" && path === TYPES) creations += 1;
        // Slow, so that the signal meets a request on its way.
        if (creations >= 5) await wait(20);
        return undefined;
      });
      const child = spawn(process.execPath, [COMMAND, "--api", server.api], { stdio: ["ignore", "pipe", "pipe"] });
      t.after(() => child.kill("SIGKILL"));
      let out = "";
      let sentSignal = false;
      child.stdout.setEncoding("utf8").on("data", (text) => {
        out += text;
        if (!sentSignal && out.includes("How is a type edited?")) {
          sentSignal = true;
          child.kill(signal);
        }
      });
      assert.deepEqual(await once(child, "close"), [130, null]);
      assert.match(out, /Stopping: what was made is being deleted/);
      assert.match(out, /not asked: it was stopped/);
      assert.equal((await server.keys()).length, 10);
      assert.ok(creations > 5);
    },
  );
}
