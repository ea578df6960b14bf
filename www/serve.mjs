// The command: `node www/serve.mjs` serves the page and the endpoints on 127.0.0.1; --help says what it takes.

import { parseArgs } from "node:util";
import { FAULTS } from "./server/faults.mjs";
import { JournalError, memoryJournal, openJournal } from "./server/journal.mjs";
import { addressIn, AddressError, createPlatform, headersOf } from "./server/platform.mjs";
import { createServer } from "./server/server.mjs";
import { createTenant } from "./server/tenant.mjs";

const HOST = "127.0.0.1";
const OPTIONS = {
  port: { type: "string", default: "4173" },
  data: { type: "string" },
  memory: { type: "boolean", default: false },
  api: { type: "string" },
  help: { type: "boolean", default: false },
};
const HELP = `Serves the page and the platform's outcome-type endpoints on ${HOST}.

--port N      the port, ${OPTIONS.port.default} unless told; 0 is any free one
--data FILE   what is acknowledged is kept in FILE, on the disk before the answer goes out
--memory      nothing is kept beyond the process
--api URL     no endpoints of its own: the page's calls go to the platform at URL, with the key of KAIREON_API_KEY
              and the tenant of KAIREON_TENANT_ID; for the page of this server only

A test may ask for a fault, a request at a time (not with --api):
${FAULTS}
With status nothing is done; with delay and truncate all is done, but the answer comes late or not whole.
`;

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

function optionsAsked() {
  let options;
  try {
    options = parseArgs({ options: OPTIONS }).values;
  } catch {
    fail("The options are --port N, --data FILE, --memory and --api URL; --help says more.");
  }
  const { port, data, memory, api, help } = options;
  if (help) {
    console.log(HELP);
    process.exit(0);
  }
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) fail("--port takes a number from 0 (any free port) to 65535.");
  if (data === "") fail("--data takes the path of a file.");
  if ([data !== undefined, memory, api !== undefined].filter(Boolean).length > 1) {
    fail("--data, --memory and --api exclude each other.");
  }
  return { port: Number(port), data, api };
}

/** What is behind the page, in words, and what `createServer` wants of it. */
async function behind({ data, api }) {
  if (api !== undefined) {
    const address = addressIn(api);
    const headers = headersOf(process.env);
    const missing = { KAIREON_API_KEY: "authorization", KAIREON_TENANT_ID: "x-tenant-id" };
    const without = Object.keys(missing).filter((name) => headers[missing[name]] === undefined);
    const remark = without.length === 0 ? "" : ` (${without.join(" and ")} not set)`;
    const words = `its calls go to ${address.origin}${address.prefix}/api/${remark}`;
    return { words, parts: { platform: createPlatform(address, headers) }, close() {} };
  }
  const journal = data === undefined ? memoryJournal() : await openJournal(data);
  const tenant = createTenant(journal);
  const { types, interactions, cut } = tenant;
  const found = `custom types: ${types.custom}, interactions: ${interactions.size}`;
  const torn = cut === 0 ? "" : `; an unfinished line of ${cut} bytes was cut off`;
  const words = `what it is told is kept in ${data === undefined ? "memory" : `${data} (${found}${torn})`}`;
  return { words, parts: { tenant }, close: () => journal.close() };
}

const { port, data, api } = optionsAsked();
const { words, parts, close } = await behind({ data, api }).catch((error) => {
  if (error instanceof JournalError || error instanceof AddressError) fail(error.message);
  throw error;
});
const server = createServer({ ...parts, log: console.log });

server.on("error", ({ code, message }) => {
  if (code === "EADDRINUSE") fail(`Port ${port} is taken; choose another with --port N (0 is any free one).`);
  fail(`Cannot listen on port ${port}: ${message}`);
});

server.listen(port, HOST, () => {
  const place = `${HOST}:${server.address().port}`;
  console.log(`The page is on http://${place} (Ctrl+C stops it); ${words}.`);
  // Nobody is told to try something on a platform of their own.
  if (api === undefined) console.log(trial(place));
});

const trial = (place) => `Try:

curl -s -X POST ${place}/api/v1/respond -H 'Idempotency-Key: k1' -d '{"customerId":"CUST001","recommendationId":"rec_1","rank":1,"outcome":"clik"}'

It is refused and says what was meant; with "click" it is recorded.
`;

let stopping = false;
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    if (stopping) return;
    stopping = true;
    server.close(close);
    server.closeAllConnections();
  });
}
