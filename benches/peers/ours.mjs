// The package itself: any document goes in as it is.

import { OutcomeRegistry } from "../../pkg/dist/index.js";

export { OutcomeRegistry };

/** The registry of a list, and its verdicts. */
export function make(list) {
  const registry = OutcomeRegistry.from(list);
  return {
    registry,
    call: (document) => registry.checkRespond(document).ok,
    item: (document) => registry.checkRespond(document, { as: "bulk-item" }).ok,
    bulk: (document) => registry.checkBulk(document),
    lines: (bytes) => registry.checkLines(bytes, { as: "bulk-item" }),
  };
}
