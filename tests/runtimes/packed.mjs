// Packs the package and installs the tarball into an empty project outside the repository.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const NAME = "kaireon-outcomes";

/** The folder of the installed package; `remove()` takes the whole project away. */
export function packed() {
  const project = mkdtempSync(join(tmpdir(), "kaireon-outcomes-"));
  const source = fileURLToPath(new URL("../../pkg/", import.meta.url));
  const npm = (...words) => execFileSync("npm", [...words, "--loglevel=error"], { cwd: project, stdio: ["ignore", "ignore", "inherit"] });
  writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module" }\n');
  npm("pack", source, "--pack-destination", project);
  const tarball = readdirSync(project).find((name) => name.endsWith(".tgz"));
  npm("install", "--offline", "--no-audit", "--no-fund", "--no-package-lock", join(project, tarball));
  return { path: join(project, "node_modules", NAME), remove: () => rmSync(project, { recursive: true, force: true }) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(`${packed().path}\n`);
