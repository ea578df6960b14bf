// Next.js, built by webpack and by Turbopack, and started: each place of an application where code may run.

import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { giveVectors, interactionsAt, interactionsOn, missing } from "../matrix/frameworks.mjs";
import { rendered } from "../matrix/next.mjs";
import { ask } from "../matrix/pages.mjs";
import { withPlatform } from "../matrix/platform.mjs";

/** What may stand in front of the routes, one of them in an application: proxy.ts runs in Node, middleware.ts at the edge. */
const ENTRANCES = ["proxy", "middleware"];

/** The README's route, which asks the platform. */
const EXAMPLE = new URL("../../../examples/next.mjs", import.meta.url);

const placeOf = (builder, entrance) => `.next-${builder}-${entrance}`;

/** Builds the application with one of the entrances, and starts it. */
async function start(project, builder, entrance) {
  for (const name of ENTRANCES) rmSync(join(project.path, `${name}.ts`), { force: true });
  copyFileSync(join(project.path, "before.ts"), join(project.path, `${entrance}.ts`));
  const env = { BUILT: placeOf(builder, entrance) };
  await project.run("next", ["build", `--${builder}`], { env });
  return project.start("next", ["start", "--hostname", "127.0.0.1"], { env });
}

/** What is built is kept for the next claim: `served(builder, entrance)` gives the server. One build at a time. */
function open(project, files) {
  giveVectors(project, "public", files);
  mkdirSync(join(project.path, "app/api/v1/respond"), { recursive: true });
  copyFileSync(EXAMPLE, join(project.path, "app/api/v1/respond/route.js"));
  const servers = new Map();
  const served = (builder, entrance = "proxy") => {
    const name = placeOf(builder, entrance);
    if (!servers.has(name)) servers.set(name, start(project, builder, entrance));
    return servers.get(name);
  };
  return { served, servers };
}

async function close({ servers }) {
  for (const server of await Promise.allSettled(servers.values())) server.value?.stop();
}

/** `next start` lets the edge compile bytes, its hosts do not: what is deployed there has to have its modules beside it, as files. */
function edgeHasModules(project, builder, entrance) {
  const place = join(project.path, placeOf(builder, entrance));
  const modules = ["outcomes.wasm", "interactions.wasm"].map((file) => readFileSync(join(project.package, "dist", file)));
  const { middleware, functions } = JSON.parse(readFileSync(join(place, "server/middleware-manifest.json"), "utf8"));
  const places = ["/edge/interactions/route", "/edge/route", ...(entrance === "middleware" ? ["/"] : [])];
  assert.deepEqual([...Object.keys(functions).sort(), ...Object.keys(middleware)], places);
  for (const [path, { wasm }] of Object.entries({ ...middleware, ...functions })) {
    const wanted = path === "/edge/route" ? modules.slice(0, 1) : modules;
    const has = wasm.map(({ filePath }) => readFileSync(join(place, filePath)));
    assert.equal(has.length, wanted.length, `${path} has ${has.length} modules`);
    for (const module of wanted) assert.ok(has.some((one) => one.equals(module)), `${path} has another module`);
  }
}

/** The README's route, in front of the stand-in: what was built is started once more, with the example's variables. */
const example = (builder) => async ({ served }, project) => {
  await served(builder);
  return withPlatform(async ({ env, respond }) => {
    const server = await project.start("next", ["start", "--hostname", "127.0.0.1"], { env: { BUILT: placeOf(builder, "proxy"), ...env } });
    try {
      return await respond(`${server.url}/api/v1/respond`);
    } finally {
      server.stop();
    }
  });
};

const atEdge = (builder, entrance, answered) => async ({ served }, project, files) => {
  const server = await served(builder, entrance);
  edgeHasModules(project, builder, entrance);
  return answered(server, files);
};

/** `builder` is the option's name, `named` what people call it. */
const claims = (builder, named) => ({
  [`Next.js {next} with ${named}, a route in Node`]: async ({ served }, _, files) => (await served(builder)).answer("/node", files),
  [`Next.js {next} with ${named}, a route at the edge`]: atEdge(builder, "proxy", (server, files) => server.answer("/edge", files)),
  [`Next.js {next} with ${named}, proxy.ts`]: async ({ served }, _, files) => (await served(builder)).answer("/before", files),
  [`Next.js {next} with ${named}, a server component`]: async ({ served }) => rendered(await served(builder)),
  [`Next.js {next} with ${named}, a client component in Chromium`]: async ({ served }) => ask("Chromium", `${(await served(builder)).url}/client`),
  [`Next.js {next} with ${named}, the route of the README`]: example(builder),
  [`Next.js {next} with ${named}, interactions in a route in Node`]: async ({ served }) => interactionsAt(await served(builder), "/node/interactions"),
  [`Next.js {next} with ${named}, interactions in a route at the edge`]: atEdge(builder, "proxy", (server) => interactionsAt(server, "/edge/interactions")),
  [`Next.js {next} with ${named}, interactions in a client component in Chromium`]: async ({ served }) => interactionsOn(`${(await served(builder)).url}/client`),
  [`Next.js {next} with ${named}, middleware.ts at the edge`]: atEdge(builder, "middleware", (server, files) => server.answer("/before", files)),
  [`Next.js {next} with ${named}, interactions in middleware.ts at the edge`]: atEdge(builder, "middleware", (server) => interactionsAt(server, "/before/interactions")),
});

export default {
  core: false,
  about: "Next.js",
  missing,
  open,
  close,
  claims: { ...claims("webpack", "webpack"), ...claims("turbopack", "Turbopack") },
};
