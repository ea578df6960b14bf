// Pages of a list: `limit` and `cursor` in the query, the platform's `pagination` in the answer.

import { refusal } from "./refusal.mjs";

/** The page that is given to who names none, and the largest, as the platform's documentation has them. */
const USUAL = 25;
const MOST = 100;

/**
 * The page that a query asks for: `{ limit, after }`, or `{ fault }`. A cursor is opaque to callers; here it is a text,
 * with the list's name in front, so that no list takes another's.
 */
export function pageAsked(query, list) {
  const limit = query.get("limit") ?? String(USUAL);
  if (!/^[1-9]\d{0,8}$/.test(limit)) return { fault: refusal(400, "`limit` takes a number from 1") };
  const cursor = query.get("cursor") ?? "";
  const [of, after] = cursor === "" ? [list] : Buffer.from(cursor, "base64url").toString().split(" ");
  if (of !== list) return { fault: unknownCursor() };
  return { limit: Math.min(Number(limit), MOST), after };
}

export const unknownCursor = () => refusal(400, "`cursor` takes what an answer to the same question had");

/** What `pageAsked` of the same list will take apart. */
export const cursorOf = (list, after) => Buffer.from(`${list} ${after}`).toString("base64url");
