/**
 * Bulk bodies: which items pass, and the body without the others.
 * @module
 */

import { finish, unserializable } from "./answer.js";
import type { Report } from "./answer.js";
import { put } from "./ask.js";
import { open } from "./document.js";
import type { RegistryImage } from "./image.js";
import { LIST_LIMIT } from "./limits.js";
import { readSettings } from "./options.js";
import type { BulkOptions } from "./options.js";
import type { BulkAnswer, Bytes } from "./types.js";
import { BULK, BULK_BODY, BULK_PARTS, made } from "./wasm/exports.js";
import { guarded } from "./wasm/instance.js";

interface Parts extends Report {
  passed: number[];
  refused: (Report & { index: number })[];
}

/** Parts a bulk body into what passes and what does not. @internal */
export function checkBulk(image: RegistryImage, document: unknown, options: BulkOptions | undefined): BulkAnswer {
  const settings = readSettings(options, image, LIST_LIMIT);
  const opened = open(document, settings._limit);
  const { _content: content, _culprit: culprit } = opened;
  let parts = clean(0);
  let body: Bytes | undefined;
  if (culprit) {
    parts.issues = unserializable(culprit).issues;
  } else {
    guarded((core) => {
      const verdict = put(core, BULK, image, opened, settings);
      // Nothing to say: no list has to cross.
      parts = verdict < 0 || (verdict & 3) !== 0 ? core.answer(BULK_PARTS) : clean(verdict >>> 2);
      if (verdict < 0) return;
      if ((verdict & 1) !== 0 || typeof content === "string") {
        core.answer(BULK_BODY);
        body = made(core);
      } else body = (document instanceof Uint8Array ? document : content) as Bytes;
    });
  }
  for (const report of [...parts.refused, parts]) finish(report, opened, settings._message);
  const { passed, refused } = parts;
  return {
    ok: body !== undefined && refused.length === 0,
    size: passed.length + refused.length,
    ...(parts as Parts & Pick<BulkAnswer, "refused">),
    ...(body && { body }),
  };
}

function clean(size: number): Parts {
  return { passed: Array(size).fill(0).map((_, index) => index), refused: [], issues: [], warnings: [] };
}
