/**
 * The shapes that go in and come out: outcome types, calls, answers.
 * @module
 */

import type { Category, Classification, Status, SystemOutcomeKey } from "../wasm/defaults.js";
import type { Issue } from "../wasm/issue.js";

export type { Category, Classification, Status, SystemOutcomeKey } from "../wasm/defaults.js";
export type { Issue } from "../wasm/issue.js";

/** The code of an issue: closed and permanent. */
export type IssueCode = Issue["code"];

/** The key of an outcome type: editors offer the ten system keys, every other text is taken too. */
export type OutcomeKey = SystemOutcomeKey | (string & {});

/** Which way an interaction went: to the customer (`outbound`) or from the customer (`inbound`). */
export type Direction = "inbound" | "outbound";

/** What a Respond call is about: which of its members name the recommendation. */
export type Target = "recommendation" | "creative" | "interaction" | "offer";

/**
 * Bytes made by this package. Written so that every TypeScript takes it where `fetch` wants a body:
 * newer ones tell apart whether memory is shared, older ones do not know the difference.
 */
export type Bytes = ReturnType<typeof Uint8Array.of>;

/**
 * What every check takes for a document:
 *
 * - bytes (`Uint8Array`, `ArrayBuffer` or any view): JSON in UTF-8, as it came over the wire;
 * - a string: JSON text;
 * - anything else: a value, checked as `JSON.stringify` would write it, for that is what would be sent.
 *
 * No value makes a check throw: cycles, `BigInt` and throwing getters are the issue `not_serializable`.
 */
export type Document = unknown;

/**
 * One outcome type, as the API lists it. Objects that a registry hands out are frozen and the same at
 * each call.
 */
export interface OutcomeType {
  /** The unique, machine-readable key. It never changes. */
  readonly key: OutcomeKey;
  /** The display name. */
  readonly name: string;
  /** When this outcome is recorded; `""` where nothing was said. */
  readonly description: string;
  /** What the outcome says about the customer's interest. */
  readonly classification: Classification;
  /** Whether the customer was shown something or did something. */
  readonly category: Category;
  /** Whether it is built in: such a type can be neither changed nor deleted. */
  readonly isSystem: boolean;
  /** The server's id. */
  readonly id?: string;
  /** The tenant's id. */
  readonly tenantId?: string;
  /** The place in lists; a missing one counts as 99. */
  readonly ordinal?: number;
  /** The state of its life; a missing one counts as `active`. */
  readonly status?: Status;
  /** How often it was changed, from 1. */
  readonly version?: number;
  /** When it was made (ISO 8601, as sent). */
  readonly createdAt?: string;
  /** When it was last changed (ISO 8601, as sent). */
  readonly updatedAt?: string;
  /** When it was retired (ISO 8601, as sent): it resolves in reports and takes no new calls. */
  readonly deletedAt?: string;
}

/** What a person fills in to create an outcome type: the input of the create schema. */
export interface OutcomeTypeDraft {
  /** The key to be; {@link OutcomeType.key} cannot be changed later. */
  key: string;
  /** The display name, 1 to 255 characters. */
  name: string;
  /** When this outcome is recorded. Default `""`. */
  description?: string;
  /** What the outcome says about the customer's interest; `""` is a choice not made yet, which is refused. */
  classification: Classification | "";
  /** Whether the customer is shown something or does something; `""` is a choice not made yet, which is refused. */
  category: Category | "";
  /** The place in lists, an integer from 0. */
  ordinal?: number;
  /** The state to begin in. */
  status?: Status;
}

/** The body to POST for a new outcome type: exactly what the check let through, defaults filled in. */
export interface NewOutcomeType {
  /** The key to be. */
  key: string;
  /** The display name. */
  name: string;
  /** When this outcome is recorded. */
  description: string;
  /** What the outcome says about the customer's interest. */
  classification: Classification;
  /** Whether the customer is shown something or does something. */
  category: Category;
  /** The place in lists. */
  ordinal?: number;
  /** The state to begin in. */
  status?: Status;
}

/** The body that changes an outcome type: any part of it. The key may stand there, unchanged. */
export type OutcomeTypePatch = Partial<NewOutcomeType>;

/** What the members of a call and of a bulk item have in common. */
interface Recorded {
  /** Who it happened to. */
  customerId: string;
  /** What happened: the key of an outcome type. */
  outcome: OutcomeKey;
  /** The recommendation that it is about, together with {@link Recorded.rank}. */
  recommendationId?: string;
  /** The place in the recommendation, from 1. */
  rank?: number;
  /** The creative that it is about. */
  creativeId?: string;
  /** The older way to name a recommendation. */
  interactionId?: string;
  /** The channel. */
  channelId?: string;
  /** The place in the channel. */
  placementId?: string;
  /** Which way it went. */
  direction?: Direction;
  /** What it was worth, in the money of the tenant. */
  conversionValue?: number;
  /** When it happened (ISO 8601). */
  timestamp?: string;
  /** Anything about the circumstances. */
  context?: Record<string, unknown>;
  /** Anything about the outcome. */
  outcomeDetails?: Record<string, unknown>;
  /** Anything else. */
  attributes?: Record<string, unknown>;
  /** Anything else. */
  metadata?: Record<string, unknown>;
  /** Unknown members are kept as they are. */
  [member: string]: unknown;
}

/**
 * A Respond call in its current form: older names replaced, `null`s dropped, `direction` and
 * `idempotencyKey` filled in, everything else as it was sent.
 */
