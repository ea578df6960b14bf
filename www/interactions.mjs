// What was recorded: one interaction per idempotency key.

import { randomUUID } from "node:crypto";

/** The oldest are forgotten beyond this many, so that a server left running does not fill the memory. */
const MOST = 100_000;

/** A memory of interactions. */
export function createInteractions() {
  const recorded = new Map();
  return {
    /**
     * Records a call in its current form, with its outcome type, and gives what the platform answers. The same
     * idempotency key again changes nothing and is answered as before.
     */
    record(call, type) {
      const interactionId = randomUUID();
      // Bulk items may come without a key: nothing can repeat those.
      const key = call.idempotencyKey === undefined ? `id ${interactionId}` : `key ${call.idempotencyKey}`;
      const before = recorded.get(key);
      if (before !== undefined) return { interaction: before, known: true };
      const interaction = {
        interactionId,
        recommendationId: call.recommendationId ?? null,
        customerId: call.customerId,
        outcome: call.outcome,
        classification: type.classification,
        direction: call.direction,
        rank: call.rank ?? null,
        // Names of a catalogue that is not here.
        offerName: null,
        creativeName: null,
        channelName: null,
        categoryName: null,
        status: "recorded",
        timestamp: call.timestamp ?? new Date().toISOString(),
      };
      recorded.set(key, interaction);
      if (recorded.size > MOST) recorded.delete(recorded.keys().next().value);
      return { interaction, known: false };
    },
  };
}
