// arktype: types as its documentation writes them, compiled to JavaScript; `allows` is its bare verdict.

import { type } from "arktype";
import { DIRECTIONS, hasTarget, keysOf, OPAQUE, TEXTS, TIMESTAMP } from "../rules.mjs";

const all = (names, definition) => Object.fromEntries(names.map((name) => [`${name}?`, definition]));

/** The verdicts on values. */
export function make(list) {
  const shared = {
    customerId: "string > 0",
    outcome: type.enumerated(...keysOf(list)),
    "direction?": type.enumerated(...DIRECTIONS),
    "conversionValue?": "number",
    "timestamp?": TIMESTAMP,
    ...all(TEXTS, "string"),
    ...all(OPAQUE, "object"),
  };
  const call = type({
    ...shared,
    idempotencyKey: "string > 0",
    "recommendationId?": "string > 0",
    "rank?": "number.integer >= 1",
    "creativeId?": "string > 0",
  }).narrow(hasTarget);
  const item = type({ ...shared, offerId: "string > 0", "idempotencyKey?": "string" });
  return { call: (value) => call.allows(value), item: (value) => item.allows(value) };
}
