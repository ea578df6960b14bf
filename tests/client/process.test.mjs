// A client keeps no process alive, and leaves no rejection behind that nobody handles.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { list, startApi, text } from "./api.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Runs a script to its end: what it printed, and how long after its last line it went on. */
async function run(url, script, ...flags) {
  const source = `import { createRegistryClient } from "./pkg/dist/client.js";\nconst url = ${JSON.stringify(url)};\n${script}`;
  const words = ["--unhandled-rejections=strict", ...flags, "--input-type=module", "--eval", source];
  const child = spawn(process.execPath, words, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  let at;
  child.stdout.setEncoding("utf8").on("data", (words) => ((said += words), (at = Date.now())));
  child.stderr.setEncoding("utf8").on("data", (words) => (said += words));
  const [code] = await once(child, "close");
  assert.equal(code, 0, said);
  return { said: said.trim(), ms: Date.now() - at };
}

test("a process ends when nothing is awaited any more", async (t) => {
  const api = await startApi(t, text(list(["one"]), { Connection: "close" }));
  const { said, ms } = await run(
    api.url,
    `const store = { get: () => undefined, set: () => {} };
     const client = createRegistryClient({ url, store, timeoutDuration: 60_000, revalidateTimeout: 60_000, cacheMaxAge: 0, cooldownDuration: 0 });
     client.subscribe(() => {});
     await client.get();
     await client.confirm(Date.now());
     await client.get();
     console.log(client.current.has("one"));`,
  );
  assert.equal(said, "true");
  assert.ok(ms < 10_000, `${ms} ms`);
});

test("what an API that hangs keeps alive ends with its time", async (t) => {
  const api = await startApi(t, () => {});
  const { ms } = await run(api.url, `await createRegistryClient({ url, initial: [], timeoutDuration: 500 }).get(); console.log();`);
  assert.ok(ms < 10_000, `${ms} ms`);
});

test("no failure is a rejection that nobody handles", async (t) => {
  const api = await startApi(t, text("", {}, 500));
  const { said } = await run(
    api.url,
    `const fail = async () => { throw new Error("broken"); };
     const broken = { get: fail, set: fail };
     const never = () => new Promise(() => {});
     for (const options of [{ url }, { url: "http://127.0.0.1:1/" }, { url, headers: fail }, { url, fetch: fail }, { url, fetch: never, timeoutDuration: 5 }, { url, store: broken }]) {
       const client = createRegistryClient({ onEvent: fail, ...options });
       await client.get();
       await client.confirm(Date.now(), { waitUntil: fail });
       await client.get({ waitUntil: () => {} });
       await client.reload().catch(() => {});
     }
     const late = createRegistryClient({ url, timeoutDuration: 5, store: { get: () => new Promise((_, reject) => setTimeout(reject, 50)), set: fail }, revalidateTimeout: 5 });
     await late.get();
     setTimeout(() => console.log("well"), 200);`,
  );
  assert.equal(said, "well");
});

test("it is loaded by require too, on the same registries", async () => {
  const source = `const { createRegistryClient } = require("./pkg/dist/cjs/client.js");
    const { OutcomeRegistry } = require("./pkg/dist/cjs/index.js");
    const client = createRegistryClient({ url: "x" });
    client.set(OutcomeRegistry.defaults());
    console.log(client.state);`;
  const child = spawn(process.execPath, ["--eval", source], { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (words) => (said += words));
  await once(child, "close");
  assert.equal(said.trim(), "stale");
});
