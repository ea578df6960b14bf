// The page's start: loads the outcome types, and shows the view that the address names.

import { createCatalogue } from "./catalogue.js";
import { element, heading, prose } from "./element.js";
import { interactionsView } from "./interactions-view.js";
import { hush } from "./notice.js";
import { respondView } from "./respond-view.js";
import { routeIn } from "./route.js";
import { formView } from "./form-view.js";
import { typesView } from "./types-view.js";

const VIEWS = { types: typesView, new: formView, edit: formView, respond: respondView, interactions: interactionsView };
/** The forms belong to the list. */
const ABOVE = { new: "types", edit: "types" };

const main = document.getElementById("main");
const catalogue = createCatalogue();
let afterwards;

/** Goes to another view and does something once it is there. */
function go(hash, then) {
  afterwards = then;
  if (location.hash === hash) show();
  else location.hash = hash;
}

function show({ focus = true } = {}) {
  const route = routeIn(location.hash);
  hush();
  const view = catalogue.registry === undefined ? trouble() : VIEWS[route.view]({ catalogue, route, go });
  main.replaceChildren(view);
  for (const link of document.querySelectorAll("nav [data-view]")) {
    const here = link.dataset.view === (ABOVE[route.view] ?? route.view);
    if (here) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const title = main.querySelector("h1");
  document.title = `${title.textContent} · Studio`;
  if (focus) {
    window.scrollTo(0, 0);
    title.focus({ preventScroll: true });
  }
  afterwards?.();
  afterwards = undefined;
}

/** Instead of any view, while there is no list: what went wrong, and another try. */
function trouble() {
  const again = async ({ target }) => {
    target.textContent = "Trying…";
    await catalogue.load();
    show();
  };
  return element(
    "section",
    { class: "trouble" },
    heading("The outcome types could not be loaded"),
    element("p", {}, ...prose(catalogue.fault)),
    element("button", { type: "button", class: "primary", onclick: again }, "Try again"),
  );
}

window.addEventListener("hashchange", () => {
  if (catalogue.registry !== undefined || catalogue.fault !== undefined) show();
});

// A jump inside the page is no other view.
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});

await catalogue.load();
show({ focus: false });
