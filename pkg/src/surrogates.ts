/**
 * Text that is not well-formed UTF-16, made so that its faults are seen and not replaced on the way.
 * @module
 */

import type { Issue } from "./types.js";

// With the `u` flag a pair is one character, so that this finds halves alone.
/** Half a character. @internal */
export const LONE = /[\ud800-\udfff]/gu;

/** Whether half a character stands somewhere in a text. @internal */
export function hasLoneSurrogate(text: string): boolean {
  const { isWellFormed } = text as { isWellFormed?: () => boolean };
  return isWellFormed ? !isWellFormed.call(text) : text.search(LONE) >= 0;
}

/**
 * A JSON text with its lone surrogates written as escapes. Where these stand, in the new text and ascending,
 * is put into `escapes`, for the way back. `behindBackslash`: whether the text goes on behind a backslash
 * that begins an escape.
 *
 * Where an escape would change what the text says it is U+FFFD instead: behind a backslash that begins an
 * escape (it stays a syntax error), and beside an escaped half that it would complete (which then is alone
 * and seen).
 * @internal
 */
export function escaped(original: string, escapes: number[], behindBackslash = false): string {
  return original.replace(LONE, (half, at: number) => {
    if (endsInBackslash(original, at, behindBackslash) || completesAnEscape(original, at)) return "\ufffd";
    escapes.push(at + 5 * escapes.length);
    return `\\u${half.charCodeAt(0).toString(16)}`;
  });
}

/** Moves an issue's offset back to where it stands in the original. @internal */
export function restore(issue: Issue, escapes: readonly number[]): void {
  const { offset } = issue;
  if (offset === undefined) return;
  let from = 0;
  let to = escapes.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((escapes[middle] as number) < offset) from = middle + 1;
    else to = middle;
  }
  // `from` escapes begin before the place; it may lie inside the last of them, which is six units long.
  const end = (escapes[from - 1] ?? -6) + 6;
  (issue as { offset: number }).offset = (offset < end ? end - 1 : offset) - 5 * from;
}

/** Whether the text before a place ends in a backslash that begins an escape. @internal */
export function endsInBackslash(text: string, at: number, before = false): boolean {
  let run = 0;
  while (run < at && text[at - run - 1] === "\\") run += 1;
  return (run % 2 === 1) !== (run === at && before);
}

function completesAnEscape(text: string, at: number): boolean {
  if (text.charCodeAt(at) < 0xdc00) return /^\\u[dD][c-fC-F]/.test(text.slice(at + 1, at + 5));
  return /^\\u[dD][89abAB][\da-fA-F]{2}$/.test(text.slice(Math.max(0, at - 6), at)) && endsInBackslash(text, at - 5);
}
