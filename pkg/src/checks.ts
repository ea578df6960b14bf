/**
 * The checks of one document each: open it, put one question to the core, make an answer of the verdict.
 * @module
 */

import { NONE, pass } from "./answer.js";
import type { Passed } from "./answer.js";
import { ask, put } from "./ask.js";
import { open, stringify } from "./document.js";
import { InvalidRegistryError } from "./errors.js";
import { RegistryImage, rowOf } from "./image.js";
import { CALL_LIMIT, LIST_LIMIT } from "./limits.js";
import { misuse, readCount, readSettings } from "./options.js";
import type { CheckOptions, LoadOptions, Settings } from "./options.js";
import type { Checked, NewOutcomeType, OutcomeType, OutcomeTypePatch } from "./types.js";
import { CREATE, EDIT, KEY, LOAD, made, NO_REGISTRY, OUTCOME, REMOVE, VALUE, WITH, WITHOUT } from "./wasm/exports.js";
import { guarded } from "./wasm/instance.js";
import type { Exports } from "./wasm/instance.js";

/** The image that the core has made. */
const imageMade = (core: Exports) => pass(made(core));

/** What the document says, in its current form. @internal */
export const value = <T>(core: Exports): Passed<T> => pass(core.answer(VALUE));

/** A list of outcome types: an image of it. @internal */
export function load(document: unknown, options: LoadOptions | undefined): Checked<RegistryImage> {
  const settings = readSettings(options, undefined, LIST_LIMIT);
  const maxTypes = readCount(options?.maxTypes, "maxTypes", 0);
  const maxDepth = readCount(options?.maxDepth, "maxDepth", 0);
  return imageOf(ask(LOAD, maxTypes, open(document, settings._limit), settings, imageMade, maxDepth), settings);
}

function imageOf(checked: Checked<Uint8Array>, { _message }: Settings): Checked<RegistryImage> {
  const { warnings } = checked;
  return checked.ok ? pass(new RegistryImage(checked.value, warnings, _message), warnings) : checked;
}

/** A body to POST, or what a form holds (`flags`: `FORM`). @internal */
export function create(
  image: RegistryImage,
  draft: unknown,
  options: CheckOptions | undefined,
  flags = 0,
): Checked<NewOutcomeType> {
  const settings = readSettings(options, image);
  settings._flags |= flags;
  return ask(CREATE, image, open(draft, CALL_LIMIT), settings, value<NewOutcomeType>);
}

/** A change of the type of a key. @internal */
export function edit(
  image: RegistryImage,
  key: unknown,
  patch: unknown,
  options: CheckOptions | undefined,
): Checked<OutcomeTypePatch> {
  const settings = readSettings(options, image);
  const about = stringify(key);
  const opened = about._culprit ? about : open(patch, CALL_LIMIT);
  return ask(EDIT, image, opened, settings, value<OutcomeTypePatch>, about._content as string);
}

/** Whether the type of a key may be deleted. @internal */
export function remove(
  image: RegistryImage,
  key: unknown,
  options: CheckOptions | undefined,
): Checked<OutcomeType | undefined> {
  return ask(REMOVE, image, stringify(key), readSettings(options, image), (core, verdict) =>
    pass(image._type(core, rowOf(verdict))),
  );
}

/** Whether a key may be given to a new type; without a registry, whether its syntax is right. @internal */
export function checkKeyIn(
  image: RegistryImage | undefined,
  key: unknown,
  options: CheckOptions | undefined,
): Checked<string> {
  const settings = readSettings(options, image);
  return ask(KEY, image ?? NO_REGISTRY, stringify(key), settings, () => pass(key as string));
}

/** Whether a key names a live type. @internal */
export function outcome(image: RegistryImage, key: unknown, options: CheckOptions | undefined): Checked<string> {
  return ask(OUTCOME, image, stringify(key), readSettings(options, image), () => pass(key as string));
}

/** The next registry, with a row put in or replaced. @internal */
export function withRow(image: RegistryImage, row: unknown): RegistryImage {
  const settings = readSettings(undefined, image, LIST_LIMIT);
  const checked = imageOf(ask(WITH, image, open(row, LIST_LIMIT), settings, imageMade), settings);
  if (checked.ok) return checked.value;
  // Refused without an issue: the row is well made, and a system type's.
  if (checked.issues.length === 0) systemType();
  throw new InvalidRegistryError(checked.issues, checked.warnings);
}

function systemType(): never {
  throw new TypeError("A system type can be neither changed nor deleted");
}

/** The next registry, with the type of a key retired; the same one where there is nothing to retire. @internal */
export function withoutKey(image: RegistryImage, key: string, deletedAt: string): RegistryImage {
  if (typeof key !== "string") misuse("key", "a string", key);
  if (typeof deletedAt !== "string" || deletedAt === "") misuse("deletedAt", "a non-empty string", deletedAt);
  // What no registry holds needs no asking, and is not worth a copy.
  if (image._find(key) === undefined) return image;
  const settings = readSettings(undefined, undefined, LIST_LIMIT);
  const next = guarded((core) => {
    const verdict = put(core, WITHOUT, image, { _content: key, _flags: 0 }, settings, deletedAt);
    return verdict > 0 ? made(core) : verdict;
  });
  if (next === 0) return image;
  if (typeof next === "number") systemType();
  return new RegistryImage(next, NONE, image._message);
}
