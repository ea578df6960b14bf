// A test runner: a test in it leaves the suite's answer in a file, whose name says whether there was a document.

import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Runs the tests; `words` end where the environment is named. */
export const inRunner = (environment, program, words, options) => async (_, project) => {
  const answer = join(project.path, `with-document-${environment === "jsdom" ? "object" : "undefined"}.json`);
  rmSync(answer, { force: true });
  await project.run(program, [...words, environment], options);
  return readFileSync(answer, "utf8");
};
