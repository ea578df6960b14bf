// Deno, as it finds an npm package in node_modules. It may read the vectors, and nothing else.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { interactionsScript } from "../matrix/applications.mjs";

const SCRIPT = `import * as api from "kaireon-outcomes";
import { answer } from "./suite/answer.mjs";
console.log(await answer(api, (await import("./vectors.json", { with: { type: "json" } })).default));
`;

const words = (project, ...rest) => project.run(project.tool(".bin/deno"), ["run", "--no-prompt", "--no-remote", "--v8-flags=--expose-gc", ...rest], { env: { DENO_NO_UPDATE_CHECK: "1", DENO_DIR: join(project.path, ".deno") } });

export default {
  core: true,
  about: "Deno",
  open({ path }, files) {
    writeFileSync(join(path, "vectors.json"), files);
    writeFileSync(join(path, "script.mjs"), SCRIPT);
    writeFileSync(join(path, "interactions.mjs"), interactionsScript);
  },
  claims: {
    "Deno {deno}, without any permission": (_, project) => words(project, "script.mjs"),
    "Deno {deno}, interactions": (_, project) => words(project, "interactions.mjs"),
  },
};
