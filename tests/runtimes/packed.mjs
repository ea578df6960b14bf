// The package as it is published: packed, installed into an empty project outside the repository, the suite beside it.

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const NAME = "kaireon-outcomes";

/** What a runtime needs to answer for itself: `answer.mjs` and what it imports. */
const SUITE = ["answer.mjs", "compare.mjs", "core.mjs", "coverage.mjs", "interactions.mjs", "interactions-cases.mjs", "javascript", "javascript.mjs", "memory.mjs", "suite.mjs", "trap.mjs"];

const npm = (folder, ...words) => execFileSync("npm", [...words, "--loglevel=error"], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });

/** An empty folder of its own. */
export const emptyFolder = () => mkdtempSync(join(tmpdir(), "kaireon-outcomes-"));

/** Packs the package into a folder: the tarball's path. */
export function tarball(folder) {
  npm(folder, "pack", fileURLToPath(new URL("../../pkg/", import.meta.url)), "--pack-destination", folder);
  return join(folder, readdirSync(folder).find((name) => name.endsWith(".tgz")));
}

/** Puts the suite into a project, as its folder `suite`; the vectors of interactions as a module, which every runtime reads. */
export function putSuite(project) {
  for (const name of SUITE) cpSync(new URL(name, import.meta.url), join(project, "suite", name), { recursive: true });
  const folder = new URL("../vectors/interactions/", import.meta.url);
  const text = (name) => `${JSON.stringify(name.slice(0, -5))}:${readFileSync(new URL(name, folder), "utf8")}`;
  writeFileSync(join(project, "suite/interactions-vectors.mjs"), `export default {${readdirSync(folder).sort().map(text)}};\n`);
}

/** Packs and installs: the tarball, the folder of the installed package; `remove()` takes the whole project away. */
export function packed() {
  const project = emptyFolder();
  writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module" }\n');
  const file = tarball(project);
  npm(project, "install", "--offline", "--no-audit", "--no-fund", "--no-package-lock", file);
  putSuite(project);
  return { tarball: file, path: join(project, "node_modules", NAME), remove: () => rmSync(project, { recursive: true, force: true }) };
}
