// JSON Schema: what readers of it make of ours. The law, the specification's types, OpenAPI, a tool of a language model.

import { writeFileSync } from "node:fs";
import { join } from "node:path";

export default {
  core: false,
  about: "Standard Schema",
  open({ path }, files) {
    writeFileSync(join(path, "vectors.json"), files);
  },
  claims: {
    "JSON Schema, read by ajv {ajv}: what we take it takes, whatever the rules": async (_, project) => (await project.run("node", ["law.mjs", "vectors.json"])).trim(),
    "JSON Schema: a Standard JSON Schema to the specification's own types": async (_, project) => {
      await project.run("tsc", ["-p", "."]);
      return `TypeScript ${project.version("typescript")}`;
    },
    "OpenAPI 3.0, read by {@seriousme/openapi-schema-validator}: bodies of an API": async (_, project) => (await project.run("node", ["openapi.mjs"])).trim(),
    "AI SDK {@ai-sdk/provider-utils}, the schema of a tool": async (_, project) => (await project.run("node", ["tool.mjs"], { node: "24" })).trim(),
  },
};
