// `node www/serve.mjs` as a person starts it: what it prints, which ports it takes, how it stops.

import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { test } from "node:test";
import { start } from "./served.mjs";

test("it prints its address and a curl line that works, and stops at Ctrl+C", { timeout: 30_000 }, async (t) => {
  const { child, said, ended } = start(t, ["--port", "0"]);
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
  endless.write("POST /api/v1/respond HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n{");
  // The server has it, and waits for the rest.
  assert.match(String((await once(endless, "data"))[0]), /^HTTP\/1\.1 100 /);
  child.kill("SIGINT");
  child.kill("SIGTERM"); // Somebody in a hurry.
  const [code, signal] = await ended;
  // The second one may meet a process that has done everything and is about to end.
  assert.ok(code === 0 || signal === "SIGTERM", `${code} ${signal}`);
  assert.equal(said.error, "");
});

test("a port that is taken, and words that make no sense, cost one sentence", async (t) => {
  const other = createServer().listen(0, "127.0.0.1");
  t.after(() => other.close());
  await once(other, "listening");
  const { port } = other.address();
  const options = "The options are --port N, --data FILE, --memory and --api URL; --help says more.\n";
  const excluded = "--data, --memory and --api exclude each other.\n";
  const address = "--api takes the platform's address, such as https://playground.kaireonai.com.\n";
  const alone = "--api takes an address alone; the key is taken from KAIREON_API_KEY.\n";
  for (const [words, sentence] of [
    [["--port", String(port)], `Port ${port} is taken; choose another with --port N (0 is any free one).\n`],
    [["--port", "65536"], "--port takes a number from 0 (any free port) to 65535.\n"],
    [["--port", "-1"], options],
    [["--port"], options],
    [["4173"], options],
    [["--memory=no"], options],
    [["--data"], options],
    [["--data", ""], "--data takes the path of a file.\n"],
    [["--data", "a", "--memory"], excluded],
    [["--api", "http://x", "--memory"], excluded],
    [["--api", "playground.kaireonai.com"], address],
    [["--api", "ftp://x"], address],
    [["--api", "http://key@x"], alone],
    [["--api", "http://x?key=1"], alone],
  ]) {
    const { child, said } = start(t, words);
    const [status] = await once(child, "close");
    assert.deepEqual([status, said.out, said.error], [1, "", sentence]);
  }
});

test("--help says what it takes, the faults included", async (t) => {
  const { child, said } = start(t, ["--help"]);
  assert.deepEqual(await once(child, "close"), [0, null]);
  for (const word of ["--port", "--data", "--memory", "--api", "KAIREON_API_KEY", "KAIREON_TENANT_ID", "X-Fault"]) {
    assert.ok(said.out.includes(word), word);
  }
});
