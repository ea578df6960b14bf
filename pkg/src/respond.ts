/**
 * Respond calls, one at a time: the hot path. A call that passes costs one crossing and hardly an object.
 * @module
 */

import { pass } from "./answer.js";
import type { Passed } from "./answer.js";
import { ask } from "./ask.js";
import { value } from "./checks.js";
import { copy, extraLength, isBytes, open } from "./document.js";
import { EXTRA, TEXT } from "./flags.js";
import { rowOf } from "./image.js";
import type { RegistryImage } from "./image.js";
import { readSettings } from "./options.js";
import type { RespondOptions, Settings } from "./options.js";
import { hasLoneSurrogate } from "./surrogates.js";
import type { Checked, Direction, RespondAnswer, RespondCall, Target } from "./types.js";
import { RESPOND, WORD } from "./wasm/exports.js";
import { generation, live, trapped } from "./wasm/instance.js";
import type { Exports } from "./wasm/instance.js";

const DIRECTIONS: readonly (Direction | undefined)[] = [undefined, "inbound", "outbound"];
const TARGETS: readonly (Target | undefined)[] = [undefined, "recommendation", "creative", "interaction", "offer"];

/** Whether a call passes, and what it means. @internal */
export function checkRespond(
  image: RegistryImage,
  call: unknown,
  options: RespondOptions | undefined,
): Checked<RespondAnswer> {
  const settings = options === undefined ? (image._usual ??= readSettings(options, image)) : readSettings(options, image);
  const verdict = straight(image, call, settings);
  // Where there is nothing to say it nearly always is one of a few verdicts.
  const known = image._answers[verdict! >>> 6]?.[verdict! & 63];
  if (known) return known;
  const opened = verdict === undefined ? open(call, settings._limit) : undefined;
  return ask(RESPOND, image, opened, settings, (core, found) => answerTo(core, image, found), settings._header, verdict);
}

/** The call in its current form. @internal */
export function readRespond(
  image: RegistryImage,
  call: unknown,
  options: RespondOptions | undefined,
): Checked<RespondCall> {
  const settings = readSettings(options, image);
  return ask(RESPOND, image, open(call, settings._limit), settings, value<RespondCall>, settings._header);
}

/**
 * The verdict on a call by the short way, on which nothing is made: for bytes and well-formed text, as long as there is
 * room for them. `undefined` where the call has to go the long way.
 */
function straight(
  image: RegistryImage,
  call: unknown,
  { _flags, _header, _limit, _maxIssues, _now, _rules }: Settings,
): number | undefined {
  const isText = typeof call === "string";
  if (!live || image._generation !== generation || _rules || !(isText || isBytes(call))) return undefined;
  let length;
  try {
    length = copy(call, _limit, _header);
  } catch {
    // The memory of the bytes is gone, or grows in another thread.
    return undefined;
  }
  // Nothing but ASCII has as many bytes as units.
  if (length < 0 || (isText && length !== call.length && hasLoneSurrogate(call))) return undefined;
  const flags = _flags | (_header === undefined ? 0 : EXTRA) | (isText ? TEXT : 0);
  try {
    return live.check(RESPOND, image._handle, length, extraLength, flags, _maxIssues, _limit, _now);
  } catch (cause) {
    return trapped(cause);
  }
}

/** The answer to a verdict, made once; its warnings, if any, are the caller's to add. */
function answerTo(core: Exports, image: RegistryImage, verdict: number): Passed<RespondAnswer> {
  const kinds = (image._answers[verdict >>> 6] ??= []);
  const kind = verdict & 62;
  const known = kinds[kind];
  if (known) return known;
  const outcome = image._type(core, rowOf(verdict));
  const key = outcome ? undefined : core.answer(WORD);
  const direction = DIRECTIONS[(verdict >>> 1) & 3];
  const target = TARGETS[(verdict >>> 3) & 7];
  const made = pass(Object.freeze({ outcome, ...(key !== undefined && { key }), direction, target }));
  if (outcome) kinds[kind] = Object.freeze(made);
  return made;
}
