// The suite inside Jest, as modules.

import { readFileSync, writeFileSync } from "node:fs";
import * as api from "kaireon-outcomes";
import { answer } from "./suite/answer.mjs";

test("the suite", async () => {
  writeFileSync(`with-document-${typeof document}.json`, await answer(api, JSON.parse(readFileSync("vectors.json", "utf8"))));
}, 300_000);
