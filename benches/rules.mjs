// The rules that every peer is given: those of a Respond call and a bulk item that a schema can express.

export const DIRECTIONS = ["inbound", "outbound"];
export const TEXTS = ["channelId", "placementId"];
export const OPAQUE = ["context", "outcomeDetails", "attributes", "metadata"];
/** The clean form alone: a schema has no warnings. */
export const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** What a call may name: the live keys of a list. */
export const keysOf = (list) => list.data.filter((row) => !row.deletedAt).map((row) => row.key);

/** The one rule over several members: which of them a call is about. */
export const hasTarget = (call) =>
  call.creativeId !== undefined || (call.recommendationId !== undefined && call.rank !== undefined);
