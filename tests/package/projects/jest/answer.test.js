// The suite inside Jest, as its ordinary CommonJS has it.

const { readFileSync, writeFileSync } = require("node:fs");
const api = require("kaireon-outcomes");
const { answer } = require("./suite.js");

test("the suite", async () => {
  writeFileSync(`with-document-${typeof document}.json`, await answer(api, JSON.parse(readFileSync("vectors.json", "utf8"))));
}, 300_000);
