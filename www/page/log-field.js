// The rows of a log as NDJSON in a text field: what could be read of it, what was left out and why, and where rows come from.

import { Interactions } from "/package/interactions.js";
import { element, prose } from "./element.js";
import { findingsList, marksOf } from "./findings.js";
import { LOGS } from "./log-samples.js";
import { markedText } from "./marked-text.js";
import { unitsIn } from "./places.js";
import { fetchHistory } from "./platform.js";

/** More rows than anybody edits by hand. */
const MOST = 1000;

/**
 * The field, filled with `text`. `changed` hears of each keystroke; `loaded(asked)` of other rows, with what of the
 * questions fits them.
 */
export function logField({ text, changed, loaded }) {
  const field = markedText({ id: "rows", "aria-describedby": "rows-hint rows-verdict" });
  const { textarea } = field;
  const verdict = element("p", { class: "verdict", id: "rows-verdict", role: "status" });
  const refusals = element("div", { class: "result" });
  const trouble = element("p", { class: "issue error", role: "alert", hidden: true });
  textarea.value = text;
  textarea.addEventListener("input", changed);

  const pick = (name, pressed) => element("button", { type: "button", class: "small", onclick: pressed }, name);
  const load = (rows, asked) => {
    trouble.hidden = true;
    loaded(asked);
    field.write(rows);
  };

  async function take({ target }) {
    if (target.getAttribute("aria-busy") === "true") return;
    target.setAttribute("aria-busy", "true");
    const { ok, rows, issues } = await fetchHistory(MOST);
    target.removeAttribute("aria-busy");
    if (!ok || rows.length === 0) return complain(ok ? "The server has recorded nothing yet." : issues[0].message);
    // What is `null` is as absent.
    const said = rows.map((row) => JSON.stringify(row, (_, value) => value ?? undefined));
    load(said.join("\n"), { now: new Date().toISOString().slice(0, -1), customer: String(rows.at(-1)?.customerId ?? "") });
  }

  function complain(message) {
    trouble.replaceChildren(element("span", {}, ...prose(message)));
    trouble.hidden = false;
  }

  function replace(start, end, words) {
    const { value } = textarea;
    field.write(`${value.slice(0, start)}${words}${value.slice(end)}`);
    textarea.focus();
    textarea.setSelectionRange(start, start + words.length);
  }

  return {
    elements: [
      element(
        "div",
        { class: "examples", role: "group", "aria-label": "Rows to begin with" },
        element("span", { class: "hint" }, "Load"),
        ...LOGS.map(({ title, text: rows, asked }) => pick(title, () => load(rows, asked))),
        pick("What this server recorded", take),
      ),
      trouble,
      element("label", { class: "label", for: "rows" }, "Interactions"),
      field.element,
      element(
        "p",
        { class: "hint", id: "rows-hint" },
        "One a line, as JSON: Respond calls and rows of the history are read as they are.",
      ),
      verdict,
      refusals,
    ],
    text: () => textarea.value,
    /** Reads the rows, says and marks what was left out, and gives the log of the others. */
    read() {
      const written = textarea.value;
      const { value: log, leftOut, refused } = Interactions.read(written, { as: "lines" });
      const units = unitsIn(written);
      const findings = refused.flatMap(({ line, offset, issues, warnings }) =>
        [...issues, ...warnings].map((issue) => ({ issue, offset: units(issue.offset ?? offset), part: `line ${line}` })),
      );
      findings.sort((one, other) => one.offset - other.offset);
      verdict.className = `verdict ${leftOut > 0 ? "bad" : log.size > 0 ? "good" : ""}`;
      verdict.textContent = sentence(log.size, leftOut);
      field.mark(marksOf(findings, written));
      const select = (start, end) => field.select(start, end);
      refusals.replaceChildren(...(findings.length > 0 ? [findingsList(findings, { text: written, select, replace })] : []));
      return log;
    },
  };
}

const counted = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

function sentence(size, leftOut) {
  if (size + leftOut === 0) return "No rows yet: paste some, or load some.";
  return `${counted(size, "interaction")} read${leftOut > 0 ? `, ${counted(leftOut, "row")} left out` : ""}.`;
}
