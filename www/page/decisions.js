// What the view of decisions consists of: the log, what is asked of it, and the answers, anew at each keystroke.

import { asker } from "./asker.js";
import { experimentAnswer, metricAnswer, suppressionAnswer } from "./answers.js";
import { element } from "./element.js";
import { logField } from "./log-field.js";
import { LOGS } from "./log-samples.js";
import { PAUSE } from "./marked-text.js";
import { answersOf, ASKED, checksOf, questionsOf } from "./questions.js";
import { snippet } from "./snippet.js";

/** What was last in the fields, so that one finds it again after a look elsewhere. */
const kept = { text: LOGS[0].text, asked: { ...ASKED } };

/** The whole of it. */
export function decisions({ catalogue }) {
  const { registry } = catalogue;
  let waiting;
  const changed = () => {
    Object.assign(kept, { text: rows.text() });
    clearTimeout(waiting);
    waiting = setTimeout(answer, PAUSE);
  };
  const rows = logField({ text: kept.text, changed, loaded: (asked) => ask.put(asked) });
  const ask = asker({ asked: kept.asked, registry, changed });
  const code = snippet();
  const cards = {
    policy: card(suppressionAnswer, {
      title: "Suppression",
      about: "A contact policy: whether this customer rests, and until when.",
      names: ["customer", "outcomeType", "lookbackDays"],
    }),
    metric: card(metricAnswer, {
      title: "Metric",
      about: "How often something happened in a window of days that ends now.",
      names: ["eventType", "windowDays"],
    }),
    experiment: card(experimentAnswer, {
      title: "Experiment",
      about: "Of those who were exposed, how many converted: over all rows, whenever they were.",
      names: ["exposure", "conversion", "control"],
    }),
  };

  function card(show, { title, about, names }) {
    const shown = show({ put: (asked, name) => ask.put(asked, name) });
    const issues = element("div", { class: "result", id: `about-${names[0]}`, "aria-live": "polite" });
    const made = element(
      "section",
      { class: "decision", "aria-label": title },
      element("div", {}, element("h2", {}, title), element("p", { class: "hint" }, about)),
      element("div", { class: "asked" }, ...names.map((name) => ask.field(name, issues.id))),
      issues,
      ...shown.elements,
    );
    return { element: made, issues, names, show: shown.show };
  }

  function answer() {
    const questions = questionsOf(kept.asked);
    const log = rows.read();
    const checks = checksOf(registry, questions);
    const isMoment = !Number.isNaN(questions.now);
    ask.showNow(isMoment);
    const answers = isMoment ? answersOf(registry, log, questions) : {};
    for (const [name, { issues, names, show }] of Object.entries(cards)) {
      ask.showIssues(names, checks[name], issues);
      show(answers, questions);
    }
    ask.offer(answers);
    code.show(questions);
  }

  answer();
  return element(
    "div",
    { class: "tester" },
    element("form", { class: "pane", novalidate: true, onsubmit: (event) => event.preventDefault() }, ...rows.elements, ask.now),
    element("div", { class: "pane" }, ...Object.values(cards).map((one) => one.element)),
    code.element,
  );
}
