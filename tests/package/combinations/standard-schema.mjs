// The libraries that take a Standard Schema, each with ours: forms rendered in jsdom, servers that are asked, zod's bridge.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const { build } = createRequire(new URL("../../../pkg/package.json", import.meta.url))("esbuild");

/** What every consumer is held to; a program prints the name of each check that held. */
const CHECKS = [
  "another language on the right field",
  "an untouched choice refused",
  "checked again when the list is loaded again",
  "the body is the schema's",
];

/** jsdom asks for Node 24. */
const holds = (name, ...more) => async (_, project) => {
  const held = (await project.run("node", [`built/${name}.js`], { node: "24" })).trim().split("\n");
  assert.deepEqual(held, [...CHECKS, ...more]);
  return held.join("; ");
};

const sources = ({ path }) => readdirSync(path).filter((name) => /\.tsx?$/.test(name));

export default {
  core: false,
  about: "Standard Schema",
  // Each file by itself: a bundle would have React in front of the page that it looks for.
  open(project) {
    const entryPoints = sources(project).map((name) => join(project.path, name));
    return build({ entryPoints, outdir: join(project.path, "built"), format: "esm", target: "es2022", jsx: "automatic", logLevel: "warning" });
  },
  claims: {
    "react-hook-form {react-hook-form}, a form": holds("react-hook-form"),
    "TanStack Form {@tanstack/react-form}, a form": holds("tanstack-form"),
    "Hono's validator {@hono/standard-validator}, a route": holds("hono"),
    "tRPC {@trpc/server}, a procedure and its client": holds("trpc"),
    "zod {zod}, a group of a form by superRefine": holds("zod", "whatever the group is, nothing is thrown"),
    async "types: each of them, and the specification's own, infer what goes in and comes out"(_, project) {
      await project.run("tsc", ["-p", "."]);
      return `${sources(project).length} files of TypeScript ${project.version("typescript")}`;
    },
  },
};
