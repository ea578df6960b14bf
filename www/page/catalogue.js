// The outcome types that the page knows: the last registry that could be loaded.

import { OutcomeRegistry } from "/package/index.js";
import { fetchTypes } from "./platform.js";

/** A catalogue with `registry` once a load went well, and `fault`, a sentence, while the last one did not. */
export function createCatalogue() {
  let asked = 0;
  return {
    registry: undefined,
    fault: undefined,
    /** Loads the list anew; of two loads under way the later one counts. */
    async load() {
      const turn = ++asked;
      const answer = await fetchTypes();
      if (turn !== asked) return;
      const loaded = answer.ok ? OutcomeRegistry.load(answer.text) : answer;
      this.fault = loaded.ok ? undefined : loaded.issues[0].message;
      if (loaded.ok) this.registry = loaded.value;
    },
  };
}
