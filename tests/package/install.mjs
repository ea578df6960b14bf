// The package packs, installs into an empty project outside the repository, and works there in every Node.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packed } from "../runtimes/packed.mjs";

const NODES = ["20", "22", "24", "26"];
/** Bytes of the tarball, without the files of interactions; and what these may add. */
const HEAVIEST = 150_000;
const INTERACTIONS = 105_000;
const here = fileURLToPath(new URL(".", import.meta.url));
const modules = join(here, "../node_modules");

const { tarball, path, remove } = packed();
const project = join(path, "../..");
const manifest = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
const files = readdirSync(path, { recursive: true }).map(String);

/** The files that only `kaireon-outcomes/interactions` has. */
const isOfInteractions = (file) => /^dist.interactions/.test(file);

let without;

/** What the tarball weighs without them: the rest, packed as it is. */
function weightWithout() {
  return (without ??= packedWithout());
}

function packedWithout() {
  const rest = join(project, "rest");
  cpSync(path, rest, { recursive: true });
  for (const file of files.filter(isOfInteractions)) rmSync(join(rest, file));
  mkdirSync(join(project, "packed"));
  execFileSync("npm", ["pack", rest, "--pack-destination", join(project, "packed"), "--loglevel=error"], { stdio: "pipe" });
  const [name] = readdirSync(join(project, "packed"));
  return statSync(join(project, "packed", name)).size;
}

/** Every text in a map of exports. */
const targets = (value) => (typeof value === "string" ? [value] : Object.values(value).flatMap(targets));

const claims = {
  "there are exactly two .wasm, outcomes and interactions"() {
    const wasm = files.filter((file) => file.endsWith(".wasm")).sort();
    assert.deepEqual(wasm, [join("dist", "interactions.wasm"), join("dist", "outcomes.wasm")]);
  },
  "nothing is installed with it"() {
    for (const kind of ["dependencies", "peerDependencies", "optionalDependencies", "bundleDependencies", "scripts"]) {
      assert.equal(manifest[kind], undefined, kind);
    }
    assert.deepEqual(readdirSync(join(project, "node_modules")).filter((name) => !name.startsWith(".")), [manifest.name]);
  },
  "every file that package.json names is there"() {
    for (const target of [manifest.main, manifest.module, manifest.types, ...targets(manifest.exports), ...manifest.sideEffects]) {
      assert.ok(existsSync(join(path, target)), target);
    }
  },
  "the special conditions are Nitro's `wintercg`, `workerd` and `edge-light`, in front, and types stand first"() {
    assert.deepEqual(Object.keys(manifest.exports["."]), ["wintercg", "workerd", "edge-light", "import", "require"]);
    assert.deepEqual(Object.keys(manifest.exports["./interactions"]), ["wintercg", "workerd", "edge-light", "default"]);
    for (const name of [".", "./interactions"]) {
      for (const branch of Object.values(manifest.exports[name])) assert.equal(Object.keys(branch)[0], "types");
    }
  },
  "no source, map or generated leftover is in it"() {
    for (const file of files) assert.ok(!/\.map$|\.ts$(?<!\.d\.ts)|^src|^wasm/.test(file), file);
  },
  "its README, its changes and both licences are in it"() {
    for (const file of ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"]) assert.ok(files.includes(file), file);
  },
  "the tarball weighs less than 150 kB without interactions"() {
    const size = weightWithout();
    assert.ok(size < HEAVIEST, String(size));
    return `${size} bytes`;
  },
  "interactions add less than 105 kB to it: a module, once as it is and once as text"() {
    const added = statSync(tarball).size - weightWithout();
    assert.ok(added < INTERACTIONS, String(added));
    return `${added} bytes`;
  },
  "attw finds no wrong type, however they are resolved"() {
    // Node 10's way knows no exports map, and no Node that the package runs on has it; a binary has no types.
    const attw = (...words) => {
      const program = join(modules, "@arethetypeswrong/cli/dist/index.js");
      execFileSync(process.execPath, [program, tarball, "--no-emoji", ...words], { stdio: "pipe" });
    };
    attw("--profile", "node16", "--exclude-entrypoints", "outcomes.wasm", "interactions");
    // An ES module, for `require` as well: what is wrong with that to TypeScript before 5.8 is not looked for.
    attw("--profile", "esm-only", "--entrypoints", "interactions");
  },
  "publint has nothing to say"() {
    execFileSync(process.execPath, [join(modules, "publint/src/cli.js"), "--strict", "--pack", "false", path]);
  },
};

cpSync(join(here, "probes"), project, { recursive: true });
const isProbe = (name) => /\.[cm]js$/.test(name);
for (const probe of readdirSync(join(here, "probes")).filter(isProbe).sort()) {
  const [line] = readFileSync(join(here, "probes", probe), "utf8").split("\n");
  for (const node of NODES) {
    claims[`Node ${node}: ${line.slice(3)}`] = () => {
      execFileSync(join(modules, `node-${node}/bin/node`), [probe], { cwd: project, stdio: "pipe" });
    };
  }
}

let failed = 0;
for (const [claim, check] of Object.entries(claims)) {
  try {
    const said = check();
    console.log(`ok      ${claim}${said ? `: ${said}` : ""}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${claim}\n${error.stdout ?? ""}${error.stderr ?? error.stack}`);
  }
}
remove();
console.log(`${Object.keys(claims).length - failed} of ${Object.keys(claims).length} claims hold`);
process.exitCode = failed > 0 ? 1 : 0;
