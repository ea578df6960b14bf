/**
 * From what the core says to what the caller gets: lists of issues, worded and placed.
 * @module
 */

import { NOT_SERIALIZABLE } from "../wasm/issue.js";
import type { Opened } from "./document.js";
import type { MessageFunction } from "./options.js";
import { restore } from "./surrogates.js";
import type { Checked, Issue } from "./types.js";

/** Both lists of an answer, as the core makes them. @internal */
export interface Report {
  issues: readonly Issue[];
  warnings: readonly Issue[];
}

/** An answer that lets the document through. @internal */
export type Passed<T> = Extract<Checked<T>, { ok: true }>;

/** The list of nothing. @internal */
export const NONE: readonly Issue[] = Object.freeze([]);

/** Places the issues in the text that was handed in, and words them as the caller likes. @internal */
export function finish<R extends Report>(report: R, opened: Opened | undefined, message: MessageFunction | undefined): R {
  for (const list of ["issues", "warnings"] as const) {
    for (const issue of report[list]) {
      if (opened?._escapes) restore(issue, opened._escapes);
      const text = message?.(issue);
      if (typeof text === "string") (issue as { message: string }).message = text;
    }
    if (report[list].length === 0) report[list] = NONE;
  }
  return report;
}

/** The answer to a document that passes. @internal */
export function pass<T>(value: T, warnings = NONE): Passed<T> {
  return { ok: true, value, warnings };
}

/** What there is to say about a value that cannot be written as JSON. @internal */
export function unserializable(path: readonly (string | number)[]): Report {
  const message = NOT_SERIALIZABLE;
  return { issues: [{ code: "not_serializable", severity: "error", basis: "document", path, message }], warnings: NONE };
}
