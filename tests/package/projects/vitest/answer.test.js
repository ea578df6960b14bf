// The suite inside Vitest.

import { readFileSync, writeFileSync } from "node:fs";
import * as api from "kaireon-outcomes";
import { test } from "vitest";
import { answer } from "./suite/answer.mjs";

test("the suite", { timeout: 300_000 }, async () => {
  writeFileSync(`with-document-${typeof document}.json`, await answer(api, JSON.parse(readFileSync("vectors.json", "utf8"))));
});
