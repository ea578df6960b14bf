// Vitest in both of its usual environments.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { interactionsModule } from "../matrix/applications.mjs";
import { inRunner } from "../matrix/runner.mjs";

/** It wants Node 22. */
const vitest = (environment, test = "answer.test.js") => inRunner(environment, "vitest", ["run", test, "--environment"], { node: "22" });

export default {
  core: false,
  about: "Test runners",
  open({ path }, files) {
    writeFileSync(join(path, "vectors.json"), files);
    writeFileSync(join(path, "interactions.mjs"), interactionsModule);
  },
  claims: {
    "Vitest {vitest}, environment node": vitest("node"),
    "Vitest {vitest}, environment jsdom": vitest("jsdom"),
    "Vitest {vitest}, interactions in environment node": vitest("node", "interactions.test.js"),
    "Vitest {vitest}, interactions in environment jsdom": vitest("jsdom", "interactions.test.js"),
  },
};
