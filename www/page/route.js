// Where one is: `#/types`, `#/new`, `#/edit/KEY`, `#/respond`, `#/interactions`, each with a query of its own.

const VIEWS = ["types", "new", "edit", "respond", "interactions"];

/** `{ view, key, query }` of an address's hash; the list where it says nothing else. */
export function routeIn(hash) {
  const [path, query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [view, ...rest] = path.split("/");
  const known = VIEWS.includes(view) ? view : "types";
  return { view: known, key: decoded(rest.join("/")), query: new URLSearchParams(query) };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The address of a view, with the parts of its query that say something. */
export function hashOf(view, { key, query = {} } = {}) {
  const said = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  const tail = said.length === 0 ? "" : `?${new URLSearchParams(said)}`;
  return `#/${view}${key === undefined ? "" : `/${encodeURIComponent(key)}`}${tail}`;
}
