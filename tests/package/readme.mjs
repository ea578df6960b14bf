// Every example of README.md and pkg/README.md prints what it says, in a project with the packed package and nothing
// else but what examples import beside it.
//
// A fenced `js` block is a file: named by `<!-- NAME -->` before it, else numbered. What it prints stands in its
// `//=> ` comments, line by line. A block that is named like a file of examples/ is that file, word for word.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createServer } from "../../www/server/server.mjs";
import { packed } from "../runtimes/packed.mjs";

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
/** The longest an example has. */
const LINES = 40;
/** Where READMEs say that `cargo xtask start` serves; here it is another port. */
const SERVED = "127.0.0.1:4173";
/** Examples that serve, or need a framework: combinations/guard.mjs runs them. */
const ELSEWHERE = new Set(["hono.mjs", "express.mjs", "deno-guard.mjs"]);
/** What examples import beside the package: as it is in tests/. */
const BESIDE = ["zod"];

const server = createServer();
server.listen(0, "127.0.0.1");
await once(server, "listening");
const place = `127.0.0.1:${server.address().port}`;
const { path, remove } = packed();
const project = join(path, "../..");
writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module", "dependencies": { "kaireon-outcomes": "*" } }\n');
for (const name of BESIDE) symlinkSync(at(`tests/node_modules/${name}`), join(project, "node_modules", name));

/** The `js` blocks of a file, in its order. */
function blocksOf(readme) {
  const text = readFileSync(at(readme), "utf8");
  const blocks = [...text.matchAll(/(?:<!-- (\S+) -->\n)?```js\n(.*?)^```$/gms)];
  return blocks.map(([, name, code], index) => ({ name: name ?? `block-${index + 1}.mjs`, code }));
}

/** What a block says that it prints. */
function promised(code) {
  return [...code.matchAll(/\/\/=> ?(.*)$/gm)].map(([, line]) => line).join("\n");
}

/** Deno finds the package as its own projects do, by their package.json; it gets the calls, and no permission. */
const DENO = fileURLToPath(new URL("../node_modules/.bin/deno", import.meta.url));

async function printed(name) {
  const isDeno = name === "deno.mjs";
  const [program, ...words] = isDeno ? [DENO, "run", "--no-prompt", "--no-remote", name] : [process.execPath, name];
  const child = spawn(program, words, { cwd: project, stdio: ["pipe", "pipe", "pipe"] });
  child.stdin.end(isDeno ? readFileSync(at("examples/calls.ndjson")) : undefined);
  let out = "";
  let error = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (error += text));
  await once(child, "close");
  assert.equal(error, "");
  return out.trimEnd();
}

let failed = 0;
let passed = 0;
async function claim(sentence, check) {
  try {
    await check();
    passed += 1;
    console.log(`ok      ${sentence}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${sentence}\n${error.message}`);
  }
}

const examples = readdirSync(at("examples"));
const shown = new Set();
for (const readme of ["README.md", "pkg/README.md"]) {
  // Each page is tried by itself: none may lean on a file of the other.
  for (const name of examples) cpSync(at(`examples/${name}`), join(project, name));
  const blocks = blocksOf(readme);
  for (const { name, code } of blocks) {
    const isRun = !ELSEWHERE.has(name);
    await claim(`${readme}: ${name} ${isRun ? "prints what it says" : "is the file of that name"}`, async () => {
      if (examples.includes(name)) assert.equal(code, readFileSync(at(`examples/${name}`), "utf8"));
      shown.add(name);
      writeFileSync(join(project, name), code.replaceAll(SERVED, place));
      if (isRun) assert.equal(await printed(name), promised(code));
    });
  }
  for (const name of [...examples, ...blocks.map((block) => block.name)]) rmSync(join(project, name), { force: true });
}

for (const name of examples.filter((file) => file.endsWith(".mjs"))) {
  await claim(`examples/${name} is in a README and has at most ${LINES} lines`, () => {
    assert.ok(shown.has(name));
    assert.ok(readFileSync(at(`examples/${name}`), "utf8").split("\n").length - 1 <= LINES);
  });
}

await claim("every link to a file of the repository leads somewhere", () => {
  for (const readme of ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]) {
    for (const [, target] of readFileSync(at(readme), "utf8").matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
      assert.ok(existsSync(at(target)), `${readme}: ${target}`);
    }
  }
});

server.close();
server.closeAllConnections();
remove();
console.log(`${passed} of ${passed + failed} claims hold`);
process.exitCode = failed > 0 ? 1 : 0;
