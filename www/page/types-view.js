// The list of outcome types: filters, a count, a row for each.

import { element, head, prose } from "./element.js";
import { segments } from "./choice.js";
import { confirmDeletion } from "./deletion.js";
import { say } from "./notice.js";
import { hashOf } from "./route.js";
import { typeRow } from "./type-row.js";
import { categories, classifications } from "./words.js";

/** More rows than anybody reads would be felt at each keystroke of a search; the rest is counted. */
const MOST = 500;
const HEADS = ["Name", "Classification", "Category", ""];

/** The view; its filters stand in the address, so that a reload and the back button keep them. */
export function typesView({ catalogue, route, go }) {
  const filters = {
    q: route.query.get("q") ?? "",
    classification: known(classifications, route.query.get("classification")),
    category: known(categories, route.query.get("category")),
  };
  const count = element("p", { class: "count", role: "status" });
  const place = element("div", { class: "list" });
  const search = element("input", {
    type: "search",
    id: "search",
    autocomplete: "off",
    spellcheck: "false",
    value: filters.q,
  });
  search.addEventListener("input", () => change({ q: search.value }));
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || search.value === "") return;
    event.preventDefault();
    search.value = "";
    change({ q: "" });
  });

  function change(part) {
    Object.assign(filters, part);
    history.replaceState(null, "", hashOf("types", { query: filters }));
    list();
  }

  function list() {
    const { registry } = catalogue;
    const types = registry
      .list({ classification: filters.classification || undefined, category: filters.category || undefined })
      .filter((type) => fits(type, filters.q));
    count.textContent =
      types.length === registry.size ? counted(registry.size) : `${types.length} of ${counted(registry.size)}`;
    const rest = types.length - MOST;
    place.replaceChildren(types.length === 0 ? nothing() : table(types.slice(0, MOST)));
    if (rest > 0) place.append(element("p", { class: "count" }, `and ${rest} more: search for them by name or key`));
  }

  function nothing() {
    const clear = () => {
      Object.assign(filters, { q: "", classification: "", category: "" });
      go(hashOf("types"), () => document.getElementById("search").focus());
    };
    return element(
      "div",
      { class: "nothing" },
      element("p", {}, "No outcome type fits these filters."),
      element("button", { type: "button", onclick: clear }, "Clear the filters"),
    );
  }

  function table(types) {
    const columns = HEADS.map((text) => element("th", { scope: "col", role: "columnheader" }, text || hidden("Actions")));
    return element(
      "table",
      { role: "table", "aria-label": "Outcome types" },
      element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...columns)),
      element("tbody", { role: "rowgroup" }, ...types.map((type) => typeRow(type, catalogue.registry, { remove }))),
    );
  }

  async function remove(type) {
    const kept = await confirmDeletion(type, catalogue);
    if (kept === undefined) return;
    await catalogue.load();
    const told = () => say("Deleted ", element("code", {}, type.key), ". ", ...kept);
    // Whoever has gone elsewhere meanwhile stays there, with what was typed.
    if (!place.isConnected) return told();
    // By way of the address: the filters stay, and a fault of loading has its place there.
    go(location.hash || hashOf("types"), told);
  }

  list();
  const filter = (legend, name, options) =>
    segments({
      legend,
      name,
      options: [["All", ""], ...options.map(([value, title]) => [title, value])],
      value: filters[name],
      changed: (value) => change({ [name]: value }),
    });
  return element(
    "section",
    {},
    head(
      "Outcome types",
      "What can happen to a recommendation, and how it counts.",
      element("a", { class: "button primary", href: hashOf("new") }, "New outcome type"),
    ),
    catalogue.fault !== undefined && stale(catalogue, go),
    remarks(catalogue.registry.warnings),
    element(
      "search",
      { class: "filters" },
      element("div", { class: "field search" }, element("label", { for: "search" }, "Search"), search),
      filter("Classification", "classification", classifications),
      filter("Category", "category", categories),
    ),
    count,
    place,
  );
}

const known = (options, word) => (options.some(([value]) => value === word) ? word : "");
const hidden = (text) => element("span", { class: "hidden" }, text);
const counted = (number) => `${number} outcome type${number === 1 ? "" : "s"}`;

function fits({ key, name, description }, words) {
  const text = `${key}\n${name}\n${description}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** The list on the page is an older one: the last load failed. */
function stale(catalogue, go) {
  const again = async () => {
    await catalogue.load();
    if (banner.isConnected) go(location.hash || hashOf("types"));
  };
  const banner = element(
    "div",
    { class: "banner" },
    element("p", {}, "This list may be out of date. ", ...prose(catalogue.fault)),
    element("button", { type: "button", onclick: again }, "Try again"),
  );
  return banner;
}

/** What was repaired while loading, for those who want to know. */
function remarks(warnings) {
  if (warnings.length === 0) return undefined;
  const lines = warnings.map(({ path, message }) =>
    element("li", {}, element("code", {}, path.join(".")), " ", ...prose(message)),
  );
  const title = `The server's list has ${warnings.length === 1 ? "one oddity" : `${warnings.length} oddities`}`;
  return element("details", { class: "remarks" }, element("summary", {}, title), element("ul", {}, ...lines));
}
