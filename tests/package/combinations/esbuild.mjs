// esbuild, as a module and as a classic script.

import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { interactionsPage, pageScript } from "../matrix/applications.mjs";
import { askServed, page } from "../matrix/pages.mjs";

const { build } = createRequire(new URL("../../../pkg/package.json", import.meta.url))("esbuild");

const built = (format, type, script = "page") => async (_, { path }, files) => {
  const folder = join(path, `${script}-${format}`);
  mkdirSync(folder);
  await build({ entryPoints: [join(path, `${script}.js`)], outfile: join(folder, "page.js"), bundle: true, minify: true, format, logLevel: "warning" });
  writeFileSync(join(folder, "index.html"), page("/page.js", type));
  return askServed("Chromium", folder, files);
};

export default {
  core: true,
  about: "Bundlers",
  open({ path }) {
    writeFileSync(join(path, "page.js"), pageScript);
    writeFileSync(join(path, "interactions.js"), interactionsPage);
  },
  claims: {
    "esbuild {esbuild}, a module": built("esm", "module"),
    "esbuild {esbuild}, a classic script": built("iife", "text/javascript"),
    "esbuild {esbuild}, interactions in a module": built("esm", "module", "interactions"),
    "esbuild {esbuild}, interactions in a classic script": built("iife", "text/javascript", "interactions"),
  },
};
