// Bundlers that take a script, each by its command alone, without a file of configuration.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { interactionsPage, pageScript } from "../matrix/applications.mjs";
import { askServed, page } from "../matrix/pages.mjs";

/** Builds page.js into a folder of its own, and loads `script` of it. */
const built = (folder, script, type, program, ...words) => async (_, project, files) => {
  await project.run(program, words);
  writeFileSync(join(project.path, folder, "index.html"), page(`/${script}`, type));
  return askServed("Chromium", join(project.path, folder), files);
};

const webpack = (mode) => built(mode, "main.js", "text/javascript", "webpack", "./page.js", "--mode", mode, "--output-path", mode);

export default {
  core: false,
  about: "Bundlers",
  open({ path }) {
    writeFileSync(join(path, "page.js"), pageScript);
    writeFileSync(join(path, "interactions.js"), interactionsPage);
  },
  claims: {
    "webpack {webpack}": webpack("production"),
    "webpack {webpack}, development": webpack("development"),
    "webpack {webpack}, interactions": built("webpack-interactions", "main.js", "text/javascript", "webpack", "./interactions.js", "--mode", "production", "--output-path", "webpack-interactions"),
    "Rspack {@rspack/core}": built("rspack", "main.js", "text/javascript", "rspack", "build", "--entry", "./page.js", "--mode", "production", "--output-path", "rspack"),
    "Rollup {rollup}": built("rollup", "page.js", "module", "rollup", "page.js", "--plugin", "@rollup/plugin-node-resolve", "--format", "es", "--dir", "rollup"),
    "Rollup {rollup}, interactions": built("rollup-interactions", "interactions.js", "module", "rollup", "interactions.js", "--plugin", "@rollup/plugin-node-resolve", "--format", "es", "--dir", "rollup-interactions"),
    "Rolldown {rolldown}": built("rolldown", "page.js", "module", "rolldown", "page.js", "--minify", "--dir", "rolldown"),
  },
};
