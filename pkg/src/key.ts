/**
 * Keys alone, without a registry: whether one is well made, and making one from a name.
 * @module
 */

import { checkKeyIn } from "./checks.js";
import { fill } from "./document.js";
import type { CheckOptions } from "./options.js";
import type { Checked } from "./types.js";
import { guarded } from "./wasm/instance.js";

/** Names longer than this many UTF-16 units are cut before a key is made of them. */
const LONGEST_NAME = 1 << 18;

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
  const text = textOf(name);
  return text === "" ? "" : guarded((core) => core.to_key(fill(core, text, 4 * LONGEST_NAME)));
}

/** A value as a text short enough to make a key of. @internal */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  try {
    return (typeof value === "string" ? value : String(value)).slice(0, LONGEST_NAME);
  } catch {
    return "";
  }
}
