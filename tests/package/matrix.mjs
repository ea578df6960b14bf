// The package where people use it: `node matrix.mjs [--all] [--write] [WORDS]` runs the claims that contain WORDS, of
// the few combinations that every change is held to or, with --all, of all; --write puts the table into pkg/README.md.
//
// A combination is a file of combinations/: `{ core, about, project, open, claims, close }`. `open(project, files)` builds
// and starts what its claims share, whatever it gives back; a claim answers with the suite's answer, as text, or
// with a few words on what else it saw. `{tool}` in a claim's name is the version of that tool.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { vectorTexts } from "../runtimes/report.mjs";
import { closeBrowsers } from "./matrix/pages.mjs";
import { Project } from "./matrix/project.mjs";
import { writeTable } from "./matrix/table.mjs";
import { readAnswer } from "./matrix/verdict.mjs";

/** Combinations at once: as many as the smallest machine has cores. */
const AT_ONCE = 2;

const arguments_ = process.argv.slice(2);
const all = arguments_.includes("--all");
const words = arguments_.filter((word) => !word.startsWith("--")).join(" ");

const names = readdirSync(new URL("combinations", import.meta.url)).filter((name) => name.endsWith(".mjs")).sort();
const combinations = [];
for (const name of names) combinations.push({ name: name.slice(0, -4), ...(await import(`./combinations/${name}`)).default });
const wanted = combinations.filter(({ core, claims }) => (all || core) && Object.keys(claims).some((claim) => claim.includes(words)));

const folder = mkdtempSync(join(tmpdir(), "kaireon-outcomes-"));
const tarball = pack();
const texts = vectorTexts();
const files = `{${Object.entries(texts).map(([file, text]) => `${JSON.stringify(file)}:${text}`)}}`;
const results = [];
const queue = wanted.values();
await Promise.all(Array.from({ length: AT_ONCE }, work));
await closeBrowsers();
rmSync(folder, { recursive: true, force: true });
conclude();

/** Takes the next combination until there is none. */
async function work() {
  for (const combination of queue) await runCombination(combination);
}

async function runCombination({ name, about, project: folder = name, open = () => undefined, claims, close = () => undefined, missing = () => undefined }) {
  const mine = Object.entries(claims).filter(([claim]) => claim.includes(words));
  const reason = missing();
  if (reason !== undefined) {
    for (const [claim] of mine) say({ claim, about, leftOut: reason });
    return;
  }
  let project;
  let opened;
  const started = performance.now();
  try {
    project = await Project.open(folder, tarball);
    opened = await open(project, files);
  } catch (error) {
    // What cannot be built holds no claim.
    for (const [claim] of mine) say({ claim, about, error, started });
    return;
  }
  for (const [claim, check] of mine) {
    const named = claim.replace(/\{([^}]+)\}/g, (_, tool) => shortened(project.version(tool)));
    const began = performance.now();
    try {
      say({ claim: named, about, answer: readAnswer(await check(opened, project, files)), started: began });
    } catch (error) {
      say({ claim: named, about, error, started: began });
    }
  }
  try {
    await close(opened, project);
  } catch (error) {
    say({ claim: `${name} ends`, about, error, started });
  }
}

/** Major and minor: what a reader asks for. */
function shortened(version) {
  return version.split(".").slice(0, 2).join(".");
}

function say({ claim, about, answer, error, leftOut, started }) {
  const seconds = `(${((performance.now() - (started ?? performance.now())) / 1000).toFixed(1)} s)`;
  results.push({ claim, about, answer, error, leftOut });
  if (leftOut !== undefined) console.log(`LEFT OUT  ${claim}: ${leftOut}`);
  else if (error !== undefined) console.log(`FAILED  ${claim}  ${seconds}\n${String(error.stack ?? error).replace(/^/gm, "        ")}\n`);
  else console.log(`ok      ${claim}: ${answer.said}  ${seconds}`);
}

function pack() {
  const source = fileURLToPath(new URL("../../pkg/", import.meta.url));
  execFileSync("npm", ["pack", source, "--pack-destination", folder, "--loglevel=error"], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  return join(folder, readdirSync(folder).find((file) => file.endsWith(".tgz")));
}

function conclude() {
  const failed = results.filter(({ error }) => error !== undefined);
  const leftOut = results.filter((result) => result.leftOut !== undefined);
  const counts = new Set(results.flatMap(({ answer }) => (answer?.vectors === undefined ? [] : [`${answer.vectors} vectors and ${answer.javascript} JavaScript cases`])));
  if (counts.size > 1) failed.push({ claim: `every place holds the same number: ${[...counts].join("; ")}` });
  if (arguments_.includes("--write") && failed.length === 0 && leftOut.length === 0 && all && words === "") writeTable(results);
  for (const { claim } of failed) console.log(`FAILED  ${claim}`);
  console.log(`${results.length - failed.length - leftOut.length} of ${results.length} combinations hold, ${leftOut.length} left out: ${[...counts].join("; ")}`);
  process.exitCode = failed.length > 0 ? 1 : 0;
}
