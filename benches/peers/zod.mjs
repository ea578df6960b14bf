// zod: schemas as its documentation writes them.

import * as z from "zod";
import { DIRECTIONS, hasTarget, keysOf, OPAQUE, TEXTS, TIMESTAMP } from "../rules.mjs";

const all = (names, schema) => Object.fromEntries(names.map((name) => [name, schema]));

/** The verdicts on values. */
export function make(list) {
  const id = z.string().min(1);
  const shared = {
    customerId: id,
    outcome: z.enum(keysOf(list)),
    direction: z.enum(DIRECTIONS).optional(),
    conversionValue: z.number().optional(),
    timestamp: z.string().regex(TIMESTAMP).optional(),
    ...all(TEXTS, z.string().optional()),
    ...all(OPAQUE, z.record(z.string(), z.unknown()).optional()),
  };
  const call = z
    .object({
      ...shared,
      idempotencyKey: id,
      recommendationId: id.optional(),
      rank: z.int().min(1).optional(),
      creativeId: id.optional(),
    })
    .refine(hasTarget);
  const item = z.object({ ...shared, offerId: id, idempotencyKey: z.string().optional() });
  return { call: (value) => call.safeParse(value).success, item: (value) => item.safeParse(value).success };
}
