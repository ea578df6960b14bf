// /api/v1/respond, its alias /capture, and /respond/bulk: what is recorded.

import { refused } from "./refusal.mjs";

/** How much of a body is worth reading. What is too large is the package's word: it gets one byte more than this. */
const CALL = 1 << 20;
const BATCH = 1 << 24;
const ANY_SIZE = 2 ** 31 - 1;

/** 200, as a bulk call has it, for the documentation leaves it open; a call that is repeated is answered the same. */
const RECORDED = 200;

/** Said in the log, for the answer does not show it. */
const KNOWN = "this idempotency key is known: not recorded again, answered as before";

/** The endpoints that record; see `createEndpoints` for what they take and give. */
export function createCalls({ types, interactions }) {
  const respond = {
    reads: CALL,
    answer({ bytes, idempotencyKey }) {
      const { registry } = types;
      const { ok, value, issues, warnings } = registry.readRespond(bytes, { idempotencyKey, now: Date.now() });
      if (!ok) return refused(issues);
      const before = interactions.find(value.idempotencyKey);
      if (before !== undefined) return { status: RECORDED, body: answered(before), warnings, note: KNOWN };
      const [recorded] = interactions.record([{ call: value, type: registry.get(value.outcome) }]);
      return { status: RECORDED, body: answered(recorded), warnings };
    },
  };

  const bulk = {
    reads: BATCH,
    answer({ bytes }) {
      const { registry } = types;
      const answer = registry.checkBulk(bytes, { now: Date.now() });
      const { size, passed, refused: failures, body, issues, warnings } = answer;
      // One malformed item refuses the whole request; what only the registry says concerns its item alone.
      const malformed = failures.flatMap((item) => item.issues).filter(({ basis }) => basis === "document");
      const faults = [...issues, ...malformed];
      if (faults.length > 0) return refused(faults);
      // A decoder, for it takes a byte-order mark away.
      const { outcomes } = passed.length > 0 ? JSON.parse(new TextDecoder().decode(body)) : { outcomes: [] };
      // They have passed: whatever their size, here they are only brought into their current form.
      const read = (item) => registry.readRespond(item, { as: "bulk-item", maxBytes: ANY_SIZE }).value;
      interactions.record(outcomes.map(read).map((call) => ({ call, type: registry.get(call.outcome) })));
      const errors = failures.map((item) => ({ index: item.index, error: item.issues[0].message }));
      const counts = { processed: size, succeeded: passed.length, failed: errors.length };
      return { status: passed.length > 0 ? 200 : 422, body: { ...counts, errors }, warnings };
    },
  };

  return { respond, bulk };
}

/** What the platform answers to a call that it recorded. */
function answered({ interactionId, recordedAt, classification, call }) {
  return {
    interactionId,
    recommendationId: call.recommendationId ?? null,
    customerId: call.customerId,
    outcome: call.outcome,
    classification,
    direction: call.direction,
    rank: call.rank ?? null,
    // Names of a catalogue that is not here.
    offerName: null,
    creativeName: null,
    channelName: null,
    categoryName: null,
    status: "recorded",
    timestamp: call.timestamp ?? recordedAt,
  };
}
