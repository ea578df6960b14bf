// The answers of a log in words: a suppression, a metric with its tally, an experiment.

import { element } from "./element.js";
import { pill } from "./words.js";

const NOTHING = ["", "No answer: see what is said above."];
const code = (text) => element("code", {}, text);

/** A sentence that readers say when it is another one; `say(kind, ...words)` changes it. */
function verdict() {
  const made = element("p", { class: "verdict", role: "status" });
  const say = (kind, ...words) => {
    const next = element("p", {}, ...words);
    made.className = `verdict ${kind}`;
    if (next.innerHTML !== made.innerHTML) made.replaceChildren(...next.childNodes);
  };
  return { element: made, say };
}

/** A list of terms and what they come to; without any it is away. */
function facts() {
  const made = element("dl", {});
  const show = (entries) => {
    made.hidden = entries.length === 0;
    made.replaceChildren(
      ...entries.map(([term, ...words]) => element("div", {}, element("dt", {}, ...[term].flat()), element("dd", {}, ...words))),
    );
  };
  return { element: made, show };
}

/** A moment to its millisecond; beyond the dates that there are in milliseconds. */
function momentIn(time) {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? `${time} ms` : date.toISOString();
}

/** Whether a customer is suppressed, since which interaction, and until when. */
export function suppressionAnswer({ put }) {
  const { element: said, say } = verdict();
  const { element: list, show: showFacts } = facts();
  let freed;
  // One button, which keeps the focus while answers come and go.
  const go = element(
    "button",
    { type: "button", class: "small", onclick: () => put({ now: momentIn(freed).slice(0, -1) }, "now") },
    "Set now to that moment",
  );

  function show({ suppression }, { candidate: { customerId } }) {
    const who = code(customerId);
    const { suppressed, reason, since, until } = suppression ?? {};
    freed = until;
    // The field of now ends with the year 9999.
    go.hidden = !(until < Date.UTC(10_000));
    showFacts(
      suppressed
        ? [
            ["Since", code(since.outcome), ` at ${momentIn(since.at)}, row ${since.row + 1} of those read`],
            ["Until", `${momentIn(until)}, that moment not included`],
          ]
        : [],
    );
    if (suppressed) say("held", who, ` is suppressed until ${momentIn(until)}.`);
    else if (suppressed === false && reason === undefined) say("good", who, " is not suppressed.");
    else if (reason !== undefined) say("", "This cannot be told, because of ", code(reason), ".");
    else say(...NOTHING);
  }
  return { elements: [said, list, go], show };
}

/** How often something happened, and what else did by its classification. */
export function metricAnswer() {
  const { element: said, say } = verdict();
  const { element: list, show: showFacts } = facts();

  function show({ count, countOfOne, tally }, { metric: { eventType, windowDays }, candidate: { customerId } }) {
    const window = windowDays === undefined ? "up to now" : `in ${windowDays} ${windowDays === 1 ? "day" : "days"}`;
    if (count === undefined) say(...NOTHING);
    else say("", element("strong", {}, String(count)), " of ", code(eventType), ` ${window}.`);
    const classes = Object.entries(tally?.classification ?? {});
    const unknown = tally?.unknown.keys ?? [];
    showFacts(
      count === undefined
        ? []
        : [
            [["Of ", code(customerId)], String(countOfOne)],
            ["All types", element("ul", { class: "tally" }, ...classes.map(([own, many]) => element("li", {}, pill(own), ` ${many}`)))],
            ...unknown.map(({ key, count: many, suggestion }) => [
              "Not registered",
              code(key),
              ` ${many}`,
              ...(suggestion === undefined ? [] : ["; did you mean ", code(suggestion), "?"]),
            ]),
          ],
    );
  }
  return { elements: [said, list], show };
}

const share = (part) => (part === null ? "–" : `${(100 * part).toFixed(1)}\u00a0%`);
const signed = (part, unit) => (part === null ? "–" : `${part < 0 ? "−" : "+"}${Math.abs(100 * part).toFixed(1)}\u00a0${unit}`);
const chance = (p) => (p === null ? "–" : p < 0.001 ? "< 0.001" : p.toFixed(3));
const badge = (words) => element("span", { class: "badge plain" }, words);

/** The rate of each variant, and what it is against the control. */
export function experimentAnswer() {
  const { element: said, say } = verdict();
  const table = element("div", { class: "variants" });
  const notes = element("p", { class: "hint" });

  function show({ experiment }, { compared: { control: named } }) {
    const { variants = [], control, unassigned, mixed } = experiment ?? {};
    table.replaceChildren(...(variants.length === 0 ? [] : [tableOf(variants)]));
    notes.textContent = [
      unassigned > 0 && `Exposures without a variant: ${unassigned}.`,
      mixed > 0 && `Customers who saw more than one: ${mixed}.`,
    ]
      .filter(Boolean)
      .join(" ");
    if (experiment === undefined) say(...NOTHING);
    else if (variants.length === 0) say("", "No row is an exposure with a variant.");
    else if (control !== null) say("", "Held against ", code(control), ".");
    else if (named === undefined) say("", "There is no control, so there is no uplift.");
    else say("", "There is no variant ", code(named), ", so there is no uplift.");
  }
  return { elements: [said, table, notes], show };
}

const HEADS = ["Variant", "Rate", "95\u00a0% interval", "Uplift", "p"];

function tableOf(variants) {
  const cells = ({ variant, exposed, converted, rate, low, high, small, uplift }) => [
    [element("strong", {}, variant), element("small", {}, `${converted} of ${exposed}`), small && badge("Sample too small")],
    [share(rate)],
    [low === null ? "–" : `${share(low)} to ${share(high)}`],
    uplift === null ? ["–"] : [signed(uplift.relative, "%"), element("small", {}, signed(uplift.absolute, "points"))],
    uplift === null ? ["–"] : [chance(uplift.p), " ", uplift.small && badge("Too few")],
  ];
  const row = (variant) =>
    element(
      "tr",
      { role: "row", "data-variant": variant.variant },
      ...cells(variant).map((words, nth) => element("td", { role: "cell", "data-head": HEADS[nth] }, ...words)),
    );
  return element(
    "table",
    { role: "table", "aria-label": "Variants" },
    element(
      "thead",
      { role: "rowgroup" },
      element("tr", { role: "row" }, ...HEADS.map((text) => element("th", { scope: "col", role: "columnheader" }, text))),
    ),
    element("tbody", { role: "rowgroup" }, ...variants.map(row)),
  );
}
