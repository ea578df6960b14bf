/**
 * The errors that this package throws besides `TypeError` and `RangeError` for misuse.
 * @module
 */

import type { Issue } from "./types.js";

export { InternalError } from "./wasm/errors.js";

/**
 * A document is no registry: what `OutcomeRegistry.from` and `registry.with` throw.
 *
 * ```ts
 * try {
 *   OutcomeRegistry.from(document);
 * } catch (error) {
 *   if (error instanceof InvalidRegistryError) console.error(error.issues);
 * }
 * ```
 */
export class InvalidRegistryError extends Error {
  /** Every reason, in the document's order; at least one. */
  readonly issues: readonly [Issue, ...Issue[]];
  /** What is worth a look besides. */
  readonly warnings: readonly Issue[];

  /** Made by this package; the message is the first issue's and how many more there are. */
  constructor(issues: readonly [Issue, ...Issue[]], warnings: readonly Issue[]) {
    const more = issues.length - 1;
    super(more > 0 ? `${issues[0].message} (and ${more} more)` : issues[0].message);
    this.issues = issues;
    this.warnings = warnings;
  }
}

InvalidRegistryError.prototype.name = "InvalidRegistryError";
