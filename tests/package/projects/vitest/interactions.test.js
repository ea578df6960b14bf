// The suite of interactions inside Vitest.

import { writeFileSync } from "node:fs";
import { test } from "vitest";
import { askInteractions } from "./interactions.mjs";

test("the suite", { timeout: 300_000 }, async () => {
  writeFileSync(`with-document-${typeof document}.json`, await askInteractions());
});
