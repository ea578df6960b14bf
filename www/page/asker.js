// The fields of what is asked of a log, and below them what the package says against it.

import { element } from "./element.js";
import { issueLine } from "./field.js";
import { ASKED } from "./questions.js";

const LABELS = {
  customer: "Customer",
  outcomeType: "Outcome type",
  lookbackDays: "Lookback days",
  eventType: "Event type",
  windowDays: "Window days",
  exposure: "Exposure type",
  conversion: "Conversion type",
  control: "Control variant",
};
const present = () => new Date().toISOString().slice(0, -1);

/** The fields over `asked`, which they change; `changed` hears of it. */
export function asker({ asked, registry, changed }) {
  const types = registry.list({ retired: "both" });
  const keys = datalist("type-keys", types.map(({ key }) => key));
  const variants = datalist("variants", []);
  const noMoment = element("p", { class: "issue error", id: "now-issue", role: "alert" });

  const made = {
    now: input({ type: "datetime-local", step: "0.001", "aria-describedby": "now-issue" }),
    customer: input(),
    // One may misspell it here, to see what the package says.
    outcomeType: input({ list: keys.id }),
    lookbackDays: input({ inputmode: "numeric" }),
    eventType: choice(asked.eventType),
    windowDays: input({ inputmode: "numeric" }),
    exposure: choice(asked.exposure),
    conversion: choice(asked.conversion),
    control: input({ list: variants.id }),
  };
  for (const [name, control] of Object.entries(made)) {
    control.id = name;
    control.value = asked[name];
    control.addEventListener("input", () => {
      asked[name] = control.value;
      changed();
    });
  }

  function choice(value) {
    const option = ({ key, status }) =>
      element("option", { value: key }, status === undefined || status === "active" ? key : `${key} (${status})`);
    // What was chosen may be gone from the list.
    const gone = types.some(({ key }) => key === value) ? [] : [element("option", { value }, value)];
    return element("select", {}, ...gone, ...types.map(option));
  }

  /** Fills fields, as if it had been typed, and goes to the one that is named. */
  function put(values, name) {
    for (const [own, value] of Object.entries(values)) {
      made[own].value = value;
      asked[own] = made[own].value;
    }
    if (name !== undefined) made[name].focus();
    changed();
  }

  const toNow = (words, value) =>
    element("button", { type: "button", class: "small", onclick: () => put({ now: value() }) }, words);

  return {
    put,
    /** The field of the present, which all questions have in common. */
    now: element(
      "div",
      { class: "field" },
      element("label", { class: "label", for: "now" }, "Now, in UTC"),
      element(
        "div",
        { class: "moment" },
        made.now,
        element("div", {}, toNow("The present", present), " ", toNow("The example's", () => ASKED.now)),
      ),
      noMoment,
      keys,
      variants,
    ),
    /** A field by its name, described by the element of an id. */
    field(name, describedBy) {
      made[name].setAttribute("aria-describedby", describedBy);
      return element("div", { class: "field" }, element("label", { class: "label", for: name }, LABELS[name]), made[name]);
    },
    showNow(isMoment) {
      mark(made.now, !isMoment);
      noMoment.replaceChildren(...(isMoment ? [] : [element("span", {}, "Say a date and a time: the present is nobody's guess")]));
    },
    /** Shows in `place` what a check says of the document that the fields of these names go into. */
    showIssues(names, { issues = [], warnings }, place) {
      const lines = [...issues.map((issue) => [issue, "error"]), ...warnings.map((issue) => [issue, "warning"])];
      for (const name of names) mark(made[name], issues.some(({ path }) => path.at(-1) === name));
      // The same words are left where they are: a button in them may have the focus.
      const words = lines.map(([{ message }]) => message).join("\n");
      if (words === place.dataset.words) return;
      place.dataset.words = words;
      place.replaceChildren(...lines.map(([issue, kind]) => issueLine(issue, kind, use(names, issue))));
    },
    /** Offers the variants that an answer has as the control. */
    offer({ experiment }) {
      variants.replaceChildren(...optionsOf(experiment?.variants.map(({ variant }) => variant) ?? []));
    },
  };

  /** What puts a better word where the one stands that an issue is about. */
  function use(names, { key }) {
    const name = names.find((own) => key !== undefined && asked[own] === key);
    return name && ((word) => put({ [name]: word }, name));
  }
}

const input = (attributes) =>
  element("input", { autocomplete: "off", autocapitalize: "none", spellcheck: "false", ...attributes });
const optionsOf = (values) => values.map((value) => element("option", { value }));
const datalist = (id, values) => element("datalist", { id }, ...optionsOf(values));

function mark(control, isWrong) {
  if (isWrong) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
}
