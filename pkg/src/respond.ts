/**
 * Respond calls, one at a time: the hot path. A call that passes costs one crossing and hardly an object.
 * @module
 */

import { pass } from "./answer.js";
import type { Passed } from "./answer.js";
import { ask, conclude, straight } from "./ask.js";
import { value } from "./checks.js";
import { open } from "./document.js";
import { rowOf } from "./image.js";
import type { RegistryImage } from "./image.js";
import { MOST_ANSWERS } from "./limits.js";
import { misuse, readSettings } from "./options.js";
import type { RespondOptions } from "./options.js";
import type { Checked, Direction, RespondAnswer, RespondCall, Target } from "./types.js";
import { RESPOND, WORD } from "./wasm/exports.js";
import type { Exports } from "./wasm/instance.js";

const DIRECTIONS: readonly Direction[] = ["inbound", "outbound"];
const TARGETS: readonly Target[] = ["recommendation", "creative", "interaction", "offer"];

/** Whether a call passes, and what it means. @internal */
export function checkRespond(
  image: RegistryImage,
  call: unknown,
  options: RespondOptions | undefined,
): Checked<RespondAnswer> {
  const settings = options === undefined ? (image._usual ??= readSettings(options, image)) : readSettings(options, image);
  const header = readHeader(options);
  const verdict = straight(RESPOND, image, call, settings, header);
  // What passes without a word nearly always is one of a few verdicts.
  const known = image._answers.get(verdict as number);
  if (known) return known;
  const answer = (core: Exports, verdict: number) => answerTo(core, image, verdict);
  return verdict === undefined
    ? ask(RESPOND, image, open(call, settings._limit), settings, answer, header)
    : conclude(verdict, undefined, settings, answer);
}

/** The call in its current form. @internal */
export function readRespond(
  image: RegistryImage,
  call: unknown,
  options: RespondOptions | undefined,
): Checked<RespondCall> {
  const settings = readSettings(options, image);
  return ask(RESPOND, image, open(call, settings._limit), settings, value<RespondCall>, readHeader(options));
}

function readHeader(options: RespondOptions | undefined): string | undefined {
  const header = options?.idempotencyKey ?? undefined;
  if (header !== undefined && typeof header !== "string") misuse("idempotencyKey", "a string or null", header);
  return header;
}

/** The answer to a verdict, made once; its warnings, if any, are the caller's to add. */
function answerTo(core: Exports, image: RegistryImage, verdict: number): Passed<RespondAnswer> {
  const { _answers: answers } = image;
  const kind = verdict & ~1;
  const known = answers.get(kind) as Passed<RespondAnswer> | undefined;
  if (known !== undefined) return known;
  const outcome = image._type(core, rowOf(verdict));
  const key = outcome ? undefined : (core.answer(WORD) as string | undefined);
  const direction = DIRECTIONS[((verdict >>> 1) & 3) - 1];
  const target = TARGETS[((verdict >>> 3) & 7) - 1];
  const made = pass(Object.freeze({ outcome, ...(key !== undefined && { key }), direction, target }));
  if (outcome) {
    if (answers.size >= MOST_ANSWERS) answers.clear();
    answers.set(kind, Object.freeze(made));
  }
  return made;
}
