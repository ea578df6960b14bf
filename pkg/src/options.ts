/**
 * What the caller may ask for besides the check itself, read once and refused loudly where it makes no sense.
 * @module
 */

import { FIXED_CODES, ISSUE_CODES } from "../wasm/issue.js";
import type { Issue, IssueCode, OutcomeKey } from "./types.js";

/** A code that {@link CheckOptions.rules} may override: all but those of reading. */
export type RuleCode = Exclude<IssueCode, (typeof FIXED_CODES)[number]>;

/**
 * What a code counts as, for whoever knows their server better than the defaults do.
 *
 * ```ts
 * registry.checkRespond(call, { rules: { unknown_field: "error", timestamp_form: "off" } });
 * ```
 */
export type Rules = { readonly [Code in RuleCode]?: "error" | "warning" | "off" | undefined };

/** Another message for an issue, in another language say; `undefined` keeps the one it has. */
export type MessageFunction = (issue: Issue) => string | undefined;

/** What every check and schema takes. */
export interface CheckOptions {
  /** What codes count as. An unknown code, or one that cannot be overridden, throws a `TypeError`. */
  readonly rules?: Rules | undefined;
  /** Another message for an issue. What it throws is passed on. */
  readonly message?: MessageFunction | undefined;
  /** How many issues, and how many warnings, an answer lists at most: an integer from 1. Default 100. */
  readonly maxIssues?: number | undefined;
}

/** What checks of calls take besides. */
export interface CallOptions extends CheckOptions {
  /** The present (milliseconds since 1970, or a `Date`): with it, timestamps ahead of it are reported. */
  readonly now?: number | Date | undefined;
}

/** Options of `checkRespond`, `readRespond` and the respond schema. */
export interface RespondOptions extends CallOptions {
  /** The value of the `Idempotency-Key` header, as `headers.get()` gives it; blank counts as absent. */
  readonly idempotencyKey?: string | null | undefined;
  /** What the document is: a Respond call (the default) or one item of a bulk body. */
  readonly as?: "call" | "bulk-item" | undefined;
  /** The largest document that is read, in bytes. Default 1 MiB. */
  readonly maxBytes?: number | undefined;
}

/** Options of `checkBulk` and the bulk schema; `maxIssues` counts per item. */
export interface BulkOptions extends CallOptions {
  /** The largest document that is read, in bytes. Default 16 MiB. */
  readonly maxBytes?: number | undefined;
}

/** Options of `checkLines`; `maxIssues` counts per line. */
export interface LinesOptions extends CallOptions {
  /** What a line is: one item of a bulk body (`"bulk-item"`) or a Respond call (`"call"`, the default). */
  readonly as?: "call" | "bulk-item" | undefined;
  /** The longest line that is read, in bytes. Default 1 MiB. */
  readonly maxLineBytes?: number | undefined;
}

/** Options of `OutcomeRegistry.load` and `from`. `message` then counts for all checks of the registry. */
export interface LoadOptions extends CheckOptions {
  /** The largest document that is read, in bytes. Default 16 MiB. */
  readonly maxBytes?: number | undefined;
  /** The most outcome types that are taken. Default 100,000. */
  readonly maxTypes?: number | undefined;
  /** The deepest nesting that is read, in levels. Default 1,000. */
  readonly maxDepth?: number | undefined;
}

/** Options of `OutcomeRegistry.defaults`. */
export interface DefaultsOptions {
  /** Another message for an issue, for all checks of the registry. */
  readonly message?: MessageFunction | undefined;
}

/** Options of the edit schema. */
export interface EditOptions extends CheckOptions {
  /** The key of the outcome type that is being edited. */
  readonly key: OutcomeKey;
}

// What is too large is the core's word; these only say what is worth copying to it, and every call that
// can names them, so that the two cannot disagree.

/** The most bytes of a call, of a type, of a key and of a line. @internal */
export const CALL_LIMIT = 1 << 20;
/** The most bytes of a list of outcome types and of a bulk body. @internal */
export const LIST_LIMIT = 1 << 24;

const SEVERITIES = ["error", "warning", "off"];

/** One byte a code (0: its default, 1: error, 2: warning, 3: off), or nothing to override. @internal */
export function readRules(rules: Rules | undefined): Uint8Array | undefined {
  if (rules === undefined) return undefined;
  if (typeof rules !== "object" || rules === null) throw new TypeError("`rules` must be an object");
  const bytes = new Uint8Array(ISSUE_CODES.length);
  for (const code of Object.keys(rules)) {
    const severity = rules[code as RuleCode];
    const index = ISSUE_CODES.indexOf(code as IssueCode);
    if (index < 0) throw new TypeError(`rules: there is no issue code \`${code}\``);
    if ((FIXED_CODES as readonly string[]).includes(code)) throw new TypeError(`rules: \`${code}\` cannot be overridden`);
    if (severity === undefined) continue;
    const level = SEVERITIES.indexOf(severity) + 1;
    if (level === 0) throw new TypeError(`rules: \`${code}\` must be "error", "warning" or "off", not ${show(severity)}`);
    bytes[index] = level;
  }
  return bytes;
}

/** The function that words issues: the caller's own, else the registry's. @internal */
export function readMessage(
  message: MessageFunction | undefined,
  inherited: MessageFunction | undefined,
): MessageFunction | undefined {
  if (message === undefined) return inherited;
  if (typeof message !== "function") throw new TypeError(`\`message\` must be a function, not ${show(message)}`);
  return message;
}

/** A whole number from 1, or what stands for none; 0 is the core's own default. @internal */
export function readCount(value: number | undefined, name: string, absent: number): number {
  if (value === undefined) return absent;
  if (!Number.isInteger(value)) throw new TypeError(`\`${name}\` must be an integer, not ${show(value)}`);
  if (value < 1) throw new RangeError(`\`${name}\` must be at least 1, not ${value}`);
  return Math.min(value, 0x7fffffff);
}

/** The present in milliseconds; NaN where none is given. @internal */
export function readNow(now: number | Date | undefined): number {
  if (now === undefined) return NaN;
  let time: unknown = now;
  if (typeof now === "object" && now !== null) {
    // A date of another realm is a date too.
    time = Object.prototype.toString.call(now) === "[object Date]" ? Date.prototype.getTime.call(now) : NaN;
  }
  if (typeof time !== "number" || !Number.isFinite(time)) {
    throw new TypeError("`now` must be a number of milliseconds or a valid Date");
  }
  return time;
}

/** The options themselves; nothing but an object will do. @internal */
export function readOptions<T extends object>(options: T | undefined): T | undefined {
  if (options !== undefined && (typeof options !== "object" || options === null)) {
    throw new TypeError(`Options must be an object, not ${show(options)}`);
  }
  return options;
}

/** Whether a bulk item is meant. @internal */
export function readAs(as: "call" | "bulk-item" | undefined): boolean {
  if (as === undefined || as === "call") return false;
  if (as === "bulk-item") return true;
  throw new TypeError(`\`as\` must be "call" or "bulk-item", not ${show(as)}`);
}

/** A value in an error message: its text where it is a word or a number, else its kind. @internal */
export function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 64 ? `${value.slice(0, 64)}…` : value);
  return typeof value === "number" || value === null ? String(value) : typeof value;
}
