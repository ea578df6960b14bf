// How the server says no: the platform's error envelope.

import { STATUS_CODES } from "node:http";

/** 403 rather than 409: no change of anything would make it possible. */
const SYSTEM = 403;

/** Refusals are 400, but for these; which of them may occur is up to the check. */
const TOO_LARGE = { too_large: 413 };
export const TAKEN = { ...TOO_LARGE, duplicate_key: 409 };
export const UNCHANGEABLE = { ...TOO_LARGE, unknown_outcome_type: 404, retired_outcome_type: 404, system_type: SYSTEM };

/** `BAD_REQUEST` for 400, as the platform writes it, and so on. */
const codeOf = (status) => (STATUS_CODES[status] ?? "ERROR").toUpperCase().replaceAll(/[^A-Z]+/g, "_");

/** The envelope; `issues`, where there are any, say more. */
export function refusal(status, message, issues) {
  const error = { code: codeOf(status), message, status };
  return { status, body: issues === undefined ? { error } : { error, issues } };
}

/** What a check refused, under the status that its issues ask for. */
export function refused(issues, statuses = TOO_LARGE) {
  const status = issues.map(({ code }) => statuses[code]).find((found) => found !== undefined) ?? 400;
  return refusal(status, issues[0].message, issues);
}
