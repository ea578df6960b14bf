// Hand-written JavaScript: what somebody in a hurry, but good at it, puts in front of an endpoint.

import { hasTarget, keysOf, TIMESTAMP } from "../rules.mjs";

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isId = (value) => typeof value === "string" && value.length > 0;
const maybe = (value, test) => value === undefined || test(value);
const isText = (value) => typeof value === "string";
const isTimestamp = (value) => typeof value === "string" && TIMESTAMP.test(value);
const isDirection = (value) => value === "inbound" || value === "outbound";
const isRank = (value) => Number.isInteger(value) && value >= 1;

/** The verdicts on values. */
export function make(list) {
  const keys = new Set(keysOf(list));
  const shared = (value) =>
    isObject(value) &&
    isId(value.customerId) &&
    keys.has(value.outcome) &&
    maybe(value.direction, isDirection) &&
    maybe(value.conversionValue, Number.isFinite) &&
    maybe(value.timestamp, isTimestamp) &&
    maybe(value.channelId, isText) &&
    maybe(value.placementId, isText) &&
    maybe(value.context, isObject) &&
    maybe(value.outcomeDetails, isObject) &&
    maybe(value.attributes, isObject) &&
    maybe(value.metadata, isObject);
  return {
    call: (value) =>
      shared(value) &&
      isId(value.idempotencyKey) &&
      maybe(value.recommendationId, isId) &&
      maybe(value.rank, isRank) &&
      maybe(value.creativeId, isId) &&
      hasTarget(value),
    item: (value) => shared(value) && isId(value.offerId) && maybe(value.idempotencyKey, isText),
  };
}
