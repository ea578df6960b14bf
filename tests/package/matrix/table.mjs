// The table of pkg/README.md: what was seen to work, row by row, between its two marks.

import { readFileSync, writeFileSync } from "node:fs";

const README = new URL("../../../pkg/README.md", import.meta.url);
const MARKS = /(<!-- matrix -->\n)[\s\S]*?(<!-- \/matrix -->)/;

/** A group a row: what it is about, and where that was seen. */
export function writeTable(results) {
  const groups = new Map();
  for (const { about, claim } of results) groups.set(about, [...(groups.get(about) ?? []), claim]);
  const rows = [...groups].sort(([one], [other]) => (one < other ? -1 : 1)).map(([about, claims]) => `| ${about} | ${claims.sort().join("<br>")} |`);
  const text = readFileSync(README, "utf8");
  if (!MARKS.test(text)) throw new Error("pkg/README.md has no marks for the table");
  writeFileSync(README, text.replace(MARKS, (_, begin, end) => `${begin}| | seen |\n|---|---|\n${rows.join("\n")}\n${end}`));
}
