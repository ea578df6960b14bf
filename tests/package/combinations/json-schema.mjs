// JSON Schema: what readers of it make of ours. The law, the specification's types, OpenAPI, a tool of a language model.

import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** A claim that a program of the project makes. */
const runs = (...words) => async (_, project) => (await project.run("node", words, { node: "24" })).trim();

export default {
  core: false,
  about: "Standard Schema",
  open({ path }, files) {
    writeFileSync(join(path, "vectors.json"), files);
  },
  claims: {
    "JSON Schema, read by ajv {ajv}: what we take it takes, whatever the rules": runs("law.mjs", "vectors.json"),
    "JSON Schema: a Standard JSON Schema to the specification's own types": async (_, project) => {
      await project.run("tsc", ["-p", "."]);
      return `TypeScript ${project.version("typescript")}`;
    },
    "OpenAPI 3.0, openapi-schema-validator {@seriousme/openapi-schema-validator}: the bodies of an API": runs("openapi.mjs"),
    "AI SDK {@ai-sdk/provider-utils}, the schema of a tool": runs("tool.mjs"),
  },
};
