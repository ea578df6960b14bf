// The page as people use it, flow by flow, in a browser that is installed.

import { after, before, describe, test } from "node:test";
import { starts } from "./browsers.mjs";
import { formFlows } from "./form-flows.mjs";
import { respondFlows } from "./respond-flows.mjs";
import { interactionsFlows } from "./interactions-flows.mjs";
import { openSession } from "./session.mjs";
import { typesFlows } from "./types-flows.mjs";

const FLOWS = { ...typesFlows, ...formFlows, ...respondFlows, ...interactionsFlows };
const LIMIT = 60_000;

/** Declares the tests for one browser. */
export function pageIn(name) {
  const start = starts.get(name);
  describe(`in ${name}`, { skip: start === undefined && `${name} is not installed` }, () => {
    let browser;
    before(async () => (browser = await start()), { timeout: LIMIT });
    after(() => browser?.close());

    for (const [claim, flow] of Object.entries(FLOWS)) {
      test(claim, { timeout: LIMIT }, async () => {
        const session = await openSession(browser, { gate: (...exchange) => flow.gate?.(...exchange) ?? false, refused: flow.refused });
        try {
          await flow(session);
        } catch (error) {
          // What went wrong in the page may be why.
          await session.close().catch((faults) => (error.message += `\n${faults.message}`));
          throw error;
        }
        await session.close();
      });
    }
  });
}
