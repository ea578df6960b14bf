// workerd by itself: old and new compatibility dates, calls at global scope, and what the default entry says there.

import assert from "node:assert/strict";
import { worker } from "../matrix/applications.mjs";
import { serveWorker } from "../matrix/workerd.mjs";

/** A call and an unknown key, before there is any request. */
const AT_START = `
const registry = api.OutcomeRegistry.defaults();
const [issue] = registry.checkRespond({ customerId: "C", creativeId: "c", outcome: "clik", idempotencyKey: "k" }).issues;
if (issue.suggestion !== "click") throw new Error(issue.message);
`;

/** A trap, before there is any request. */
const TRAP_AT_START = `import * as api from "kaireon-outcomes";
import { runTrap } from "./suite/trap.mjs";
const { count, failures } = runTrap(api);
export default { fetch: () => Response.json({ count, failures }) };`;

/** Nothing is asked before the first request. */
const SAYS = `import { toKey } from "kaireon-outcomes";
export default { fetch() { try { return new Response(toKey("A b")); } catch (error) { return new Response(error.message); } } };`;

const vectors = (options) => async (_, project, files) => {
  const server = await serveWorker(project, worker(), options);
  try {
    return await server.answer("/", files);
  } finally {
    server.stop();
  }
};

const says = (source, pattern, options) => async (_, project) => {
  const server = await serveWorker(project, source, options);
  try {
    const said = await (await fetch(server.url)).text();
    assert.match(said, pattern);
    return `it says "${said.length > 60 ? `${said.slice(0, 60)}…` : said}"`;
  } finally {
    server.stop();
  }
};

export default {
  core: true,
  about: "workerd",
  claims: {
    "workerd {workerd}, compatibility date 2024-01-01": vectors({ name: "old", date: "2024-01-01" }),
    "workerd {workerd}, compatibility date 2026-10-01 with nodejs_compat": vectors({ name: "new", flags: ["nodejs_compat"] }),
    "workerd {workerd}, a call at global scope": says(worker(AT_START), /^ready$/, { name: "start" }),
    "workerd {workerd}, a trap at global scope": says(TRAP_AT_START, /^{"count":6,"failures":\[\]}$/, { name: "trap" }),
    "workerd {workerd}, the first call in a request": says(SAYS, /^a_b$/, { name: "request" }),
    "workerd {workerd}, a bundler without the condition: one sentence": says(SAYS, /^kaireon-outcomes may not compile WebAssembly here: .*serverExternalPackages/, { name: "default", conditions: [] }),
  },
};
