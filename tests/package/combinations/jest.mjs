// Jest in both of its usual environments by require, and as modules.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { interactionsModule } from "../matrix/applications.mjs";
import { inRunner } from "../matrix/runner.mjs";

const { build } = createRequire(new URL("../../../pkg/package.json", import.meta.url))("esbuild");

const MODULES = { NODE_OPTIONS: "--experimental-vm-modules" };
/** Without it Jest loads the entry of interactions as it is, an ES module; with it that is made CommonJS, as the tests are. */
const LINE = "/node_modules/(?!.*kaireon-outcomes/)";

const SUITE = `export * from "./suite/answer.mjs";
export * from "./suite/interactions.mjs";
export { default as files } from "./suite/interactions-vectors.mjs";
`;

const jest = (environment, test, { env, words = [] } = {}) => inRunner(environment, "jest", ["--runTestsByPath", test, ...words, "--env"], { env });
const interactions = (environment, ...words) => jest(environment, "interactions.test.js", { words });

/** Jest's own words; the package has none to say before it is loaded. */
async function saysTheLine(...given) {
  const sentence = /- (If the file is in "node_modules", allow it to be transformed by adjusting "transformIgnorePatterns")/;
  const said = await interactions("node")(...given).catch(({ message }) => message);
  assert.match(said, /Must use import to load ES Module: .*interactions\.js/);
  assert.match(said, sentence);
  return `it says "${sentence.exec(said)[1]}"`;
}

export default {
  core: false,
  about: "Test runners",
  async open({ path }, files) {
    writeFileSync(join(path, "vectors.json"), files);
    writeFileSync(join(path, "interactions.mjs"), interactionsModule);
    // The suite alone: Jest finds and loads the package.
    const given = { stdin: { contents: SUITE, resolveDir: path }, outfile: join(path, "suite.js"), inject: [join(path, "hosts.mjs")] };
    await build({ ...given, bundle: true, format: "cjs", platform: "node", logLevel: "warning" });
  },
  claims: {
    "Jest {jest}, environment node": jest("node", "answer.test.js"),
    "Jest {jest}, environment jsdom": jest("jsdom", "answer.test.js"),
    "Jest {jest}, environment node, as modules": jest("node", "answer.test.mjs", { env: MODULES }),
    "Jest {jest}, interactions in environment node with transformIgnorePatterns": interactions("node", "--transformIgnorePatterns", LINE),
    "Jest {jest}, interactions in environment jsdom with transformIgnorePatterns": interactions("jsdom", "--transformIgnorePatterns", LINE),
    "Jest {jest}, interactions in environment node without it: one sentence": saysTheLine,
    "Jest {jest}, interactions in environment node, as modules": jest("node", "interactions.test.mjs", { env: MODULES }),
  },
};
