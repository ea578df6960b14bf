// A choice of one among a few: a group of radio buttons, so that arrow keys move in it and Tab leaves it.

import { element } from "./element.js";

/** A row of short words to filter by; `changed` gets the value chosen. */
export function segments({ legend, name, options, value, changed }) {
  const radios = options.map(([text, own]) =>
    element(
      "label",
      { class: "segment" },
      element("input", { type: "radio", name, value: own, checked: own === value, onchange: () => changed(own) }),
      element("span", {}, text),
    ),
  );
  return element("fieldset", { class: "segments" }, element("legend", {}, legend), element("div", {}, ...radios));
}

/** Cards to choose one of, each with a word and what it means. */
export function cards({ name, options, value, describedBy, changed }) {
  return element(
    "div",
    { class: "cards" },
    ...options.map(([own, title, meaning]) =>
      element(
        "label",
        { class: "card" },
        element("input", {
          type: "radio",
          name,
          value: own,
          checked: own === value,
          "aria-describedby": describedBy,
          onchange: () => changed(own),
        }),
        element("span", { class: "card-text" }, element("strong", {}, title), element("small", {}, meaning)),
      ),
    ),
  );
}
