// The suite of interactions inside Jest, as modules.

import { writeFileSync } from "node:fs";
import { askInteractions } from "./interactions.mjs";

test("the suite", async () => {
  writeFileSync(`with-document-${typeof document}.json`, await askInteractions());
}, 300_000);
