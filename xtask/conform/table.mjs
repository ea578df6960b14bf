// What was found, as lines for a terminal and as Markdown for CONFORMANCE.md.

import { VERDICTS } from "./verdict.mjs";
import { hidden } from "./words.mjs";

const WIDTH = Math.max(...Object.keys(VERDICTS).map((name) => name.length)) + 2;

/** A result as lines: one where there is nothing to say, three where there is. */
export function lines({ name, verdict, server, ours }) {
  const head = verdict.padEnd(WIDTH);
  const gap = " ".repeat(WIDTH);
  if (verdict === "agree") return `${head}${name} – ${line(server)}`;
  if (verdict === "unknown") return `${head}${name}\n${gap}  ${line(server)}`;
  return `${head}${name}\n${gap}  server:  ${line(server)}\n${gap}  package: ${line(ours)}`;
}

/** How many rules have each verdict. */
export function counts(results) {
  const number = (verdict) => results.filter((result) => result.verdict === verdict).length;
  return Object.keys(VERDICTS)
    .map((verdict) => `${number(verdict)} ${verdict}`)
    .join(", ");
}

/** The results as Markdown: a table a section. */
export function markdown(results) {
  const titles = [...new Set(results.map(({ title }) => title))];
  return titles
    .map((title) =>
      section(
        title,
        results.filter((result) => result.title === title),
      ),
    )
    .join("\n");
}

function section(title, results) {
  const row = (...cells) => `| ${cells.map(cell).join(" | ")} |`;
  const rows = results.map(({ name, source, verdict, server, ours }) =>
    row(name, source, `**${verdict}**`, server, ours),
  );
  return [
    `### ${title}`,
    "",
    row("rule", "rests on", "verdict", "the server", "the package"),
    "|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

/** One line, and nothing in it that a terminal would obey: what a server wrote may stand in it. */
export const shown = (text) =>
  String(text)
    .replaceAll(/[\p{C}\s]+/gu, " ")
    .trim();

/** The same without the marks of a run, so that two runs read alike. */
const line = (text) => shown(hidden(String(text)));

const cell = (text) => line(text).replaceAll("\\", "\\\\").replaceAll("|", "\\|").replaceAll("<", "&lt;");

/** `text` with the part named `name` replaced, or put behind the others. */
export function replaced(text, name, content) {
  const [begin, end] = [`<!-- table of ${name} -->`, `<!-- end of ${name} -->`];
  const part = `${begin}\n${content.trim()}\n${end}\n`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from === -1 || to === -1) return `${text.trimEnd()}\n\n${part}`;
  return `${text.slice(0, from)}${part}${text.slice(to + end.length).replace(/^\n/, "")}`;
}
