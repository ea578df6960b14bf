/**
 * Keys alone, without a registry: whether one is well made, and making one from a name.
 * @module
 */

import { checkKeyIn } from "./checks.js";
import { fill } from "./document.js";
import { place } from "./image.js";
import type { RegistryImage } from "./image.js";
import { LONGEST_NAME, NO_LIMIT } from "./limits.js";
import type { CheckOptions } from "./options.js";
import type { Checked } from "./types.js";
import { TO_KEY } from "./wasm/exports.js";
import { guarded } from "./wasm/instance.js";

/**
 * Checks the syntax of a key, for one field of a form; `registry.checkKey` also says whether it is free.
 *
 * ```ts
 * checkKey("quote_requested").ok;            // true
 * checkKey("Quote Requested!").issues;       // invalid_character, position 0, with a suggestion
 * ```
 *
 * @param key The key; what is not a string is the issue `invalid_type`.
 * @throws {TypeError} Options that make no sense. Never for any key.
 */
export function checkKey(key: unknown, options?: CheckOptions): Checked<string> {
  return checkKeyIn(undefined, key, options);
}

/**
 * Makes a key from a display name. Never throws: what is not a string is taken as the text it prints as,
 * and `""` comes back where nothing can be used (`null` and `undefined` among them).
 *
 * ```ts
 * toKey("Quote Requested!");                 // "quote_requested"
 * toKey("日本");                             // ""
 * ```
 */
export function toKey(name: unknown): string {
  return keyFor(TO_KEY, undefined, name) as string;
}

/** What the core makes of a name. @internal */
export function keyFor(which: number, image: RegistryImage | undefined, name: unknown): string | undefined {
  const text = textOf(name);
  return guarded((core) => {
    const registry = image && place(core, image);
    return core.answer(which, registry, fill(core, text, NO_LIMIT));
  });
}

/** A value as a text short enough to make a key of. */
function textOf(value: unknown): string {
  try {
    return String(value ?? "").slice(0, LONGEST_NAME);
  } catch {
    return "";
  }
}
