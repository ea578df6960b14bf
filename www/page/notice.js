// One sentence at the foot of the page about what has just been done.

import { element } from "./element.js";

const place = document.getElementById("notice");

/** Says something; it stays until it is dismissed or one goes elsewhere. */
export function say(...children) {
  const dismiss = element("button", { type: "button", class: "quiet", "aria-label": "Dismiss", onclick: hush }, "✕");
  place.replaceChildren(element("div", { class: "toast" }, element("p", {}, ...children), dismiss));
}

/** Takes away what was said. */
export function hush() {
  place.replaceChildren();
}
