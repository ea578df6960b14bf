/**
 * What the caller may ask for besides the check itself, read once and refused loudly where it makes no sense.
 * @module
 */

import { FIXED_CODES, ISSUE_CODES } from "../wasm/issue.js";
import type { FixedCode } from "../wasm/issue.js";
import { BULK_ITEM, RULES } from "./flags.js";
import { CALL_LIMIT } from "./limits.js";
import type { Issue, IssueCode, OutcomeKey } from "./types.js";

/** A code that {@link CheckOptions.rules} may override: all but those of reading. */
export type RuleCode = Exclude<IssueCode, FixedCode>;

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

/** What the options of all checks say: each reads what concerns it. @internal */
export interface Settings {
  readonly _rules: Uint8Array | undefined;
  readonly _message: MessageFunction | undefined;
  readonly _maxIssues: number;
  readonly _limit: number;
  readonly _now: number;
  readonly _header: string | undefined;
  _flags: number;
}

/** Reads the options that checks share; the registry's `message` counts where there is none of the caller's. @internal */
export function readSettings(
  options: (RespondOptions & BulkOptions) | undefined,
  image?: { readonly _message: MessageFunction | undefined },
  limit = CALL_LIMIT,
): Settings {
  const given = readOptions(options) ?? {};
  const rules = readRules(given.rules);
  return {
    _rules: rules,
    _message: readMessage(given.message) ?? image?._message,
    _maxIssues: readCount(given.maxIssues, "maxIssues", 0),
    _limit: readCount(given.maxBytes, "maxBytes", limit),
    _now: readNow(given.now),
    _header: readHeader(given.idempotencyKey),
    // The second choice is 2, which is the flag.
    _flags: (choice("as", given.as, ["call", "bulk-item"]) & BULK_ITEM) | (rules ? RULES : 0),
  };
}

/** Misuse, which throws. @internal */
export function misuse(name: string, wanted: string, value: unknown, Kind = TypeError): never {
  throw new Kind(`\`${name}\` must be ${wanted}, not ${show(value)}`);
}

/** One byte a code (0: its default, 1: error, 2: warning, 3: off), or nothing to override. */
function readRules(rules: Rules | undefined): Uint8Array | undefined {
  if (rules === undefined) return undefined;
  if (!isObject(rules)) misuse("rules", "an object", rules);
  const bytes = new Uint8Array(ISSUE_CODES.length);
  for (const code of Object.keys(rules)) {
    const index = ISSUE_CODES.indexOf(code as IssueCode);
    if (index < 0 || (FIXED_CODES / 2 ** index) & 1) misuse("rules", "made of codes that can be overridden", code);
    bytes[index] = choice(code, rules[code as RuleCode], ["error", "warning", "off"]);
  }
  return bytes;
}

/** The function that words issues. @internal */
export function readMessage(message: MessageFunction | undefined): MessageFunction | undefined {
  if (message !== undefined && typeof message !== "function") misuse("message", "a function", message);
  return message;
}

/** A whole number from 1, or what stands for none; 0 is the core's own default. @internal */
export function readCount(value: number | undefined, name: string, absent: number): number {
  if (value === undefined) return absent;
  const isWhole = Number.isInteger(value);
  if (!isWhole || value < 1) misuse(name, "an integer from 1", value, isWhole ? RangeError : TypeError);
  return Math.min(value, 0x7fffffff);
}

/** The header's value; `null`, as `headers.get()` has it, is none. */
function readHeader(header: string | null = null): string | undefined {
  if (header === null) return undefined;
  return typeof header === "string" ? header : misuse("idempotencyKey", "a string or null", header);
}

/** The present in milliseconds; NaN where none is given. */
function readNow(now: number | Date | undefined): number {
  if (now === undefined) return NaN;
  // A date of another realm is a date too.
  const time: unknown = kindOf(now) === "[object Date]" ? Number(now) : now;
  return Number.isFinite(time) ? (time as number) : misuse("now", "a number of milliseconds or a valid Date", now);
}

/** What the language calls a value, of another realm too. @internal */
export function kindOf(value: unknown): string {
  return {}.toString.call(value);
}

/** Whether a value is an object, and no function. @internal */
export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** The options themselves; nothing but an object will do. @internal */
export function readOptions<T extends object>(options: T | undefined): T | undefined {
  if (options !== undefined && !isObject(options)) misuse("options", "an object", options);
  return options;
}

/** The place of a value among those that may be chosen, from 1; 0 where none is given. @internal */
export function choice(name: string, value: unknown, choices: readonly unknown[]): number {
  return value === undefined ? 0 : choices.indexOf(value) + 1 || misuse(name, `one of ${choices.join(", ")}`, value);
}

/** A value in an error message: the beginning of its text where it is a word or a number, else its kind. @internal */
export function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 64));
  return typeof value === "number" || value === null ? String(value) : typeof value;
}
