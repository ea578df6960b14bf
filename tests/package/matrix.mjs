// The package where people use it: `node matrix.mjs [--all] [WORDS]` runs the claims that contain WORDS, of the few
// combinations that every change is held to or, with --all, of all; when all of them hold, they are the table of
// pkg/README.md. --vectors=N says how many there are natively.
//
// A combination is a file of combinations/: `{ core, about, project, open, claims, close }`. `open(project, files)` builds
// and starts what its claims share, whatever it gives back; a claim answers with the suite's answer, as text, or
// with a few words on what else it saw. `{tool}` in a claim's name is the version of that tool.

import { readdirSync, rmSync } from "node:fs";
import { emptyFolder, tarball } from "../runtimes/packed.mjs";
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

const folder = emptyFolder();
const packed = tarball(folder);
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

async function runCombination({ name, about, project: home = name, open = () => undefined, claims, close = () => undefined, missing = () => undefined }) {
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
    project = await Project.open(home, packed);
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

function conclude() {
  const answers = results.map(({ answer }) => answer).filter((answer) => answer?.vectors !== undefined);
  const native = arguments_.find((word) => word.startsWith("--vectors="))?.split("=")[1];
  const asNatively = answers.every(({ vectors }) => String(vectors) === (native ?? String(vectors)));
  const held = answers.map(({ vectors, javascript }) => `${vectors} vectors and ${javascript} JavaScript cases`);
  holdsTheSame(`vectors${native === undefined ? "" : ", native Rust as well"}`, held, asNatively ? [] : [`${native} natively`]);
  holdsTheSame("vectors of interactions", results.flatMap(({ answer }) => answer?.interactions ?? []));
  const failed = results.filter(({ error }) => error !== undefined);
  const whole = all && words === "" && failed.length === 0 && !results.some(({ leftOut }) => leftOut !== undefined);
  if (whole) writeTable(results);
  process.exitCode = failed.length > 0 ? 1 : 0;
}

/** Whether all places said the same, and there is nothing that says otherwise. */
function holdsTheSame(what, said, others = []) {
  const claim = `every place holds the same number of ${what}`;
  const counts = [...new Set([...said, ...others])];
  if (counts.length > 1) results.push({ claim, error: true }) && console.log(`FAILED  ${claim}\n        ${counts.join("; ")}`);
  else if (counts.length === 1) console.log(`ok      ${claim}: ${counts} in each of ${said.length}`);
}
