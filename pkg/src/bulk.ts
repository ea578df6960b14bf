/**
 * Bulk bodies: which items pass, and the body without the others.
 * @module
 */

import { finish, NONE, unserializable } from "./answer.js";
import type { Report } from "./answer.js";
import { fill, formOf, open, Unserializable } from "./document.js";
import { RULES } from "./flags.js";
import { place, writeRules } from "./image.js";
import type { RegistryImage } from "./image.js";
import { LIST_LIMIT, readCount, readMessage, readNow, readOptions, readRules } from "./options.js";
import type { BulkOptions } from "./options.js";
import { EscapedText } from "./surrogates.js";
import type { BulkAnswer, Bytes, Issue, RefusedItem } from "./types.js";
import { guarded } from "./wasm/instance.js";

interface Parts extends Report {
  passed: number[];
  refused: { index: number; issues: Issue[]; warnings: Issue[] }[];
}

/** Parts a bulk body into what passes and what does not. @internal */
export function checkBulk(image: RegistryImage, document: unknown, options: BulkOptions | undefined): BulkAnswer {
  readOptions(options);
  const limit = readCount(options?.maxBytes, "maxBytes", LIST_LIMIT);
  const maxIssues = readCount(options?.maxIssues, "maxIssues", 0);
  const now = readNow(options?.now);
  const message = readMessage(options?.message, image.message);
  const rules = readRules(options?.rules);
  const opened = open(document, limit);
  if (opened instanceof Unserializable) {
    const issues = finish(unserializable(opened).issues, opened, message);
    return { ok: false, size: 0, passed: [], refused: [], issues, warnings: NONE };
  }
  const content = opened instanceof EscapedText ? opened.text : opened;
  const flags = formOf(document, opened) | (rules === undefined ? 0 : RULES);
  const found = guarded((core): { parts: Parts; body?: Uint8Array } => {
    const registry = place(core, image);
    const length = fill(core, content, limit);
    if (rules !== undefined) writeRules(core, rules);
    const verdict = core.bulk(registry, length, flags, maxIssues, limit, now);
    // Nothing to say: no list has to cross.
    const parts = verdict >= 0 && (verdict & 3) === 0 ? clean(verdict >>> 2) : (core.bulk_answer() as Parts);
    if (verdict < 0) return { parts };
    return { parts, body: (verdict & 1) === 0 && typeof content !== "string" ? content : core.bulk_body() };
  });
  const { passed, refused, issues, warnings } = found.parts;
  return {
    ok: found.body !== undefined && refused.length === 0,
    size: passed.length + refused.length,
    passed,
    refused: refused.map((item) => ({
      index: item.index,
      issues: finish(item.issues, opened, message) as unknown as RefusedItem["issues"],
      warnings: finish(item.warnings, opened, message),
    })),
    ...(found.body === undefined ? {} : { body: found.body as Bytes }),
    issues: finish(issues, opened, message),
    warnings: finish(warnings, opened, message),
  };
}

function clean(size: number): Parts {
  return { passed: Array.from({ length: size }, (_, index) => index), refused: [], issues: [], warnings: [] };
}
