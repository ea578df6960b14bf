// The vectors in Node, against an installed package: `node node.mjs <folder of the package> [require]`.
// Without an argument the package is packed and installed first.

import { createRequire } from "node:module";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runJavaScript } from "./javascript.mjs";
import { NAME, packed } from "./packed.mjs";
import { report, vectors } from "./report.mjs";
import { runVectors } from "./suite.mjs";

const [given, way = "import"] = process.argv.slice(2);
const { path, remove } = given === undefined ? packed() : { path: given, remove() {} };
try {
  const entry = join(path, "..", "..", `entry-${process.pid}.mjs`);
  let api;
  if (way === "require") {
    api = createRequire(entry)(NAME);
  } else {
    // By its name from the empty project, as an application imports it.
    writeFileSync(entry, `export * from "${NAME}";\n`);
    try {
      api = await import(pathToFileURL(entry).href);
    } finally {
      rmSync(entry);
    }
  }
  const files = vectors();
  report(`Node ${process.version}, ${way}`, await runVectors(api, files), await runJavaScript(api, files));
} finally {
  remove();
}
