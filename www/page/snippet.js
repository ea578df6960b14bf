// The code that gives on Node what the view shows, to copy.

import { element } from "./element.js";
import { say } from "./notice.js";

const written = (value) => JSON.stringify(value, null, 2);

/** The code, and `show(questions)` to write it anew. */
export function snippet() {
  const code = element("pre", { tabindex: "0", "aria-label": "The code" });
  const copy = async () => {
    const done = await navigator.clipboard?.writeText(code.textContent).then(() => true, () => false);
    say(done ? "Copied the code." : "The browser does not let the page copy: select the code instead.");
  };
  return {
    element: element(
      "details",
      { class: "snippet" },
      element("summary", {}, "The same on Node"),
      element("p", { class: "hint" }, "With the rows above in ", element("code", {}, "rows.ndjson"), " beside it, while this server runs."),
      code,
      element("button", { type: "button", onclick: copy }, "Copy the code"),
    ),
    show: (questions) => (code.textContent = codeOf(questions)),
  };
}

function codeOf({ now, candidate, policy, metric, compared }) {
  return `import { readFileSync } from "node:fs";
import { OutcomeRegistry } from "kaireon-outcomes";
import { Interactions } from "kaireon-outcomes/interactions";

const types = await fetch("${location.origin}/api/v1/outcome-types?includeDeleted=true");
const registry = OutcomeRegistry.from(await types.text());
const { value: log } = Interactions.read(readFileSync("rows.ndjson"), { as: "lines" });
const now = ${now}; // ${Number.isNaN(now) ? "no moment" : new Date(now).toISOString()}

const policy = ${written(policy)};
console.log(log.suppression(registry, policy, ${written(candidate)}, { now }).value);

const metric = ${written(metric)};
console.log(log.metric(registry, metric, { now }).value);
console.log(log.tally(registry, { now, days: metric.windowDays }).classification);

console.log(log.experiment(${written(compared)}).variants);
`;
}
