// The suite of interactions inside Jest, by require.

const { writeFileSync } = require("node:fs");
const api = require("kaireon-outcomes");
const interactions = require("kaireon-outcomes/interactions");
const { answerInteractions, files } = require("./suite.js");

test("the suite", async () => {
  writeFileSync(`with-document-${typeof document}.json`, await answerInteractions(api, interactions, files));
}, 300_000);
