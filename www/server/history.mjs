// /api/v1/interaction-history: what was recorded, the last first.

import { cursorOf, pageAsked, unknownCursor } from "./paging.mjs";

const LIST = "history";

/** What a query may filter by, with the older names. */
const FILTERS = {
  customerId: ["customerId"],
  offerId: ["offerId", "actionId"],
  creativeId: ["creativeId", "treatmentId"],
  outcome: ["type"],
};

/** The endpoint; see `createEndpoints` for what it takes and gives. */
export function createHistory(interactions) {
  return {
    answer({ query }) {
      const { fault, limit, after } = pageAsked(query, LIST);
      if (fault !== undefined) return fault;
      if (after !== undefined && !/^\d+$/.test(after)) return unknownCursor();
      const before = after === undefined ? undefined : Number(after);
      const { records, total, next } = interactions.page({ filter: filterIn(query), before, limit });
      const nextCursor = next === undefined ? null : cursorOf(LIST, next);
      const pagination = { total, limit, hasMore: next !== undefined, nextCursor };
      return { status: 200, body: { data: records.map(rowOf), pagination } };
    },
  };
}

/** A field that was left blank filters nothing. */
function filterIn(query) {
  const values = Object.entries(FILTERS).map(([name, names]) => [name, names.map((n) => query.get(n)).find(Boolean)]);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** A row of the platform's history. It names the outcome type twice, as the platform does. */
function rowOf({ interactionId, recordedAt, classification, category, call }) {
  return {
    id: interactionId,
    interactionId,
    customerId: call.customerId,
    interactionType: call.outcome,
    outcomeTypeKey: call.outcome,
    outcome: call.outcome,
    classification,
    category,
    direction: call.direction,
    timestamp: call.timestamp ?? recordedAt,
    recommendationId: call.recommendationId ?? null,
    rank: call.rank ?? null,
    offerId: call.offerId ?? null,
    creativeId: call.creativeId ?? null,
    channelId: call.channelId ?? null,
    placementId: call.placementId ?? null,
    conversionValue: call.conversionValue ?? null,
    context: call.context ?? null,
    response: call.outcomeDetails ?? null,
    // Their names are those of a catalogue that is not here.
    offer: call.offerId === undefined ? null : { id: call.offerId, name: null },
    creative: call.creativeId === undefined ? null : { id: call.creativeId, name: null },
  };
}
