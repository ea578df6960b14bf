// Node, each version that is maintained, by import and by require.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { commonScript, interactionsCommonScript, interactionsScript, script } from "../matrix/applications.mjs";

const VERSIONS = ["20", "22", "24", "26"];

const run = (version, file) => (_, project) => project.run("node", ["--expose-gc", file], { node: version });

export default {
  core: true,
  about: "Node",
  open({ path }, files) {
    const text = join(path, "vectors.json");
    writeFileSync(text, files);
    writeFileSync(join(path, "script.mjs"), script(text));
    writeFileSync(join(path, "script.cjs"), commonScript(text));
    writeFileSync(join(path, "interactions.mjs"), interactionsScript);
    writeFileSync(join(path, "interactions.cjs"), interactionsCommonScript);
  },
  claims: Object.fromEntries(
    VERSIONS.flatMap((version) => [
      [`Node {node-${version}}, import`, run(version, "script.mjs")],
      [`Node {node-${version}}, require`, run(version, "script.cjs")],
      [`Node {node-${version}}, interactions by import`, run(version, "interactions.mjs")],
      [`Node {node-${version}}, interactions by require`, run(version, "interactions.cjs")],
    ]),
  ),
};
