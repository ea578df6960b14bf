/**
 * The one way to put a question to the core: a document, its options, a verdict, an answer made of it.
 * @module
 */

import { finish, pass, unserializable } from "./answer.js";
import type { Passed, Report } from "./answer.js";
import { copy, extraLength, fill, isBytes } from "./document.js";
import type { Opened } from "./document.js";
import { EXTRA, TEXT } from "./flags.js";
import { place } from "./image.js";
import type { RegistryImage } from "./image.js";
import type { Settings } from "./options.js";
import { hasLoneSurrogate } from "./surrogates.js";
import type { Checked, Issue } from "./types.js";
import { ISSUES, RULES_PLACE, told } from "./wasm/exports.js";
import { generation, guarded, live, trapped } from "./wasm/instance.js";
import type { Exports } from "./wasm/instance.js";

/**
 * Copies all that a question needs and puts it. `extra` is the text beside the document, or the number that
 * the core takes in place of its length; a `registry` that is no image is the number in its place. @internal
 */
export function put(
  core: Exports,
  asked: number,
  registry: RegistryImage | number,
  { _content, _flags }: Opened,
  settings: Settings,
  extra?: string | number,
): number {
  const handle = typeof registry === "number" ? registry : place(core, registry);
  const isText = typeof extra === "string";
  const length = fill(core, _content, settings._limit, isText ? extra : undefined);
  placeRules(core, settings._rules);
  return core.check(
    asked,
    handle,
    length,
    isText ? extraLength : extra,
    _flags | settings._flags | (isText ? EXTRA : 0),
    settings._maxIssues,
    settings._limit,
    settings._now,
  );
}

/**
 * Puts a question the short way, making nothing; `undefined` where the document has to go the long way. @internal
 */
export function straight(
  asked: number,
  image: RegistryImage,
  document: unknown,
  settings: Settings,
  extra: string | undefined,
): number | undefined {
  if (!live || image._generation !== generation || settings._rules) return undefined;
  let flags = settings._flags | (extra === undefined ? 0 : EXTRA);
  let length;
  if (typeof document === "string") {
    length = copy(document, settings._limit, extra);
    // Nothing but ASCII has as many bytes as units.
    if (length !== document.length && hasLoneSurrogate(document)) return undefined;
    flags |= TEXT;
  } else if (isBytes(document)) {
    try {
      length = copy(document, settings._limit, extra);
    } catch {
      // Its memory is gone, or grows in another thread.
      return undefined;
    }
  } else return undefined;
  if (length < 0) return undefined;
  try {
    return live.check(
      asked,
      image._handle,
      length,
      extraLength,
      flags,
      settings._maxIssues,
      settings._limit,
      settings._now,
    );
  } catch (cause) {
    return trapped(cause);
  }
}

/** Puts a question; whatever the caller's options and documents run has run before. @internal */
export function ask<T>(
  asked: number,
  registry: RegistryImage | number,
  opened: Opened,
  settings: Settings,
  answer: (core: Exports, verdict: number) => Passed<T>,
  extra?: string | number,
): Checked<T> {
  if (opened._culprit) return answered(unserializable(opened._culprit), undefined, opened, settings);
  const verdict = guarded((core) => put(core, asked, registry, opened, settings, extra));
  return conclude(verdict, opened, settings, answer);
}

/** Makes an answer of a verdict, with all that there is to say. @internal */
export function conclude<T>(
  verdict: number,
  opened: Opened | undefined,
  settings: Settings,
  answer: (core: Exports, verdict: number) => Passed<T>,
): Checked<T> {
  let report: Report | undefined;
  const passed = guarded((core) => {
    if (verdict < 0 || (verdict & 1) !== 0) report = told(core, ISSUES);
    return verdict < 0 ? undefined : answer(core, verdict);
  });
  return answered(report, passed, opened, settings);
}

function answered<T>(
  report: Report | undefined,
  passed: Passed<T> | undefined,
  opened: Opened | undefined,
  settings: Settings,
): Checked<T> {
  if (report === undefined) return passed as Passed<T>;
  const { issues, warnings } = finish(report, opened, settings._message);
  return passed ? pass(passed.value, warnings) : { ok: false, issues: issues as unknown as [Issue, ...Issue[]], warnings };
}

/** Puts the severities of codes where the core reads them. @internal */
export function placeRules(core: Exports, rules: Uint8Array | undefined): void {
  if (!rules) return;
  // The address first: asking for it may make memory grow, which takes its buffer away.
  const address = core.address(RULES_PLACE) >>> 0;
  new Uint8Array(core.memory.buffer, address).set(rules);
}
