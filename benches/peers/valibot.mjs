// valibot: schemas as its documentation writes them.

import * as v from "valibot";
import { DIRECTIONS, hasTarget, keysOf, OPAQUE, TEXTS, TIMESTAMP } from "../rules.mjs";

const all = (names, schema) => Object.fromEntries(names.map((name) => [name, schema]));

/** The verdicts on values. */
export function make(list) {
  const id = v.pipe(v.string(), v.minLength(1));
  const shared = {
    customerId: id,
    outcome: v.picklist(keysOf(list)),
    direction: v.optional(v.picklist(DIRECTIONS)),
    conversionValue: v.optional(v.pipe(v.number(), v.finite())),
    timestamp: v.optional(v.pipe(v.string(), v.regex(TIMESTAMP))),
    ...all(TEXTS, v.optional(v.string())),
    ...all(OPAQUE, v.optional(v.record(v.string(), v.unknown()))),
  };
  const rank = v.pipe(v.number(), v.integer(), v.minValue(1));
  const members = {
    ...shared,
    idempotencyKey: id,
    recommendationId: v.optional(id),
    rank: v.optional(rank),
    creativeId: v.optional(id),
  };
  const call = v.pipe(v.object(members), v.check(hasTarget));
  const item = v.object({ ...shared, offerId: id, idempotencyKey: v.optional(v.string()) });
  return { call: (value) => v.safeParse(call, value).success, item: (value) => v.safeParse(item, value).success };
}
