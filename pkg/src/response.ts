/**
 * A server's refusal as issues, so that a form shows it like its own.
 * @module
 */

import { MESSAGES } from "../wasm/issue.js";
import { bytesOfBuffer, bytesOfView, parse } from "./document.js";
import type { Issue } from "./types.js";

/** The longest text of a server that is shown in a message, in UTF-16 units. */
const LONGEST_MESSAGE = 300;

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
  const passed = wellFormedIssues(memberOf(plain, "issues"));
  if (passed.length > 0) return passed;
  const error = memberOf(plain, "error");
  const text = typeof error === "string" ? error : memberOf(error, "message");
  const code = memberOf(error, "code");
  const stated = memberOf(error, "status");
  const known = [status, stated].find((number) => Number.isInteger(number)) as number | undefined;
  const serverMessage = typeof text === "string" ? oneLine(text) : "";
  const fallback = MESSAGES.refused_by_server.replace("{status}", String(known ?? 0));
  return [
    {
      code: "refused_by_server",
      severity: "error",
      basis: "registry",
      path: [],
      message: serverMessage === "" ? fallback : serverMessage,
      status: known ?? 0,
      ...(typeof code === "string" && code !== "" ? { serverCode: code } : {}),
      ...(typeof text === "string" && text !== "" ? { serverMessage: text } : {}),
    },
  ];
}

/** Plain data and nothing else: what a body says once, without getters and proxies. */
function plainOf(body: unknown): unknown {
  try {
    if (typeof body === "string") return JSON.parse(body);
    if (typeof body !== "object" || body === null) return undefined;
    const bytes = ArrayBuffer.isView(body) ? bytesOfView(body) : bytesOfBuffer(body);
    return bytes ? parse(bytes) : JSON.parse(JSON.stringify(body));
  } catch {
    return undefined;
  }
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

function wellFormedIssues(list: unknown): Issue[] {
  if (!Array.isArray(list)) return [];
  const issues: Issue[] = [];
  for (const found of list) {
    const code = memberOf(found, "code");
    const path = memberOf(found, "path");
    const message = memberOf(found, "message");
    if (typeof code !== "string" || typeof message !== "string" || !Array.isArray(path)) continue;
    if (!path.every((step) => typeof step === "string" || typeof step === "number")) continue;
    const severity = memberOf(found, "severity") === "warning" ? "warning" : "error";
    const basis = memberOf(found, "basis") === "registry" ? "registry" : "document";
    issues.push({ ...(found as object), code, severity, basis, path, message } as Issue);
  }
  return issues;
}

/** A text as one line of bounded length. */
function oneLine(text: string): string {
  const line = text
    .slice(0, 4 * LONGEST_MESSAGE)
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  return line.length > LONGEST_MESSAGE ? `${line.slice(0, LONGEST_MESSAGE)}…` : line;
}
