// Next.js, built by webpack and by Turbopack, and started: each place of an application where code may run.

import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rendered } from "../matrix/next.mjs";
import { ask } from "../matrix/pages.mjs";

/** What may stand in front of the routes, one of them in an application: proxy.ts runs in Node, middleware.ts at the edge. */
const ENTRANCES = ["proxy", "middleware"];

/** Builds the application with one of the entrances, and starts it. */
async function start(project, builder, entrance) {
  for (const name of ENTRANCES) rmSync(join(project.path, `${name}.ts`), { force: true });
  copyFileSync(join(project.path, "before.ts"), join(project.path, `${entrance}.ts`));
  const env = { BUILT: `.next-${builder}-${entrance}` };
  await project.run("next", ["build", `--${builder}`], { env });
  return project.start("next", ["start", "--hostname", "127.0.0.1"], { env });
}

/** What is built is kept for the next claim: `served(builder, entrance)` gives the server. One build at a time. */
function open(project, files) {
  mkdirSync(join(project.path, "public"), { recursive: true });
  writeFileSync(join(project.path, "public/vectors.json"), files);
  const servers = new Map();
  const served = (builder, entrance = "proxy") => {
    const name = `${builder} ${entrance}`;
    if (!servers.has(name)) servers.set(name, start(project, builder, entrance));
    return servers.get(name);
  };
  return { served, servers };
}

async function close({ servers }) {
  for (const server of await Promise.allSettled(servers.values())) server.value?.stop();
}

/** `builder` is the option's name, `named` what people call it. */
const claims = (builder, named) => ({
  [`Next.js {next} with ${named}, a route in Node`]: async ({ served }, _, files) => (await served(builder)).answer("/node", files),
  [`Next.js {next} with ${named}, a route at the edge`]: async ({ served }, _, files) => (await served(builder)).answer("/edge", files),
  [`Next.js {next} with ${named}, proxy.ts`]: async ({ served }, _, files) => (await served(builder)).answer("/before", files),
  [`Next.js {next} with ${named}, a server component`]: async ({ served }) => rendered(await served(builder)),
  [`Next.js {next} with ${named}, a client component in Chromium`]: async ({ served }) => ask("Chromium", `${(await served(builder)).url}/client`),
  [`Next.js {next} with ${named}, middleware.ts at the edge`]: async ({ served }, _, files) => (await served(builder, "middleware")).answer("/before", files),
});

export default {
  core: false,
  about: "Next.js",
  open,
  close,
  claims: { ...claims("webpack", "webpack"), ...claims("turbopack", "Turbopack") },
};
