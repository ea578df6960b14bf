// workerd by itself: old and new compatibility dates, calls at global scope, and what the default entry says there.

import assert from "node:assert/strict";
import { AT_START, interactionsWorker, worker } from "../matrix/applications.mjs";
import { interactionsAt } from "../matrix/frameworks.mjs";
import { asked } from "../matrix/project.mjs";
import { serveWorker } from "../matrix/workerd.mjs";

/** A trap, before there is any request. */
const TRAP_AT_START = `import * as api from "kaireon-outcomes";
import { runTrap } from "./suite/trap.mjs";
const { count, failures } = runTrap(api);
export default { fetch: () => Response.json({ count, failures }) };`;

/** Nothing is asked before the first request. */
const SAYS = `import { toKey } from "kaireon-outcomes";
export default { fetch() { try { return new Response(toKey("A b")); } catch (error) { return new Response(error.message); } } };`;

const served = (source, options, ask) => asked((project) => serveWorker(project, source, options), ask);

const vectors = (options) => served(worker(), options);

const says = (source, pattern, options) =>
  served(source, options, async (server) => {
    const said = await (await fetch(server.url)).text();
    assert.match(said, pattern);
    return `it says "${said.length > 60 ? `${said.slice(0, 60)}…` : said}"`;
  });

export default {
  core: true,
  about: "workerd",
  claims: {
    "workerd {workerd}, compatibility date 2024-01-01": vectors({ name: "old", date: "2024-01-01" }),
    "workerd {workerd}, compatibility date 2026-10-01 with nodejs_compat": vectors({ name: "new", flags: ["nodejs_compat"] }),
    "workerd {workerd}, interactions": served(interactionsWorker, { name: "interactions" }, (server) => interactionsAt(server, "/")),
    "workerd {workerd}, a call at global scope": says(worker(AT_START), /^ready$/, { name: "start" }),
    "workerd {workerd}, a trap at global scope": says(TRAP_AT_START, /^{"count":6,"failures":\[\]}$/, { name: "trap" }),
    "workerd {workerd}, the first call in a request": says(SAYS, /^a_b$/, { name: "request" }),
    "workerd {workerd}, a bundler without the condition: one sentence": says(SAYS, /^kaireon-outcomes may not compile WebAssembly here: .*serverExternalPackages/, { name: "default", conditions: [] }),
  },
};
