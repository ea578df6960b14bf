// The view of what outcomes decide. What it takes is loaded when it is first opened: no form pays for statistics.

import { element, head } from "./element.js";

const TITLE = "Decisions";
const LEAD =
  "What a classification is for: who rests after a complaint, how often something happened, which variant wins. Nothing leaves this page.";

/** What was loaded, for good, and how often it was tried. */
let parts;
let tries = 0;

/** Loads the parts of the view. A browser may remember that a file was not there: another try asks by another name. */
async function loadParts() {
  const again = tries === 0 ? "" : `?again=${tries}`;
  tries += 1;
  parts ??= await import(`./decisions.js${again}`).catch(() => undefined);
  return parts;
}

/** The package's files go by one name: where all is there and cannot be loaded, only a fresh page forgets what was not. */
async function isThere() {
  const files = ["/page/decisions.js", "/package/interactions.js"];
  const answers = await Promise.all(files.map((path) => fetch(path, { method: "HEAD" }).catch(() => ({ ok: false }))));
  return answers.every(({ ok }) => ok);
}

/** The view, which fills itself once it has loaded what it takes. */
export function interactionsView(context) {
  const place = element("div", {});
  const view = element("section", {}, head(TITLE, LEAD), place);

  async function load() {
    place.replaceChildren(element("p", { class: "waiting", role: "status" }, "Loading what reads interactions…"));
    const loaded = parts ?? (await loadParts());
    place.replaceChildren(loaded === undefined ? trouble() : loaded.decisions(context));
    return loaded !== undefined;
  }

  function trouble() {
    const again = async () => {
      if (await load()) view.querySelector("h1").focus({ preventScroll: true });
      else if (await isThere()) location.reload();
      else place.querySelector("button")?.focus();
    };
    return element(
      "div",
      { class: "trouble" },
      element("p", { role: "alert" }, "What reads interactions could not be loaded from the server."),
      element("button", { type: "button", class: "primary", onclick: again }, "Try again"),
    );
  }

  load();
  return view;
}
