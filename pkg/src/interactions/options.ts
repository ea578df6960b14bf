/**
 * What may be asked for beside a definition or a log, read once and refused loudly where it makes no sense.
 * @module
 */

import type { CheckOptions, Document, OutcomeKey } from "kaireon-outcomes";
import { isObject, kindOf, misuse, readCount, readOptions, readSettings } from "../options.js";
import type { Settings } from "../options.js";

/** What a document defines. */
export type DefinitionKind = "contact-policy" | "behavioral-metric" | "experiment" | "summary-definition";

/** Options of `checkDefinition`. */
export interface DefinitionOptions extends CheckOptions {
  /** The outcomes that an experiment compares. Default: `impression` and `conversion`. */
  readonly compared?: readonly OutcomeKey[] | undefined;
  /** The largest document that is read, in bytes. Default 16 MiB. */
  readonly maxBytes?: number | undefined;
}

/** Options of `checkDelete`. */
export interface DeleteOptions extends CheckOptions {
  /**
   * The definitions at hand, by their kind: lists of them, or what the API answers. As bytes, text or value.
   *
   * ```ts
   * { "contact-policy": policies, "behavioral-metric": { data: metrics } }
   * ```
   */
  readonly definitions: Document;
}

/** Options of `Interactions.readLines`. */
export interface LinesReadOptions extends CheckOptions {
  /** The time (milliseconds since 1970, or a `Date`) of rows that have none; without it they are left out. */
  readonly at?: number | Date | undefined;
  /** The most bytes of a list (default 1 GiB) or of a line (default 1 MiB). */
  readonly maxBytes?: number | undefined;
}

/** Options of `Interactions.read`; `maxIssues` counts per row. */
export interface ReadOptions extends LinesReadOptions {
  /** What bytes and text are: one JSON document (the default), or `"lines"` of one row each (NDJSON). */
  readonly as?: "list" | "lines" | undefined;
}

/** Options of `tally`. */
export interface TallyOptions {
  /** The present (milliseconds since 1970, or a `Date`): only rows up to it count. Default: all rows. */
  readonly now?: number | Date | undefined;
  /** Only rows of so many days before `now`, which then has to be given. */
  readonly days?: number | undefined;
}

/** Whom a policy is asked about, and what they would be shown. */
export interface Candidate {
  /** The customer. */
  readonly customerId: string;
  /** The offer. */
  readonly offerId?: string | undefined;
  /** Its creative. */
  readonly creativeId?: string | undefined;
  /** The channel. */
  readonly channelId?: string | undefined;
}

/** Options of `suppression`. */
export interface SuppressionOptions extends CheckOptions {
  /** The present: milliseconds since 1970, or a `Date`. */
  readonly now: number | Date;
}

/** Options of `metric`. */
export interface MetricOptions extends CheckOptions {
  /** The present: milliseconds since 1970, or a `Date`. */
  readonly now: number | Date;
  /** Only the interactions of this customer. */
  readonly customerId?: string | undefined;
}

/** Options of `experiment`. */
export interface ExperimentOptions extends TallyOptions {
  /** The outcomes that are an exposure. Default `["impression"]`. */
  readonly exposure?: readonly OutcomeKey[] | undefined;
  /** The outcomes that are a conversion. Default `["conversion"]`. */
  readonly conversion?: readonly OutcomeKey[] | undefined;
  /** What is counted: each `"customer"` once (the default), or each `"interaction"`. */
  readonly unit?: "customer" | "interaction" | undefined;
  /** The variant that the others are held against. Default: `__holdout__`, `__champion__` or `control`. */
  readonly control?: string | undefined;
  /** Below so many exposures a variant is `small`. Default 50. */
  readonly minSamples?: number | undefined;
}

/** What checks share; of an options object only that. @internal */
export function settingsOf(options: (CheckOptions & { maxBytes?: number | undefined }) | undefined, limit: number): Settings {
  const { rules, message, maxIssues, maxBytes } = readOptions(options) ?? {};
  return readSettings({ rules, message, maxIssues, maxBytes }, undefined, limit);
}

/** A point in time, in milliseconds. @internal */
export function readTime(name: string, value: number | Date | undefined): number {
  const time: unknown = kindOf(value) === "[object Date]" ? Number(value) : value;
  return Number.isFinite(time) ? Math.floor(time as number) : misuse(name, "a number of milliseconds or a valid Date", value);
}

/** A window, whose end has to be given where it has a beginning. @internal */
export function readWindow({ now, days }: TallyOptions): { now?: number; days?: number } {
  if (now === undefined && days === undefined) return {};
  const window = { now: readTime("now", now) };
  return days === undefined ? window : { ...window, days: readCount(days, "days", 0) };
}

/** A text, where there is one. @internal */
export function readText(name: string, value: string | undefined): string | undefined {
  return value === undefined || typeof value === "string" ? value : misuse(name, "a string", value);
}

/** A list of keys, where there is one. @internal */
export function readKeys(name: string, value: readonly string[] | undefined): readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || !value.every((key) => typeof key === "string")) misuse(name, "an array of strings", value);
  return [...value];
}

/** A candidate, with nothing else of the object. @internal */
export function readCandidate(candidate: Candidate): Candidate {
  if (!isObject(candidate)) misuse("candidate", "an object", candidate);
  const { customerId, offerId, creativeId, channelId } = candidate;
  return {
    customerId: readText("customerId", customerId) ?? misuse("customerId", "a string", customerId),
    offerId: readText("offerId", offerId),
    creativeId: readText("creativeId", creativeId),
    channelId: readText("channelId", channelId),
  };
}

/** Options that have to be there: the present is nobody's guess. @internal */
export function needed<T extends object>(options: T): T {
  return readOptions(options) ?? misuse("options", "an object", options);
}
