// The command: `node www/serve.mjs [--port N]` serves the outcome-type endpoints on 127.0.0.1, in memory.

import { parseArgs } from "node:util";
import { createServer } from "./server.mjs";

const HOST = "127.0.0.1";
const USUAL_PORT = 4173;

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

function portAsked() {
  let port;
  try {
    ({ port } = parseArgs({ options: { port: { type: "string", default: String(USUAL_PORT) } } }).values);
  } catch {
    fail("There is one option, --port N.");
  }
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) fail("--port takes a number from 0 (any free port) to 65535.");
  return Number(port);
}

const port = portAsked();
const server = createServer({ log: console.log });

server.on("error", ({ code, message }) => {
  if (code === "EADDRINUSE") fail(`Port ${port} is taken; choose another with --port N (0 is any free one).`);
  fail(`Cannot listen on port ${port}: ${message}`);
});

server.listen(port, HOST, () => {
  const place = `${HOST}:${server.address().port}`;
  console.log(`The outcome-type endpoints, in memory, on http://${place} (Ctrl+C stops them). Try:

curl -s -X POST ${place}/api/v1/respond -H 'Idempotency-Key: k1' -d '{"customerId":"CUST001","recommendationId":"rec_1","rank":1,"outcome":"clik"}'

It is refused and says what was meant; with "click" it is recorded.
`);
});

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
  });
}
