/**
 * The one way to put a question to the second module: options as JSON, a document, an answer in JSON.
 * @module
 */

import type { Checked, Issue } from "kaireon-outcomes";
import { finish, unserializable } from "../answer.js";
import type { Report } from "../answer.js";
import { encode, parse } from "../document.js";
import type { Opened } from "../document.js";
import { OBJECT, TEXT } from "../flags.js";
import type { Settings } from "../options.js";
import { BESIDE, DOCUMENT, LOG, NOTHING, OPTIONS, REGISTRY, shared } from "./instance.js";
import type { Instance } from "./instance.js";

// What `ask` is asked, as src/wasm/interactions.rs numbers it.
export const TALLY = 0;
export const EXPERIMENT = 1;
export const SUPPRESSION = 2;
export const METRIC = 3;
/** And the following, by the kind of the definition. */
export const DEFINITION = 4;
export const DELETE = 8;

/** What a question is about; what is left out is empty. @internal */
export interface Question {
  readonly _registry?: Uint8Array;
  readonly _log?: Uint8Array;
  readonly _beside?: Uint8Array;
}

/** What is said of a document. @internal */
export type Said = Report & { value?: unknown };

/** Options as they cross: JSON, in which what is `undefined` is absent. @internal */
export function putOptions(instance: Instance, options: object, settings: Settings, flags: number): void {
  const units = flags & TEXT ? 1 : flags & OBJECT ? 2 : 0;
  const { _maxIssues: maxIssues, _limit: maxBytes, _rules } = settings;
  instance._put(OPTIONS, encode(JSON.stringify({ ...options, units, maxIssues, maxBytes })));
  instance._rule(_rules);
}

/** As much of a document as it takes to see that it is too large. @internal */
export function bytesOfDocument(content: Uint8Array | string, limit: number): Uint8Array {
  if (typeof content !== "string") return content.length > limit ? content.subarray(0, limit + 1) : content;
  return encode(content.length > limit ? content.slice(0, limit + 1) : content);
}

/** Asks about a log or a registry alone. @internal */
export function ask(which: number, question: Question, options: object, settings: Settings): unknown {
  const said = shared._guarded((core) => {
    put(question, options, settings, 0);
    core.ask(which);
    return shared._made();
  });
  return frozen(parse(said));
}

/** Asks about a document: a definition, or several. @internal */
export function askOf<T>(
  which: number,
  opened: Opened,
  question: Question,
  options: object,
  settings: Settings,
): Checked<T> {
  if (opened._culprit) return refused(unserializable(opened._culprit), settings);
  const bytes = bytesOfDocument(opened._content, settings._limit);
  const { ok, json } = shared._guarded((core) => {
    put(question, options, settings, opened._flags);
    shared._put(DOCUMENT, bytes);
    return { ok: core.ask(which) > 0, json: shared._made() };
  });
  const said = parse(json) as Said;
  if (!ok) return refused(said, settings, opened);
  const { warnings } = finish(said, opened, settings._message);
  return frozen({ ok, value: said.value as T, warnings });
}

/** The answer to a document that does not pass. */
function refused(said: Said, settings: Settings, opened?: Opened): Extract<Checked<never>, { ok: false }> {
  const { issues, warnings } = finish(said, opened, settings._message);
  return frozen({ ok: false, issues: issues as [Issue, ...Issue[]], warnings });
}

function put({ _registry, _log, _beside }: Question, options: object, settings: Settings, flags: number): void {
  shared._put(REGISTRY, _registry ?? NOTHING);
  // A log is large: where none is asked about, the one that is there stays.
  if (_log) shared._put(LOG, _log);
  shared._put(BESIDE, _beside ?? NOTHING);
  putOptions(shared, options, settings, flags);
}

/** Plain data that nobody changes any more. @internal */
export function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}
