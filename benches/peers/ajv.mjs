// ajv: a JSON Schema, compiled to JavaScript.

import Ajv from "ajv";
import { DIRECTIONS, keysOf, OPAQUE, TEXTS, TIMESTAMP } from "../rules.mjs";

const all = (names, schema) => Object.fromEntries(names.map((name) => [name, schema]));

/** The verdicts on values. */
export function make(list) {
  const ajv = new Ajv();
  const id = { type: "string", minLength: 1 };
  const shared = {
    customerId: id,
    outcome: { enum: keysOf(list) },
    direction: { enum: DIRECTIONS },
    conversionValue: { type: "number" },
    timestamp: { type: "string", pattern: TIMESTAMP.source },
    ...all(TEXTS, { type: "string" }),
    ...all(OPAQUE, { type: "object" }),
  };
  return {
    call: ajv.compile({
      type: "object",
      required: ["customerId", "outcome", "idempotencyKey"],
      properties: {
        ...shared,
        idempotencyKey: id,
        recommendationId: id,
        rank: { type: "integer", minimum: 1 },
        creativeId: id,
      },
      anyOf: [{ required: ["recommendationId", "rank"] }, { required: ["creativeId"] }],
    }),
    item: ajv.compile({
      type: "object",
      required: ["customerId", "outcome", "offerId"],
      properties: { ...shared, offerId: id, idempotencyKey: { type: "string" } },
    }),
  };
}
