// The command as a person runs it: its statuses, its one sentence, and what it writes into CONFORMANCE.md.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { baseOf } from "../../xtask/conform/tenant.mjs";
import { refusal, standin } from "./standin.mjs";

const COMMAND = fileURLToPath(new URL("../../xtask/conform/conform.mjs", import.meta.url));

async function conform(test, words, environment = {}) {
  const env = { ...process.env, KAIREON_API_KEY: "", KAIREON_TENANT_ID: "", ...environment };
  const child = spawn(process.execPath, [COMMAND, ...words], { stdio: ["ignore", "pipe", "pipe"], env });
  test.after(() => child.kill("SIGKILL"));
  let [out, error] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (error += text));
  const [status] = await once(child, "close");
  return { status, out, error };
}

/** A port at which nobody listens any more. */
async function closedPort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

test("an address is taken with or without /api/v1", () => {
  for (const end of ["", "/", "/api", "/api/", "/api/v1", "/api/v1/"]) {
    assert.equal(baseOf(`https://x.example/kaireon${end}`), "https://x.example/kaireon/api/v1");
  }
});

test("verdicts do not matter to its status", async (t) => {
  const { api } = await standin(t, ({ json }) => (/\d/.test(json?.key) ? refusal(400, "no digits") : undefined));
  const { status, out, error } = await conform(t, ["--api", api]);
  assert.deepEqual([status, error], [0, ""]);
  assert.match(
    out,
    /\nstricter +a key with a digit inside\n +server: +refuses it: 400 BAD_REQUEST “no digits”\n +package: takes it\n/,
  );
  assert.match(out, /\d+ rules: \d+ agree, 1 stricter, 0 looser, 0 different, \d+ unknown\nnothing was recorded\n$/);
});

test("the headers come from the environment, in every documented variant", async (t) => {
  const { api, requests } = await standin(t, () => refusal(401, "who are you", "UNAUTHORIZED"));
  const { status, out, error } = await conform(t, ["--api", api], {
    KAIREON_API_KEY: "krn_secret",
    KAIREON_TENANT_ID: "t_001",
  });
  const { authorization, "x-api-key": key, "x-tenant-id": tenant, "x-requested-with": by } = requests[0].headers;
  assert.deepEqual([authorization, key, tenant, by], ["Bearer krn_secret", "krn_secret", "t_001", "XMLHttpRequest"]);
  assert.equal(status, 1);
  assert.match(
    error,
    /^conform: The API lets nobody in with these headers \(401 UNAUTHORIZED “who are you”\): set KAIREON_API_KEY and KAIREON_TENANT_ID\.\n$/,
  );
  assert.doesNotMatch(out + error, /krn_secret/);
  assert.equal(requests.length, 1);
});

test("what is no such API costs one sentence and the status 1", async (t) => {
  const html = { status: 200, type: "text/html", text: "<html>" };
  const page = (await standin(t, () => html)).api;
  const object = (await standin(t, () => ({ status: 200, json: { items: [] } }))).api;
  const moved = (await standin(t, () => ({ status: 308, headers: { location: "http://127.0.0.1:1/" } }))).api;
  const shape =
    /^conform: The API answers in no documented shape: GET \/outcome-types should give a list of outcome types \(.+\)\.\n$/;
  for (const [words, sentence] of [
    [
      ["--api", `http://127.0.0.1:${await closedPort()}`],
      /^conform: The API cannot be reached: no answer \(ECONNREFUSED\)\.\n$/,
    ],
    [["--api", page], shape],
    [["--api", object], shape],
    [["--api", moved], shape],
    [["--api", "ftp://example.org"], /^conform: --api takes an address that begins with http:\/\/ or https:\/\/\.\n$/],
    [["--api", "nonsense"], /^conform: --api takes a web address, not `nonsense`\.\n$/],
    [["--api", "http://user:word@127.0.0.1"], /^conform: --api takes no user and password/],
    [["--api", "http://127.0.0.1:1", "--name", "a | b -->"], /^conform: --name takes a few plain words\.\n$/],
    [[], /^conform: --api URL is missing\.\n/],
    [["--apis", "x"], /^conform: Unknown option '--apis'/],
  ]) {
    const { status, error } = await conform(t, words);
    assert.equal(status, 1, words.join(" "));
    assert.match(error, sentence);
  }
  const broken = await conform(t, ["--api", "http://127.0.0.1:1"], { KAIREON_API_KEY: "krn_secret\nX: y" });
  assert.deepEqual([broken.status, broken.error.includes("krn_secret")], [1, false]);
  assert.match(broken.error, /a character that no header may hold/);
});

test("--help says what there is", async (t) => {
  const { status, out } = await conform(t, ["--help"]);
  assert.equal(status, 0);
  for (const option of ["--api URL", "--record", "--creative ID", "--offer ID", "--write", "--name NAME"])
    assert.ok(out.includes(option), option);
});

test("--record says first what it will do", async (t) => {
  const { api } = await standin(t);
  const { out } = await conform(t, ["--api", api, "--record"]);
  assert.ok(
    out.indexOf("Each that is taken stays in the tenant's\nhistory") < out.indexOf("The list and the system types"),
  );
  assert.match(out, /\nup to \d+ interactions were recorded\n$/);
});

test("--write puts the table into its place, with the date and without the host", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "conform-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const paper = join(folder, "CONFORMANCE.md");
  writeFileSync(
    paper,
    "# Conformance\n\nBefore.\n\n<!-- table of a tenant -->\nBEFORE IT\n<!-- end of a tenant -->\n\nAfter.\n",
  );
  const CONFORMANCE_MD = pathToFileURL(paper).href;
  const planted = ({ json, path }) =>
    path === "/outcome-types" && /\d/.test(json?.key) ? refusal(400, "a | b\u001b[31m <b>\nc") : undefined;
  const { api } = await standin(t, planted);
  const first = await conform(t, ["--api", api, "--write"], { CONFORMANCE_MD });
  assert.match(first.out, /the table is in CONFORMANCE\.md\n$/);
  const text = readFileSync(paper, "utf8");
  const today = new Date().toISOString().slice(0, 10);
  assert.match(text, /^# Conformance\n\nBefore\.\n\n<!-- table of a tenant -->\n## a tenant\n/);
  assert.match(text, /<!-- end of a tenant -->\n\nAfter\.\n$/);
  assert.ok(text.includes(`Asked on ${today}, without \`--record\`: `) && !text.includes("BEFORE IT"));
  assert.doesNotMatch(text, /127\.0\.0\.1|conform_probe|\u001b/);
  assert.ok(
    text.includes(
      "| a key with a digit inside | D: Which characters may a key hold? | **stricter** | refuses it: 400 BAD_REQUEST “a \\| b [31m &lt;b> c” | takes it |",
    ),
  );
  // Every line of a table has its five cells.
  for (const line of text.split("\n").filter((one) => one.startsWith("| ")))
    assert.equal(line.split(/(?<!\\)\|/).length, 7, line);
  await conform(t, ["--api", api, "--write", "--name", "another"], { CONFORMANCE_MD });
  const both = readFileSync(paper, "utf8");
  assert.ok(both.startsWith(text.trimEnd()) && both.includes("<!-- table of another -->\n## another\n"));
});
