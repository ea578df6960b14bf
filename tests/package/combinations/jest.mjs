// Jest in both of its usual environments by require, and as modules.

import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { inRunner } from "../matrix/runner.mjs";

const { build } = createRequire(new URL("../../../pkg/package.json", import.meta.url))("esbuild");

const jest = (environment, test, env) => inRunner(environment, "jest", ["--runTestsByPath", test, "--env"], { env });

export default {
  core: false,
  about: "Test runners",
  async open({ path }, files) {
    writeFileSync(join(path, "vectors.json"), files);
    // The suite alone: Jest finds and loads the package.
    const given = { entryPoints: [join(path, "suite/answer.mjs")], outfile: join(path, "suite.js"), inject: [join(path, "hosts.mjs")] };
    await build({ ...given, bundle: true, format: "cjs", platform: "node", logLevel: "warning" });
  },
  claims: {
    "Jest {jest}, environment node": jest("node", "answer.test.js"),
    "Jest {jest}, environment jsdom": jest("jsdom", "answer.test.js"),
    "Jest {jest}, environment node, as modules": jest("node", "answer.test.mjs", { NODE_OPTIONS: "--experimental-vm-modules" }),
  },
};
