// Vitest in both of its usual environments.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { inRunner } from "../matrix/runner.mjs";

/** It wants Node 22. */
const vitest = (environment) => inRunner(environment, "vitest", ["run", "--environment"], { node: "22" });

export default {
  core: false,
  about: "Test runners",
  open: ({ path }, files) => writeFileSync(join(path, "vectors.json"), files),
  claims: {
    "Vitest {vitest}, environment node": vitest("node"),
    "Vitest {vitest}, environment jsdom": vitest("jsdom"),
  },
};
