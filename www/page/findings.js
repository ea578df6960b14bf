// The issues of a text as a list: each with its place to go to, its path, and its words.

import { element, prose } from "./element.js";
import { pieceAt, placesIn } from "./places.js";

/** More than anybody reads; the rest is counted. */
const MOST = 200;

/** A list of findings; `select(start, end)` goes to a place, `replace(start, end, text)` puts other words there. */
export function findingsList(findings, { text, select, replace }) {
  const placeOf = placesIn(text);
  const lines = findings.slice(0, MOST).map(({ issue, offset, part }) => {
    const [start, end] = offset === undefined ? [] : pieceAt(text, offset);
    const { line, column } = offset === undefined ? {} : placeOf(offset);
    const go =
      start !== undefined &&
      element(
        "button",
        {
          type: "button",
          class: "place",
          "aria-label": `Go to line ${line}, column ${column}`,
          onclick: () => select(start, end),
        },
        `${line}:${column}`,
      );
    const path = pathInWords(issue.path);
    return element(
      "li",
      { class: `finding ${issue.severity}` },
      element(
        "div",
        { class: "where" },
        go,
        part && element("span", { class: "part" }, part),
        path !== "" && element("code", {}, path),
      ),
      element(
        "p",
        { class: `issue ${issue.severity}` },
        element("span", {}, ...prose(issue.message)),
        remedy(issue, [start, end]),
      ),
    );
  });
  const rest = findings.length - lines.length;
  return element(
    "ol",
    { class: "findings" },
    ...lines,
    rest > 0 && element("li", { class: "faint" }, `and ${rest} more`),
  );

  /** A button where the package knows the word that was meant, and the text has the other one there. */
  function remedy({ key, suggestion }, [start, end]) {
    if (key === undefined || suggestion === undefined || text.slice(start, end) !== JSON.stringify(key))
      return undefined;
    const use = () => replace(start, end, JSON.stringify(suggestion));
    return element("button", { type: "button", class: "small", onclick: use }, "Use ", element("code", {}, suggestion));
  }
}

/** A path as one writes it in code: `outcomes[0].outcome`. */
function pathInWords(path) {
  return path.reduce(
    (words, step) => (typeof step === "number" ? `${words}[${step}]` : words === "" ? step : `${words}.${step}`),
    "",
  );
}

/** What to mark in the text. */
export function marksOf(findings, text) {
  return findings
    .filter(({ offset }) => offset !== undefined)
    .map(({ issue, offset }) => {
      const [start, end] = pieceAt(text, offset);
      return { start, end, kind: issue.severity };
    });
}
