// The table of pkg/README.md: what was seen to work, row by row, between its two marks.

import { readFileSync, writeFileSync } from "node:fs";

const README = new URL("../../../pkg/README.md", import.meta.url);
const MARKS = /(<!-- matrix -->\n)[\s\S]*?(<!-- \/matrix -->)/;

/** Claims that begin alike, up to the first comma, say so once. */
function gathered(claims) {
  const places = new Map();
  for (const claim of claims) {
    const [place, ...rest] = claim.split(", ");
    places.set(place, [...(places.get(place) ?? []), rest.join(", ")]);
  }
  return [...places].map(([place, rest]) => (rest[0] === "" ? place : `${place}: ${rest.join("; ")}`)).join("<br>");
}

/** A group a row: what it is about, and where that was seen. What was run for another reason than a place has no row. */
export function writeTable(results) {
  const groups = new Map();
  for (const { about, claim } of results.filter(({ about }) => about !== undefined)) groups.set(about, [...(groups.get(about) ?? []), claim]);
  const rows = [...groups].sort(([one], [other]) => (one < other ? -1 : 1)).map(([about, claims]) => `| ${about} | ${gathered(claims.sort())} |`);
  const text = readFileSync(README, "utf8");
  if (!MARKS.test(text)) throw new Error("pkg/README.md has no marks for the table");
  writeFileSync(README, text.replace(MARKS, (_, begin, end) => `${begin}| | seen |\n|---|---|\n${rows.join("\n")}\n${end}`));
}
