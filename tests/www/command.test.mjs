// `node www/serve.mjs` as a person starts it: what it prints, which ports it takes, how it stops.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const COMMAND = fileURLToPath(new URL("../../www/serve.mjs", import.meta.url));

function start(test, ...words) {
  const child = spawn(process.execPath, [COMMAND, ...words], { stdio: ["ignore", "pipe", "pipe"] });
  test.after(() => child.kill("SIGKILL"));
  const said = { out: "", error: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => (said.out += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (said.error += text));
  return { child, said };
}

test("it prints its address and a curl line that works, and stops at Ctrl+C", { timeout: 30_000 }, async (t) => {
  const { child, said } = start(t, "--port", "0");
  while (!said.out.includes("recorded.\n")) await once(child.stdout, "data");
  const place = /http:\/\/(127\.0\.0\.1:\d+)/.exec(said.out)[1];
  const line = said.out.split("\n").find((text) => text.startsWith("curl "));
  const [, url, header, body] = /^curl -s -X POST (\S+) -H '([^']+)' -d '([^']+)'$/.exec(line);
  assert.equal(url, `${place}/api/v1/respond`);
  assert.equal(header, "Idempotency-Key: k1");
  const respond = (text) => fetch(`http://${url}`, { method: "POST", headers: [header.split(": ")], body: text });
  const refused = await respond(body);
  assert.equal(refused.status, 400);
  assert.equal((await refused.json()).issues[0].suggestion, "click");
  assert.equal((await (await respond(body.replace("clik", "click"))).json()).status, "recorded");
  // Neither the connections that fetch keeps open nor a request that never ends hold it back.
  const [host, port] = place.split(":");
  const endless = connect(port, host).on("error", () => {});
  endless.write("POST /api/v1/respond HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{");
  await once(endless, "ready");
  await wait(50);
  child.kill("SIGINT");
  assert.deepEqual(await once(child, "exit"), [0, null]);
  assert.equal(said.error, "");
});

test("a port that is taken, and words that make no sense, cost one sentence", async (t) => {
  const other = createServer().listen(0, "127.0.0.1");
  t.after(() => other.close());
  await once(other, "listening");
  const { port } = other.address();
  for (const [words, sentence] of [
    [["--port", String(port)], `Port ${port} is taken; choose another with --port N (0 is any free one).\n`],
    [["--port", "65536"], "--port takes a number from 0 (any free port) to 65535.\n"],
    [["--port", "-1"], "There is one option, --port N.\n"],
    [["--port"], "There is one option, --port N.\n"],
    [["4173"], "There is one option, --port N.\n"],
  ]) {
    const { child, said } = start(t, ...words);
    const [status] = await once(child, "close");
    assert.deepEqual([status, said.out, said.error], [1, "", sentence]);
  }
});
