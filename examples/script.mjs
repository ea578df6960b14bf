// Checks a file of interactions before a backfill: node script.mjs calls.ndjson outcome-types.json

import { createReadStream, readFileSync } from "node:fs";
import { OutcomeRegistry } from "kaireon-outcomes";

const [calls = "calls.ndjson", list = "outcome-types.json"] = process.argv.slice(2);
const registry = OutcomeRegistry.from(readFileSync(list)); // what GET /api/v1/outcome-types answered
const counts = { good: 0, bad: 0 };

for await (const results of registry.checkLines(createReadStream(calls), { as: "bulk-item" })) {
  for (const { line, ok, issues } of results) {
    counts[ok ? "good" : "bad"] += 1;
    for (const { path, message } of issues) console.log([calls, line, ...path, ` ${message}`].join(":"));
  }
}
//=> calls.ndjson:2:outcome: Unknown outcome type `clik`; did you mean `click`?
//=> calls.ndjson:3:offerId: Missing `offerId`
//=> calls.ndjson:4:outcome: Outcome type `expired` is retired
//=> calls.ndjson:6: Invalid JSON: expected `,` or `}`, found the end of the text

console.log(`${counts.good} good, ${counts.bad} bad`); //=> 2 good, 4 bad
process.exitCode = counts.bad > 0 ? 1 : 0;
