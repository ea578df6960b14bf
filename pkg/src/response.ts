/**
 * A server's refusal as issues, so that a form shows it like its own.
 * @module
 */

import { REFUSED_BY_SERVER } from "../wasm/issue.js";
import { bytesOf, parse } from "./document.js";
import { LONGEST_MESSAGE } from "./limits.js";
import type { Issue } from "./types.js";

/**
 * Makes issues of a server's answer: those in a well-formed `issues` array of the body, as this package's own
 * servers send them, else one `refused_by_server` of the platform's error envelopes,
 * `{"error":{"code","message","status"}}` and `{"error":"text"}`, or of the status alone.
 * Fields are not guessed from texts: the path is `[]`.
 *
 * ```ts
 * const response = await fetch(url, { method: "POST", body: JSON.stringify(checked.value) });
 * const issues = issuesFromResponse(response.status, await response.text());
 * ```
 *
 * @param status The HTTP status; 200 to 299 gives no issues.
 * @param body The body: parsed, text or bytes. Anything at all: this never throws.
 */
export function issuesFromResponse(status: number, body?: unknown): readonly Issue[] {
  if (typeof status === "number" && status >= 200 && status < 300) return [];
  const plain = plainOf(body);
  const passed = wellFormedIssues(plain?.issues);
  if (passed.length > 0) return passed;
  const error = plain?.error as Plain | string;
  const { code: serverCode, message, status: stated } = typeof error === "string" ? { message: error } : (error ?? {});
  const serverMessage = textOr(message);
  const known = ([status, stated].find(Number.isInteger) ?? 0) as number;
  return [
    {
      code: "refused_by_server",
      severity: "error",
      basis: "document",
      path: [],
      message: oneLine(serverMessage) || REFUSED_BY_SERVER(known),
      status: known,
      ...(textOr(serverCode) && { serverCode: serverCode as string }),
      ...(serverMessage && { serverMessage }),
    },
  ];
}

/** What a body says; there are no getters in plain data. */
type Plain = { readonly [name: string]: unknown } | null | undefined;

function textOr(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Plain data and nothing else: what a body says once, without getters and proxies. */
function plainOf(body: unknown): Plain {
  try {
    const bytes = bytesOf(body);
    return (bytes ? parse(bytes) : JSON.parse(typeof body === "string" ? body : JSON.stringify(body))) as Plain;
  } catch {
    return undefined;
  }
}

function wellFormedIssues(list: unknown): Issue[] {
  if (!Array.isArray(list)) return [];
  return list.filter(isWellFormed).map((found) => ({
    ...found,
    severity: found.severity === "warning" ? "warning" : "error",
    basis: found.basis === "registry" ? "registry" : "document",
  }));
}

function isWellFormed(found: Plain): boolean {
  if (typeof found?.["code"] !== "string" || typeof found["message"] !== "string") return false;
  const { path } = found;
  return Array.isArray(path) && path.every((step) => typeof step === "string" || typeof step === "number");
}

/** A text as one line of bounded length. */
function oneLine(text: string): string {
  const line = text
    .slice(0, 4 * LONGEST_MESSAGE)
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  return line.length > LONGEST_MESSAGE ? `${line.slice(0, LONGEST_MESSAGE)}…` : line;
}
