// Bundlers that take a script, each by its command alone, without a file of configuration.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { interactionsPage, pageScript } from "../matrix/applications.mjs";
import { askServed, page } from "../matrix/pages.mjs";

/** Runs the command that builds an entry into a folder of its own, and loads `script` of it. */
const built = (folder, script, type, commandOf) => async (_, project, files) => {
  const [program, ...words] = commandOf(folder);
  await project.run(program, words);
  writeFileSync(join(project.path, folder, "index.html"), page(`/${script}`, type));
  return askServed("Chromium", join(project.path, folder), files);
};

const webpack = (entry, mode = "production") =>
  built(`webpack-${entry}-${mode}`, "main.js", "text/javascript", (folder) => ["webpack", `./${entry}.js`, "--mode", mode, "--output-path", folder]);
const rspack = (entry) =>
  built(`rspack-${entry}`, "main.js", "text/javascript", (folder) => ["rspack", "build", "--entry", `./${entry}.js`, "--mode", "production", "--output-path", folder]);
const rollup = (entry) =>
  built(`rollup-${entry}`, `${entry}.js`, "module", (folder) => ["rollup", `${entry}.js`, "--plugin", "@rollup/plugin-node-resolve", "--format", "es", "--dir", folder]);
const rolldown = (entry) => built(`rolldown-${entry}`, `${entry}.js`, "module", (folder) => ["rolldown", `${entry}.js`, "--minify", "--dir", folder]);

export default {
  core: false,
  about: "Bundlers",
  open({ path }) {
    writeFileSync(join(path, "page.js"), pageScript);
    writeFileSync(join(path, "interactions.js"), interactionsPage);
  },
  claims: {
    "webpack {webpack}": webpack("page"),
    "webpack {webpack}, development": webpack("page", "development"),
    "webpack {webpack}, interactions": webpack("interactions"),
    "Rspack {@rspack/core}": rspack("page"),
    "Rspack {@rspack/core}, interactions": rspack("interactions"),
    "Rollup {rollup}": rollup("page"),
    "Rollup {rollup}, interactions": rollup("interactions"),
    "Rolldown {rolldown}": rolldown("page"),
    "Rolldown {rolldown}, interactions": rolldown("interactions"),
  },
};
