// The questions of the view as they are put to the package: documents and options, made of what the fields say.

import { checkDefinition } from "/package/interactions.js";

/** What the fields say to begin with. */
export const ASKED = {
  now: "2026-03-16T14:35:00",
  customer: "C2",
  outcomeType: "complaint",
  lookbackDays: "90",
  eventType: "click",
  windowDays: "7",
  exposure: "impression",
  conversion: "conversion",
  control: "control",
};

/** What is typed as a number is one; anything else goes as it is, and the package says what it thinks of it. */
const figure = (text) => (text.trim() === "" ? undefined : Number.isNaN(Number(text)) ? text : Number(text));

/** The documents and options: what the package is asked, and what the code to copy shows. `now` may be no moment (`NaN`). */
export function questionsOf(asked) {
  return {
    now: Date.parse(`${asked.now}Z`),
    candidate: { customerId: asked.customer },
    policy: {
      name: "Rest after an outcome",
      ruleType: "outcome_based",
      scope: "global",
      config: { outcomeType: asked.outcomeType, lookbackDays: figure(asked.lookbackDays), action: "suppress" },
    },
    metric: {
      name: "How often in a window",
      aggregationType: "count",
      eventType: asked.eventType,
      windowDays: figure(asked.windowDays),
    },
    experiment: { key: "variants", name: "Variants" },
    compared: {
      exposure: [asked.exposure],
      conversion: [asked.conversion],
      control: asked.control === "" ? undefined : asked.control,
    },
  };
}

/** What the package says of the documents themselves. */
export function checksOf(registry, { policy, metric, experiment, compared: { exposure, conversion } }) {
  return {
    policy: checkDefinition(registry, "contact-policy", policy),
    metric: checkDefinition(registry, "behavioral-metric", metric),
    experiment: checkDefinition(registry, "experiment", experiment, { compared: [...exposure, ...conversion] }),
  };
}

/** The answers of a log; those to a document that is refused are absent. */
export function answersOf(registry, log, { now, candidate, policy, metric, compared }) {
  const all = log.metric(registry, metric, { now });
  const one = log.metric(registry, metric, { now, ...candidate });
  return {
    suppression: log.suppression(registry, policy, candidate, { now }).value,
    count: all.value?.groups[0].value,
    countOfOne: one.value?.groups[0].value,
    tally: all.ok ? log.tally(registry, { now, days: metric.windowDays }) : undefined,
    experiment: log.experiment(compared),
  };
}
