// Bun, run and built.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { interactionsScript, script } from "../matrix/applications.mjs";

const bun = (project, ...words) => project.run(project.tool("bun/bin/bun.exe"), words);

export default {
  core: true,
  about: "Bun",
  open({ path }, files) {
    const text = join(path, "vectors.json");
    writeFileSync(text, files);
    writeFileSync(join(path, "script.mjs"), script(text));
    writeFileSync(join(path, "interactions.mjs"), interactionsScript);
  },
  claims: {
    "Bun {bun}, run": (_, project) => bun(project, "run", "script.mjs"),
    "Bun {bun}, interactions": (_, project) => bun(project, "run", "interactions.mjs"),
    async "Bun {bun}, built for Bun"(_, project) {
      await bun(project, "build", "script.mjs", "--target=bun", "--minify", "--outfile=built/script.js");
      return bun(project, "run", "built/script.js");
    },
    async "Bun {bun}, built for Node"(_, project) {
      await bun(project, "build", "script.mjs", "--target=node", "--minify", "--outfile=built/node.mjs");
      return project.run("node", ["built/node.mjs"]);
    },
  },
};
