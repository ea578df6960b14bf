/**
 * The checks of one document each: open it, put one question to the core, make an answer of the verdict.
 * @module
 */

import { finish, NONE, refused, unserializable } from "./answer.js";
import type { Report } from "./answer.js";
import { extraLength, fill, formOf, open, stringify, Unserializable } from "./document.js";
import type { Opened } from "./document.js";
import { InvalidRegistryError } from "./errors.js";
import { EXTRA, OBJECT, RULES } from "./flags.js";
import { place, RegistryImage, writeRules } from "./image.js";
import { CALL_LIMIT, LIST_LIMIT, readCount, readMessage, readOptions, readRules, show } from "./options.js";
import type { CheckOptions, LoadOptions, MessageFunction } from "./options.js";
import { EscapedText } from "./surrogates.js";
import type { Checked, NewOutcomeType, OutcomeType, OutcomeTypePatch } from "./types.js";
import { guarded } from "./wasm/instance.js";
import type { Exports } from "./wasm/instance.js";

/** The registry of a check that needs none. */
const NO_REGISTRY = 0xffffffff;

interface Question<T> {
  image: RegistryImage | undefined;
  opened: Opened;
  limit: number;
  flags: number;
  extra?: string;
  options: CheckOptions | undefined;
  message: MessageFunction | undefined;
  call(core: Exports, registry: number, length: number, flags: number, maxIssues: number): number;
  value(core: Exports, verdict: number): T;
}

/** Puts a question; whatever the caller's options and documents run has run before it begins. */
function judge<T>({ image, opened, limit, flags, extra, options, message, call, value }: Question<T>): Checked<T> {
  const words = readMessage(options?.message, message);
  const maxIssues = readCount(options?.maxIssues, "maxIssues", 0);
  const rules = readRules(options?.rules);
  if (opened instanceof Unserializable) return refused(unserializable(opened), undefined, words);
  const content = opened instanceof EscapedText ? opened.text : opened;
  const all = flags | (rules === undefined ? 0 : RULES) | (extra === undefined ? 0 : EXTRA);
  let report: Report | undefined;
  const found = guarded((core) => {
    const registry = image === undefined ? NO_REGISTRY : place(core, image);
    const length = fill(core, content, limit, extra);
    if (rules !== undefined) writeRules(core, rules);
    const verdict = call(core, registry, length, all, maxIssues);
    if (verdict < 0 || (verdict & 1) !== 0) report = core.issues() as Report;
    return verdict < 0 ? undefined : { value: value(core, verdict) };
  });
  if (found === undefined) return refused(report as Report, opened, words);
  return { ok: true, value: found.value, warnings: report ? finish(report.warnings, opened, words) : NONE };
}

/** A list of outcome types: an image of it. @internal */
export function load(document: unknown, options: LoadOptions | undefined): Checked<RegistryImage> {
  readOptions(options);
  const limit = readCount(options?.maxBytes, "maxBytes", LIST_LIMIT);
  const maxTypes = readCount(options?.maxTypes, "maxTypes", 0);
  const maxDepth = readCount(options?.maxDepth, "maxDepth", 0);
  const message = readMessage(options?.message, undefined);
  const opened = open(document, limit);
  const checked = judge({
    image: undefined,
    opened,
    limit,
    flags: opened instanceof Unserializable ? 0 : formOf(document, opened),
    options,
    message,
    call: (core, _registry, length, flags, maxIssues) => core.load(length, flags, maxIssues, limit, maxTypes, maxDepth),
    value: (core) => core.image(),
  });
  if (!checked.ok) return checked;
  const { warnings } = checked;
  return { ok: true, value: new RegistryImage(checked.value, warnings, message), warnings };
}

/** A body to POST, or what a form holds (`flags`: `FORM`). @internal */
export function create(
  image: RegistryImage,
  draft: unknown,
  options: CheckOptions | undefined,
  flags = 0,
): Checked<NewOutcomeType> {
  readOptions(options);
  const opened = open(draft, CALL_LIMIT);
  return judge({
    image,
    opened,
    limit: CALL_LIMIT,
    flags: flags | (opened instanceof Unserializable ? 0 : formOf(draft, opened)),
    options,
    message: image.message,
    call: (core, registry, length, all, maxIssues) => core.create(registry, length, all, maxIssues),
    value: (core) => JSON.parse(core.value()) as NewOutcomeType,
  });
}

