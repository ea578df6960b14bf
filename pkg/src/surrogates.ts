/**
 * Text that is not well-formed UTF-16, made so that its faults are seen and not replaced on the way.
 * @module
 */

import type { Issue } from "./types.js";

// With the `u` flag a pair is one character, so that this finds halves alone.
const LONE = /[\ud800-\udfff]/u;

/** Whether half a character stands somewhere in a text. @internal */
export function hasLoneSurrogate(text: string): boolean {
  const native = (text as { isWellFormed?: () => boolean }).isWellFormed;
  return native === undefined ? LONE.test(text) : !native.call(text);
}

/**
 * A JSON text with its lone surrogates written as escapes, and the way back to the places of the original.
 *
 * Where an escape would change what the text says it is U+FFFD instead: behind a backslash that begins an
 * escape (it stays a syntax error), and beside an escaped half that it would complete (which then is alone
 * and seen).
 * @internal
 */
export class EscapedText {
  /** The text, well-formed. */
  readonly text: string;
  /** Where escapes of six units stand for one, ascending. */
  readonly #escapes: number[] = [];

  /** `behindBackslash`: whether the text goes on behind a backslash that begins an escape. */
  constructor(original: string, behindBackslash = false) {
    const lone = new RegExp(LONE, "gu");
    const parts: string[] = [];
    let done = 0;
    for (let match = lone.exec(original); match !== null; match = lone.exec(original)) {
      const at = match.index;
      parts.push(original.slice(done, at));
      if (endsInBackslash(original, at, behindBackslash) || completesAnEscape(original, at)) {
        parts.push("\ufffd");
      } else {
        this.#escapes.push(at + 5 * this.#escapes.length);
        parts.push(`\\u${original.charCodeAt(at).toString(16)}`);
      }
      done = at + 1;
    }
    parts.push(original.slice(done));
    this.text = parts.join("");
  }

  /** Moves an issue's offset back to where it stands in the original. */
  restore(issue: Issue): void {
    if (issue.offset === undefined) return;
    let from = 0;
    let to = this.#escapes.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.#escapes[middle] as number) < issue.offset) from = middle + 1;
      else to = middle;
    }
    // `from` escapes begin before the place; it may lie inside the last of them.
    const last = this.#escapes[from - 1] ?? -6;
    const offset = issue.offset < last + 6 ? last + 5 - 5 * from : issue.offset - 5 * from;
    (issue as { offset: number }).offset = offset;
  }
}

/** Whether the text before a place ends in a backslash that begins an escape. @internal */
export function endsInBackslash(text: string, at: number, before = false): boolean {
  let run = 0;
  while (run < at && text.charCodeAt(at - run - 1) === 0x5c) run += 1;
  return (run % 2 === 1) !== (run === at && before);
}

function completesAnEscape(text: string, at: number): boolean {
  if (text.charCodeAt(at) < 0xdc00) return /^\\u[dD][c-fC-F]/.test(text.slice(at + 1, at + 5));
  return /^\\u[dD][89abAB][\da-fA-F]{2}$/.test(text.slice(Math.max(0, at - 6), at)) && endsInBackslash(text, at - 5);
}
