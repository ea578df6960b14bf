// The platform's API: what is asked of it, and what it answers.

import { issuesFromResponse } from "/package/index.js";

const TYPES = "/api/v1/outcome-types";
const HISTORY = "/api/v1/interaction-history";
const NO_HISTORY = "The server's answer is no interaction history.";
const UNREACHABLE = "The server cannot be reached. It may have been stopped.";

/** `{ ok, status, text, issues }`: never throws, and whatever went wrong is an issue. */
async function ask(method, path, { body, headers = {} } = {}) {
  const type = body === undefined ? {} : { "Content-Type": "application/json" };
  try {
    const answer = await fetch(path, { method, headers: { ...type, ...headers }, body });
    const text = await answer.text();
    const issues = answer.ok ? [] : issuesFromResponse(answer.status, text);
    return { ok: answer.ok, status: answer.status, text, issues };
  } catch {
    return { ok: false, status: 0, text: "", issues: [{ code: "unreachable", path: [], message: UNREACHABLE }] };
  }
}

const ofType = (key) => `${TYPES}/${encodeURIComponent(key)}`;

/** Every type, the deleted ones too: a new type should not take a deleted one's key unknowingly. */
export const fetchTypes = () => ask("GET", `${TYPES}?includeDeleted=true`);
export const createType = (body) => ask("POST", TYPES, { body: JSON.stringify(body) });
export const changeType = (key, body) => ask("PUT", ofType(key), { body: JSON.stringify(body) });
export const deleteType = (key) => ask("DELETE", ofType(key));

/**
 * What was recorded last, `most` rows or somewhat more, the first recorded first: `{ ok, rows, issues }`.
 */
export async function fetchHistory(most) {
  const rows = [];
  for (let cursor = ""; ; ) {
    const answer = await ask("GET", `${HISTORY}?limit=100&cursor=${encodeURIComponent(cursor)}`);
    const page = answer.ok ? pageIn(answer.text) : undefined;
    if (!answer.ok) return answer;
    if (page === undefined) return { ok: false, issues: [{ code: "unreadable", path: [], message: NO_HISTORY }] };
    rows.push(...page.data);
    cursor = page.pagination?.nextCursor ?? "";
    if (cursor === "" || page.data.length === 0 || rows.length >= most) return { ok: true, rows: rows.reverse(), issues: [] };
  }
}

function pageIn(text) {
  try {
    const page = JSON.parse(text);
    return Array.isArray(page?.data) ? page : undefined;
  } catch {
    return undefined;
  }
}

/** Sends a call's text as it stands; the idempotency key goes into the header, unless it is blank. */
export function sendCall(text, idempotencyKey) {
  const headers = idempotencyKey.trim() === "" ? {} : { "Idempotency-Key": idempotencyKey };
  return ask("POST", "/api/v1/respond", { body: sendable(text), headers });
}

/** Sends a bulk body's text as it stands. */
export const sendBulk = (text) => ask("POST", "/api/v1/respond/bulk", { body: sendable(text) });

/**
 * Half a character has no bytes: the browser would put another character in its place, and the server take what the
 * checks refuse. It goes as its escape, as the package reads it.
 */
const sendable = (text) =>
  text.replaceAll(/\p{Surrogate}/gu, (half) => `\\u${half.charCodeAt(0).toString(16)}`);
