/**
 * Respond calls, one at a time: the hot path. A call that passes costs one crossing and no object.
 * @module
 */

import { finish, NONE, refused, unserializable } from "./answer.js";
import type { Report } from "./answer.js";
import { extraLength, fill, formOf, open, Unserializable } from "./document.js";
import { BULK_ITEM, EXTRA, RULES } from "./flags.js";
import { place, writeRules } from "./image.js";
import type { RegistryImage } from "./image.js";
import { CALL_LIMIT, readAs, readCount, readMessage, readNow, readOptions, readRules, show } from "./options.js";
import type { RespondOptions } from "./options.js";
import { EscapedText } from "./surrogates.js";
import type { Checked, Direction, RespondAnswer, RespondCall, Target } from "./types.js";
import { guarded } from "./wasm/instance.js";
import type { Exports } from "./wasm/instance.js";

const DIRECTIONS: readonly (Direction | undefined)[] = [undefined, "inbound", "outbound"];
const TARGETS: readonly (Target | undefined)[] = [undefined, "recommendation", "creative", "interaction", "offer"];

/** Whether a call passes, and what it means. @internal */
export function checkRespond(
  image: RegistryImage,
  call: unknown,
  options: RespondOptions | undefined,
): Checked<RespondAnswer> {
  return respond(image, call, options, answerTo);
}

/** The call in its current form. @internal */
export function readRespond(
  image: RegistryImage,
  call: unknown,
  options: RespondOptions | undefined,
): Checked<RespondCall> {
  return respond(image, call, options, readCall);
}

function respond<T>(
  image: RegistryImage,
  call: unknown,
  options: RespondOptions | undefined,
  answer: (core: Exports, image: RegistryImage, verdict: number) => Checked<T>,
): Checked<T> {
  let flags = 0;
  let limit = CALL_LIMIT;
  let maxIssues = 0;
  let now = NaN;
  let header: string | undefined;
  let rules: Uint8Array | undefined;
  let message = image.message;
  if (options !== undefined) {
    readOptions(options);
    header = readHeader(options.idempotencyKey);
    flags = (readAs(options.as) ? BULK_ITEM : 0) | (header === undefined ? 0 : EXTRA);
    limit = readCount(options.maxBytes, "maxBytes", CALL_LIMIT);
    maxIssues = readCount(options.maxIssues, "maxIssues", 0);
    now = readNow(options.now);
    message = readMessage(options.message, message);
    rules = readRules(options.rules);
    if (rules !== undefined) flags |= RULES;
  }
  const opened = open(call, limit);
  if (opened instanceof Unserializable) return refused(unserializable(opened), undefined, message);
  const content = opened instanceof EscapedText ? opened.text : opened;
  flags |= formOf(call, opened);
  let report: Report | undefined;
  const clean = guarded((core) => {
    const registry = place(core, image);
    const length = fill(core, content, limit, header);
    if (rules !== undefined) writeRules(core, rules);
    const verdict = core.respond(registry, length, extraLength, flags, maxIssues, limit, now);
    if (verdict < 0 || (verdict & 1) !== 0) report = core.issues() as Report;
    return verdict < 0 ? undefined : answer(core, image, verdict);
  });
  if (clean === undefined) return refused(report as Report, opened, message);
  if (report === undefined) return clean;
  return { ok: true, value: clean.value as T, warnings: finish(report.warnings, opened, message) };
}

function readHeader(value: string | null | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw new TypeError(`\`idempotencyKey\` must be a string or null, not ${show(value)}`);
  return value;
}

/** The answer to a verdict, made once; its warnings, if any, are the caller's to add. */
function answerTo(core: Exports, image: RegistryImage, verdict: number): Checked<RespondAnswer> {
  const kind = verdict & ~1;
  const known = image.answer(kind);
  if (known !== undefined) return known;
  const direction = DIRECTIONS[(verdict >>> 1) & 3];
  const target = TARGETS[(verdict >>> 3) & 7];
  const row = ((verdict >>> 6) & 0xfffff) - 1;
  if (row < 0) {
    const key = core.word();
    const value = key === undefined ? { outcome: undefined, direction, target } : { outcome: undefined, key, direction, target };
    return { ok: true, value: Object.freeze(value), warnings: NONE };
  }
  const value = Object.freeze({ outcome: image.type(core, row), direction, target });
  const made = Object.freeze({ ok: true, value, warnings: NONE } as const);
  image.keep(kind, made);
  return made;
}

function readCall(core: Exports): Checked<RespondCall> {
  return { ok: true, value: JSON.parse(core.value()) as RespondCall, warnings: NONE };
}