/** A change of the type of a key. @internal */
export function edit(
  image: RegistryImage,
  key: unknown,
  patch: unknown,
  options: CheckOptions | undefined,
): Checked<OutcomeTypePatch> {
  readOptions(options);
  const extra = stringify(key);
  const opened = typeof extra === "string" ? open(patch, CALL_LIMIT) : extra;
  return judge({
    image,
    opened,
    limit: CALL_LIMIT,
    flags: opened instanceof Unserializable ? 0 : formOf(patch, opened),
    extra: extra as string,
    options,
    message: image.message,
    call: (core, registry, length, all, maxIssues) => core.edit(registry, length, extraLength, all, maxIssues),
    value: (core) => JSON.parse(core.value()) as OutcomeTypePatch,
  });
}

/** Whether the type of a key may be deleted. @internal */
export function remove(
  image: RegistryImage,
  key: unknown,
  options: CheckOptions | undefined,
): Checked<OutcomeType | undefined> {
  return judge({
    ...aboutKey(image, key, options),
    call: (core, registry, length, all, maxIssues) => core.remove(registry, length, all, maxIssues),
    value(core, verdict) {
      const row = ((verdict >>> 6) & 0xfffff) - 1;
      return row < 0 ? undefined : image.type(core, row);
    },
  });
}

/** Whether a key may be given to a new type; without a registry, whether its syntax is right. @internal */
export function checkKeyIn(
  image: RegistryImage | undefined,
  key: unknown,
  options: CheckOptions | undefined,
): Checked<string> {
  return judge({
    ...aboutKey(image, key, options),
    call: (core, registry, length, all, maxIssues) => core.key(registry, length, all, maxIssues),
    value: () => key as string,
  });
}

/** Whether a key names a live type. @internal */
export function outcome(image: RegistryImage, key: unknown, options: CheckOptions | undefined): Checked<string> {
  return judge({
    ...aboutKey(image, key, options),
    call: (core, registry, length, all, maxIssues) => core.outcome(registry, length, all, maxIssues),
    value: () => key as string,
  });
}

function aboutKey(image: RegistryImage | undefined, key: unknown, options: CheckOptions | undefined) {
  readOptions(options);
  return { image, opened: stringify(key), limit: CALL_LIMIT, flags: OBJECT, options, message: image?.message };
}

/** The next registry, with a row put in or replaced. @internal */
export function withRow(image: RegistryImage, row: unknown): RegistryImage {
  const opened = open(row, CALL_LIMIT);
  if (opened instanceof Unserializable) throw invalid(unserializable(opened), opened, image.message);
  const content = opened instanceof EscapedText ? opened.text : opened;
  const flags = formOf(row, opened);
  let report: Report | undefined;
  const next = guarded((core) => {
    const registry = place(core, image);
    const verdict = core.with_row(registry, fill(core, content, CALL_LIMIT), flags);
    if (verdict === -1 || (verdict >= 0 && (verdict & 1) !== 0)) report = core.issues() as Report;
    return verdict < 0 ? verdict : core.image();
  });
  if (next === -1) throw invalid(report as Report, opened, image.message);
  if (typeof next === "number") throw new TypeError("A system type can be neither changed nor replaced");
  return new RegistryImage(next, report ? finish(report.warnings, opened, image.message) : NONE, image.message);
}

function invalid(report: Report, opened: Opened, message: MessageFunction | undefined): InvalidRegistryError {
  const { issues, warnings } = refused(report, opened, message);
  return new InvalidRegistryError(issues, warnings);
}

/** The next registry, with the type of a key retired; the same one where there is nothing to retire. @internal */
export function withoutKey(image: RegistryImage, key: string, deletedAt: string): RegistryImage {
  if (typeof key !== "string") throw new TypeError(`A key must be a string, not ${show(key)}`);
  if (typeof deletedAt !== "string" || deletedAt === "") {
    throw new TypeError(`\`deletedAt\` must be a non-empty string, not ${show(deletedAt)}`);
  }
  // What no registry holds needs no asking, and is not worth a copy.
  if (image.find(key) === undefined) return image;
  const next = guarded((core) => {
    const registry = place(core, image);
    const verdict = core.without_key(registry, fill(core, key, LIST_LIMIT, deletedAt), extraLength);
    return verdict > 0 ? core.image() : verdict;
  });
  if (next === 0) return image;
  if (typeof next === "number") throw new TypeError(`${show(key)} is a system type: it cannot be deleted`);
  return new RegistryImage(next, NONE, image.message);
}
