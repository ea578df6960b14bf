// One outcome type as a row, with what can be done to it, or why nothing can.

import { element, prose } from "./element.js";
import { hashOf } from "./route.js";
import { pill, titled } from "./words.js";

const cell = (name, ...children) => element("td", { class: name, role: "cell" }, ...children);

let rows = 0;

/** A row of the list; `remove` is asked to delete the type. */
export function typeRow(type, registry, { remove }) {
  const reason = element("p", { class: "reason", id: `reason-${++rows}`, hidden: true });
  const actions = why(type.key, registry) === undefined ? changes(type, remove) : locked(type, registry, reason);
  return element(
    "tr",
    { role: "row", "data-key": type.key },
    cell(
      "what",
      element(
        "p",
        { class: "names" },
        element("strong", {}, type.name),
        element("code", { class: "key" }, type.key),
        type.isSystem && element("span", { class: "badge" }, "System"),
        type.status !== undefined &&
          type.status !== "active" &&
          element("span", { class: "badge plain" }, titled(type.status)),
      ),
      type.description !== "" && element("p", { class: "description" }, type.description),
      reason,
    ),
    cell("classification", pill(type.classification)),
    cell("category", titled(type.category)),
    cell("actions", ...actions),
  );
}

/** What the package says against changing or deleting the type of a key; `undefined` where it says nothing. */
function why(key, registry) {
  const { issues } = registry.checkDelete(key);
  return issues?.[0].message;
}

function changes(type, remove) {
  return [
    element(
      "a",
      { class: "button", href: hashOf("edit", { key: type.key }), "aria-label": `Edit ${type.name}` },
      "Edit",
    ),
    element(
      "button",
      { type: "button", class: "risky", "aria-label": `Delete ${type.name}`, onclick: () => remove(type) },
      "Delete",
    ),
  ];
}

function locked(type, registry, reason) {
  const button = element(
    "button",
    {
      type: "button",
      class: "quiet locked",
      "aria-label": `Locked: why can ${type.name} not be changed or deleted?`,
      "aria-expanded": "false",
      "aria-controls": reason.id,
    },
    "Locked",
  );
  const show = (open) => {
    reason.replaceChildren(...(open ? prose(why(type.key, registry)) : []));
    reason.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => show(reason.hidden));
  button.addEventListener("keydown", ({ key }) => key === "Escape" && show(false));
  return [button];
}
