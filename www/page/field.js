// One step of a form: its number and words, its control, and below it what is wrong, in a place kept free for it.

import { element, prose } from "./element.js";

/**
 * A step. `controls` are the elements that take `aria-invalid` and the focus, `body` what is laid out. A `group` of
 * radio buttons is a fieldset of its own.
 */
export function field({ name, label, hint, body, controls, group = false, optional = false }) {
  const issues = element("div", { class: "issues", id: `${name}-issues` });
  const hintId = `${name}-hint`;
  const described = `${hintId} ${issues.id}`;
  const words = [label, optional && element("span", { class: "optional" }, " optional")];
  const title = group
    ? element("p", { class: "label", id: `${name}-label` }, ...words)
    : element("label", { class: "label", for: name }, ...words);
  const content = group
    ? element(
        "div",
        {
          role: "radiogroup",
          "aria-labelledby": `${name}-label`,
          "aria-describedby": described,
          "aria-required": "true",
        },
        body,
      )
    : body;
  const invalid = group ? [content] : controls;
  for (const control of group ? [] : controls) control.setAttribute("aria-describedby", described);
  const made = element(
    "div",
    { class: "field", "data-field": name },
    element("div", { class: "about" }, title, element("p", { class: "hint", id: hintId }, hint)),
    element("div", { class: "control" }, content, issues),
  );
  let before = "";

  return {
    element: made,
    focus: () => (controls.find(({ checked }) => checked) ?? controls[0]).focus(),
    /**
     * Shows the first error, or the warnings where there is none. `use` is what a suggestion's button does with its
     * word; without it there are no such buttons.
     */
    show({ errors, warnings, use }) {
      for (const control of invalid) {
        if (errors.length > 0) control.setAttribute("aria-invalid", "true");
        else control.removeAttribute("aria-invalid");
      }
      made.classList.toggle("wrong", errors.length > 0);
      const lines = errors.length > 0 ? [[errors[0], "error"]] : warnings.map((warning) => [warning, "warning"]);
      // The same words are left where they are: a button in them may have the focus.
      const now = JSON.stringify(lines.map(([{ message, suggestion }, kind]) => [kind, message, suggestion]));
      if (now === before) return;
      before = now;
      issues.replaceChildren(...lines.map(([issue, kind]) => issueLine(issue, kind, use)));
    },
  };
}

/** One issue in its words, with a button for what was probably meant where `use` takes it. */
export function issueLine({ message, suggestion }, kind, use) {
  const button =
    use !== undefined && suggestion !== undefined
      ? element(
          "button",
          { type: "button", class: "small", onclick: () => use(suggestion) },
          "Use ",
          element("code", {}, suggestion),
        )
      : undefined;
  return element("p", { class: `issue ${kind}` }, element("span", {}, ...prose(message)), button);
}
