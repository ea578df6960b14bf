/**
 * From what the core says to what the caller gets: lists of issues, worded and placed.
 * @module
 */

import { MESSAGES } from "../wasm/issue.js";
import { Unserializable } from "./document.js";
import type { Opened } from "./document.js";
import type { MessageFunction } from "./options.js";
import { EscapedText } from "./surrogates.js";
import type { Checked, Issue } from "./types.js";

/** Both lists of an answer, as the core makes them. @internal */
export interface Report {
  issues: Issue[];
  warnings: Issue[];
}

/** The list of nothing. @internal */
export const NONE: readonly Issue[] = Object.freeze([]);

/** Places the issues in the text that was handed in, and words them as the caller likes. @internal */
export function finish(list: Issue[], opened: Opened | undefined, message: MessageFunction | undefined): readonly Issue[] {
  if (opened instanceof EscapedText) for (const issue of list) opened.restore(issue);
  if (message !== undefined) {
    for (const issue of list) {
      const text = message(issue);
      if (typeof text === "string") (issue as { message: string }).message = text;
    }
  }
  return list.length === 0 ? NONE : list;
}

/** The answer to a document that is refused. @internal */
export function refused(
  report: Report,
  opened: Opened | undefined,
  message: MessageFunction | undefined,
): Extract<Checked<never>, { ok: false }> {
  const issues = finish(report.issues, opened, message) as unknown as readonly [Issue, ...Issue[]];
  return { ok: false, issues, warnings: finish(report.warnings, opened, message) };
}

/** What there is to say about a value that cannot be written as JSON. @internal */
export function unserializable(value: Unserializable): Report {
  const message = MESSAGES.not_serializable;
  const { path } = value;
  return { issues: [{ code: "not_serializable", severity: "error", basis: "document", path, message }], warnings: [] };
}