export interface RespondCall extends Recorded {
  /** The same key twice is recorded once. */
  idempotencyKey: string;
  /** The offer that it is about, where nothing newer names it. */
  offerId?: string;
}

/** A Respond call as it may be handed in: today's names or older ones. */
export interface RespondInput extends Partial<Recorded> {
  /** Who it happened to. */
  customerId: string;
  /** The same key twice is recorded once; may stand in the `Idempotency-Key` header instead. */
  idempotencyKey?: string;
  /** The offer that it is about. */
  offerId?: string;
  /** An older name of `outcome`. */
  interactionType?: OutcomeKey;
  /** An older name of `outcome`. */
  outcomeType?: OutcomeKey;
  /** An older name of `outcome`. */
  eventType?: OutcomeKey;
  /** An older name of `creativeId`. */
  treatmentId?: string;
}

/** One item of a bulk body. */
export interface BulkItem extends Recorded {
  /** The offer that it is about. */
  offerId: string;
  /** The same key twice is recorded once. */
  idempotencyKey?: string;
}

/** The body of a bulk call: 1 to 1000 items. */
export interface BulkBody {
  /** The items. */
  outcomes: BulkItem[];
}

/**
 * What a call that passed means. Frozen, and the same object for the same meaning; nothing of the
 * caller's text is in it.
 */
export interface RespondAnswer {
  /** The outcome type; `undefined` where a lowered or unconfirmed fault leaves none. */
  readonly outcome: OutcomeType | undefined;
  /** The word that names no known type; only where {@link RespondAnswer.outcome} is `undefined`. */
  readonly key?: string;
  /** Which way it went, the default filled in; `undefined` where nothing tells. */
  readonly direction: Direction | undefined;
  /** What the call is about; `undefined` where a lowered fault leaves nothing, and for bulk items. */
  readonly target: Target | undefined;
}

/**
 * The answer of a check: a value, or the issues that refuse the document; warnings with either.
 * Both halves are results in the sense of Standard Schema.
 *
 * ```ts
 * const checked = registry.checkRespond(call);
 * if (checked.ok) record(checked.value.outcome);
 * else show(checked.issues[0].message);
 * ```
 */
export type Checked<T> =
  | {
      /** Taken. */
      readonly ok: true;
      /** What the document says. */
      readonly value: T;
      /** Nothing refuses it. */
      readonly issues?: undefined;
      /** What is worth a look, in the document's order. */
      readonly warnings: readonly Issue[];
    }
  | {
      /** Refused. */
      readonly ok: false;
      /** There is none. */
      readonly value?: undefined;
      /** Every reason, in the document's order; at least one. */
      readonly issues: readonly [Issue, ...Issue[]];
      /** What is worth a look besides, in the document's order. */
      readonly warnings: readonly Issue[];
    };

/** An item of a bulk body that is refused. */
export interface RefusedItem {
  /** Its place among the `outcomes`, from 0. */
  readonly index: number;
  /** Every reason; at least one. Paths begin at the body: `["outcomes", index, …]`. */
  readonly issues: readonly [Issue, ...Issue[]];
  /** What is worth a look besides. */
  readonly warnings: readonly Issue[];
}

/** The answer to a bulk body: every item is in exactly one of `passed` and `refused`. */
export interface BulkAnswer {
  /** Whether nothing is refused, neither the body nor an item. */
  readonly ok: boolean;
  /** The number of items that were read. */
  readonly size: number;
  /** The places of the items that pass, ascending, from 0. */
  readonly passed: readonly number[];
  /** The items that do not, with the reasons. */
  readonly refused: readonly RefusedItem[];
  /**
   * The body without the refused items, all else byte for byte: send this, unless `passed` is empty.
   * Where bytes were handed in and nothing is refused it is those very bytes, not a copy.
   * Absent where the body itself is refused.
   */
  readonly body?: Bytes;
  /** What refuses the body itself. */
  readonly issues: readonly Issue[];
  /** What is worth a look, in the body itself and in items that pass. */
  readonly warnings: readonly Issue[];
}

/** The answer to one line of NDJSON. */
export interface LineResult {
  /** The line's number, from 1; blank lines count and have no result. */
  readonly line: number;
  /** Where the line begins: bytes from the start of the stream. */
  readonly offset: number;
  /** The line's length in bytes, without the line break. */
  readonly length: number;
  /** Whether the line is taken. */
  readonly ok: boolean;
  /** What refuses it; empty where it is taken. Offsets count from the start of the stream. */
  readonly issues: readonly Issue[];
  /** What is worth a look. */
  readonly warnings: readonly Issue[];
}

/** Which outcome types a list shows. */
export interface ListFilter {
  /** Only those of this classification. */
  readonly classification?: Classification | undefined;
  /** Only those of this category. */
  readonly category?: Category | undefined;
  /** Only system types (`true`) or only custom ones (`false`). */
  readonly system?: boolean | undefined;
  /** Live ones (`false`, the default), retired ones (`true`) or both (`"both"`). */
  readonly retired?: boolean | "both" | undefined;
}

/** What a registry is as JSON: it loads again to a registry that says the same. */
export interface RegistryDocument {
  /** The rows, retired ones included; system defaults that the loaded list omitted are left out. */
  readonly data: readonly OutcomeType[];
  /** Present where the loaded list was incomplete. */
  readonly hasMore?: true;
}
