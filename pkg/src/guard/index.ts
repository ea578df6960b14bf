// `kaireon-outcomes/guard`: a guard in front of the API, at the edge.

export { createRespondGuard } from "./guard.js";
export { bucketSink, httpSink, queueSink } from "./sinks.js";

export type { GuardChecked, GuardCheckOptions, RespondGuard } from "./guard.js";
export type { GuardEvent } from "./events.js";
export type { RefusedLetter } from "./letters.js";
export type { Asked, GuardMode, GuardRegistry, RespondGuardOptions, Upstream } from "./options.js";
export type { BucketLike, KeptLetter, QueueLike } from "./sinks.js";
export type { UnknownKey } from "./tally.js";
export type { ExecutionLike, GuardedPath } from "./visit.js";
export type { WebRequest, WebResponse } from "../web.js";
