/**
 * A guard's own answers, in the platform's error envelope.
 * @module
 */

import { OutcomeRegistry, SYSTEM_OUTCOME_TYPES } from "kaireon-outcomes";
import type { Issue, RespondOptions } from "kaireon-outcomes";
import type { WebResponseShape } from "../web.js";

declare const Response: new (body: string, init: { readonly status: number; readonly headers: object }) => WebResponseShape;

const CODES: Readonly<Record<number, string>> = {
  400: "BAD_REQUEST",
  500: "INTERNAL_ERROR",
  502: "BAD_GATEWAY",
  503: "SERVICE_UNAVAILABLE",
  504: "GATEWAY_TIMEOUT",
};

/** JSON as an answer that nobody keeps. @internal */
export function json(status: number, body: object, headers: object = {}): WebResponseShape {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", "Cache-Control": "no-store", ...headers } });
}

/** A refusal; `issues` say why, where it is the caller's document. @internal */
export function refuse(status: number, message: string, issues?: readonly Issue[], headers?: object): WebResponseShape {
  return json(status, { error: { code: CODES[status], message, status }, ...(issues && { issues }) }, headers);
}

/**
 * The issues of a call as a caller may see them: where one suggests a key that only this tenant has, it is said as a
 * registry of the ten alone would say it. @internal
 */
export function withoutKeys(issues: readonly Issue[], bytes: Uint8Array, options: RespondOptions): readonly Issue[] {
  if (!issues.some(namesKey)) return issues;
  const isUnconfirmed = issues.some(({ code }) => code === "unconfirmed_outcome_type");
  const ten = isUnconfirmed ? OutcomeRegistry.from({ data: SYSTEM_OUTCOME_TYPES, hasMore: true }) : OutcomeRegistry.defaults();
  const said = ten.checkRespond(bytes, options).issues ?? [];
  return issues.flatMap((issue) => (namesKey(issue) ? said.filter(({ code, path }) => code === issue.code && String(path) === String(issue.path)) : issue));
}

const TEN: ReadonlySet<unknown> = new Set(SYSTEM_OUTCOME_TYPES.map(({ key }) => key));

function namesKey(issue: Issue): boolean {
  return issue.basis === "registry" && "suggestion" in issue && issue.suggestion !== undefined && !TEN.has(issue.suggestion);
}
