// Checks a file of interactions in Deno, which is asked for no permission: deno run deno.mjs < calls.ndjson

import { OutcomeRegistry } from "npm:kaireon-outcomes";

const registry = OutcomeRegistry.defaults();

for await (const results of registry.checkLines(Deno.stdin.readable, { as: "bulk-item" })) {
  for (const { line, ok, issues } of results) console.log(line, ok ? "good" : issues[0].message);
}
//=> 1 good
