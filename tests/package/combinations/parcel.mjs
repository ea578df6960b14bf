// Parcel, which takes a page and writes one, without a file of configuration.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pageScript } from "../matrix/applications.mjs";
import { askServed, page } from "../matrix/pages.mjs";

export default {
  core: false,
  about: "Bundlers",
  open({ path }) {
    writeFileSync(join(path, "index.html"), page("page.js"));
    writeFileSync(join(path, "page.js"), pageScript);
  },
  claims: {
    async "Parcel {parcel}"(_, project, files) {
      await project.run("parcel", ["build", "index.html", "--no-cache"]);
      return askServed("Chromium", join(project.path, "dist"), files);
    },
  },
};
