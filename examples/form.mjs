// A form for a new outcome type: the schema is a Standard Schema, which form libraries take as it is.

import { OutcomeRegistry } from "kaireon-outcomes";

// On a page: OutcomeRegistry.from(await (await fetch("/api/v1/outcome-types")).text())
const registry = OutcomeRegistry.from({ data: [{ key: "quote_requested", name: "Quote Requested" }] });
const schema = registry.schema("create");

// What a form library does at each keystroke; the first issue of a field is the one to show.
function show(values) {
  const { issues = [] } = schema["~standard"].validate(values);
  for (const { path, message } of issues) console.log(`${path}: ${message}`);
  console.log(issues.length === 0 ? "ready to send" : "not yet");
}

show({ key: "Call back!", name: "Call Back", category: "respons" });
//=> key: A key has only `a` to `z`, `0` to `9` and `_`, not `C`; `call_back` would do
//=> category: Expected `impression` or `response` for `category`, found `respons`; did you mean `response`?
//=> classification: Choose `classification`: without a choice it is `neutral`
//=> not yet

// The key that a name asks for, or the next one that is free.
const key = registry.proposeKey("Quote Requested");
console.log(key); //=> quote_requested_2

const values = { key, name: "Quote Requested", classification: "positive", category: "response" };
show(values); //=> ready to send

// The exact body to POST.
console.log(JSON.stringify(registry.checkCreate(values).value));
//=> {"key":"quote_requested_2","name":"Quote Requested","description":"","classification":"positive","category":"response"}
