// Checks interactions in Deno, which asks for no permission: deno run deno.mjs < calls.ndjson

import { OutcomeRegistry } from "npm:kaireon-outcomes";

const registry = OutcomeRegistry.defaults();

for await (const results of registry.checkLines(Deno.stdin.readable, { as: "bulk-item" })) {
  for (const { line, ok, issues } of results) console.log(line, ok ? "good" : issues[0].message);
}
//=> 1 good
//=> 2 Unknown outcome type `clik`; did you mean `click`?
//=> 3 Missing `offerId`
//=> 4 Unknown outcome type `expired`
//=> 5 Unknown outcome type `quote_requested`
//=> 6 Invalid JSON: expected `,` or `}`, found the end of the text
