// What passed, as the package understands it: a call in its current form, or the items and lines in short.

import { element } from "./element.js";
import { pill, titled } from "./words.js";

/** A call in its current form, and what it means. */
export function understoodCall({ call, answer }) {
  const { outcome, key, direction, target } = answer;
  const known = outcome && [
    ["Outcome type", [outcome.name, " ", element("code", {}, outcome.key)]],
    ["Classification", [pill(outcome.classification)]],
    ["Category", [titled(outcome.category)]],
  ];
  const facts = [
    ...(known ?? [["Outcome type", [element("code", {}, key ?? "–"), " (not in the list)"]]]),
    ["Direction", [direction ?? "–"]],
    ["Target", [target ?? "–"]],
  ];
  return element(
    "div",
    { class: "understood" },
    element(
      "dl",
      {},
      ...facts.map(([term, words]) => element("div", {}, element("dt", {}, term), element("dd", {}, ...words))),
    ),
    element("h3", {}, "The call in its current form"),
    element("pre", { tabindex: "0", "aria-label": "The call in its current form" }, JSON.stringify(call, null, 2)),
  );
}

/** Items or lines that passed, one short line each; there are `passed` of them. */
export function understoodParts({ passed, explained }) {
  const lines = explained.map(({ part, answer: { outcome, key, direction } = {} }) =>
    element(
      "li",
      {},
      element("span", { class: "part" }, part),
      element("code", {}, outcome?.key ?? key ?? "–"),
      outcome && pill(outcome.classification),
      direction && element("span", { class: "faint" }, direction),
    ),
  );
  const rest = passed - lines.length;
  return element("ul", { class: "parts" }, ...lines, rest > 0 && element("li", { class: "faint" }, `and ${rest} more`));
}
