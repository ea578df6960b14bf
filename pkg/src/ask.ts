/**
 * The one way to put a question to the core: a document, its options, a verdict, an answer made of it.
 * @module
 */

import { finish, pass, unserializable } from "./answer.js";
import type { Passed, Report } from "./answer.js";
import { extraLength, fill } from "./document.js";
import type { Opened } from "./document.js";
import { EXTRA } from "./flags.js";
import { place } from "./image.js";
import type { RegistryImage } from "./image.js";
import type { Settings } from "./options.js";
import type { Checked, Issue } from "./types.js";
import { ISSUES, RULES_PLACE } from "./wasm/exports.js";
import { guarded } from "./wasm/instance.js";
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
 * Puts a question, and makes an answer of the verdict, with all that there is to say. Whatever the caller's options
 * and documents run has run before. A `verdict` that is there already spares the question, and opening. @internal
 */
export function ask<T>(
  asked: number,
  registry: RegistryImage | number,
  opened: Opened | undefined,
  settings: Settings,
  answer: (core: Exports, verdict: number) => Passed<T>,
  extra?: string | number,
  verdict?: number,
): Checked<T> {
  let report: Report | undefined;
  let passed: Passed<T> | undefined;
  if (opened?._culprit) {
    report = unserializable(opened._culprit);
  } else {
    passed = guarded((core) => {
      verdict ??= put(core, asked, registry, opened as Opened, settings, extra);
      if (verdict < 0 || (verdict & 1) !== 0) report = core.answer(ISSUES);
      return verdict < 0 ? undefined : answer(core, verdict);
    });
  }
  if (report === undefined) return passed as Passed<T>;
  finish(report, opened, settings._message);
  return passed ? pass(passed.value, report.warnings) : { ok: false, ...(report as Report & { issues: [Issue, ...Issue[]] }) };
}

/** Puts the severities of codes where the core reads them. @internal */
export function placeRules(core: Exports, rules: Uint8Array | undefined): void {
  if (rules) new Uint8Array(core.memory.buffer, core.address(RULES_PLACE) >>> 0).set(rules);
}
