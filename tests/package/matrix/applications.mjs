// The smallest applications there are: each hands the package to the suite and sends the answer back.

import { NAME } from "../../runtimes/packed.mjs";

const PACKAGE = JSON.stringify(NAME);

/** A program that reads the vectors from a file, and prints. */
export const script = (text) => `import { readFileSync } from "node:fs";
import * as api from ${PACKAGE};
import { answer } from "./suite/answer.mjs";
console.log(await answer(api, JSON.parse(readFileSync(${JSON.stringify(text)}, "utf8"))));
`;

/** The same for CommonJS. */
export const commonScript = (text) => `const { readFileSync } = require("node:fs");
const api = require(${PACKAGE});
import("./suite/answer.mjs")
  .then(({ answer }) => answer(api, JSON.parse(readFileSync(${JSON.stringify(text)}, "utf8"))))
  .then(console.log);
`;

/** What an application that asks the entry of interactions begins with; the vectors stand beside the suite. */
const INTERACTIONS = `import * as api from ${PACKAGE};
import * as interactions from "${NAME}/interactions";
import { answerInteractions } from "./suite/interactions.mjs";
import files from "./suite/interactions-vectors.mjs";
`;

/** A module of an application, for whichever of its places asks it. */
export const interactionsModule = `${INTERACTIONS}export const askInteractions = () => answerInteractions(api, interactions, files);
`;

/** A program that asks it, and prints. */
export const interactionsScript = `${INTERACTIONS}console.log(await answerInteractions(api, interactions, files));
`;

/** The same for CommonJS: a registry of `require`, and an entry that Node takes as an ES module. */
export const interactionsCommonScript = `const interactions = require("${NAME}/interactions");
const api = { ...require(${PACKAGE}), InternalError: interactions.InternalError };
Promise.all([import("./suite/interactions.mjs"), import("./suite/interactions-vectors.mjs")])
  .then(([{ answerInteractions }, { default: files }]) => answerInteractions(api, interactions, files))
  .then(console.log);
`;

/** A worker that asks it at each request, and a page's script. */
export const interactionsWorker = `${INTERACTIONS}export default {
  async fetch() {
    return new Response(await answerInteractions(api, interactions, files).catch((error) => error.stack));
  },
};
`;
export const interactionsPage = `${INTERACTIONS}globalThis.run = () => answerInteractions(api, interactions, files);
`;

/** A call and an unknown key, before there is any request. */
export const AT_START = `
const registry = api.OutcomeRegistry.defaults();
const [issue] = registry.checkRespond({ customerId: "C", creativeId: "c", outcome: "clik", idempotencyKey: "k" }).issues;
if (issue.suggestion !== "click") throw new Error(issue.message);
`;

/** A worker that gets the vectors with the request. `atStart` is what happens at global scope. */
export const worker = (atStart = "") => `import * as api from ${PACKAGE};
import { answer } from "./suite/answer.mjs";
${atStart}
export default {
  async fetch(request) {
    return request.method === "POST" ? new Response(await answer(api, await request.json())) : new Response("ready");
  },
};
`;

/** A worker of both: of that in worker.mjs, and at `/interactions` of the module that asks for those. */
export const workerOfBoth = `import { askInteractions } from "./interactions.mjs";
import worker from "./worker.mjs";
export default {
  async fetch(request) {
    return request.url.endsWith("/interactions") ? new Response(await askInteractions()) : worker.fetch(request);
  },
};
`;

/** A page's script: `run()` fetches the vectors. */
export const pageScript = `import * as api from ${PACKAGE};
import { answer } from "./suite/answer.mjs";
globalThis.run = async () => answer(api, await (await fetch("/vectors.json")).json());
`;

/** The same where the module that asks for interactions stands beside it: `runInteractions()` asks that. */
export const pageOfBoth = `${pageScript}import { askInteractions } from "./interactions.mjs";
globalThis.runInteractions = askInteractions;
`;
