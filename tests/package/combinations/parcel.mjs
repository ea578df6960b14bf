// Parcel, which takes a page and writes one: as it comes, and where an entry of its own is imported with one line.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { interactionsPage, pageScript } from "../matrix/applications.mjs";
import { askServed, page } from "../matrix/pages.mjs";

/** The line of package.json: without it Parcel reads no map of exports, and knows no entry but the first. */
const LINE = { "@parcel/resolver-default": { packageExports: true } };

/** Builds the page of a script, and opens it. */
const built = (script, line) => async (_, project, files) => {
  const place = join(project.path, "package.json");
  writeFileSync(place, JSON.stringify({ ...JSON.parse(readFileSync(place, "utf8")), ...line }));
  writeFileSync(join(project.path, "page.js"), script);
  await project.run("parcel", ["build", "index.html", "--no-cache"]);
  return askServed("Chromium", join(project.path, "dist"), files);
};

/** Parcel's own words. */
async function isNotFound(...given) {
  const sentence = /Failed to resolve 'kaireon-outcomes\/interactions'/;
  const said = await built(interactionsPage)(...given).catch(({ message }) => message);
  assert.match(said, sentence);
  return `it says "${sentence.exec(said)[0]}"`;
}

export default {
  core: false,
  about: "Bundlers",
  open: ({ path }) => writeFileSync(join(path, "index.html"), page("page.js")),
  claims: {
    "Parcel {parcel}": built(pageScript),
    "Parcel {parcel}, interactions without packageExports: one sentence": isNotFound,
    // The last one, as the line stays.
    "Parcel {parcel}, interactions with packageExports": built(interactionsPage, LINE),
  },
};
