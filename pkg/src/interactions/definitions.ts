/**
 * Definitions that name outcome types: what they say, and which of them still use a key.
 * @module
 */

import type { Checked, Document, Issue, OutcomeType } from "kaireon-outcomes";
import { encode, open, stringify } from "../document.js";
import { LIST_LIMIT } from "../limits.js";
import { choice } from "../options.js";
import { needed, readKeys, settingsOf } from "./options.js";
import type { DefinitionKind, DefinitionOptions, DeleteOptions } from "./options.js";
import { askOf, DEFINITION, DELETE, frozen } from "./question.js";
import { imageOf } from "./registry.js";
import type { AskableRegistry, DeletableRegistry } from "./registry.js";
import type { Reference } from "./types.js";

const KINDS: readonly DefinitionKind[] = ["contact-policy", "behavioral-metric", "experiment", "summary-definition"];

/**
 * Checks a definition: its own bounds, and the outcome types that it names. The value is those, in the document's order.
 * Unknown, retired and inactive ones are warnings, since the server takes them.
 *
 * ```ts
 * checkDefinition(registry, "contact-policy", policy).warnings[0]?.message;
 * ```
 *
 * @throws {TypeError} Another kind, no registry, or options that make no sense. Never for any document.
 */
export function checkDefinition(
  registry: AskableRegistry,
  kind: DefinitionKind,
  document: Document,
  options?: DefinitionOptions,
): Checked<readonly Reference[]> {
  const _registry = imageOf(registry);
  const settings = settingsOf(options, LIST_LIMIT);
  const compared = readKeys("compared", options?.compared);
  // None is no kind.
  const which = DEFINITION + choice("kind", kind ?? null, KINDS) - 1;
  return askOf(which, open(document, settings._limit), { _registry }, { compared }, settings);
}

/**
 * The registry's own `checkDelete`, with a warning (`still_referenced`) for each place where a definition at hand names
 * the key. A definition that was deleted uses nothing.
 *
 * @throws {TypeError} No registry, or options that make no sense. Never for any key or document.
 */
export function checkDelete(
  registry: DeletableRegistry,
  key: string,
  options: DeleteOptions,
): Checked<OutcomeType | undefined> {
  const _registry = imageOf(registry);
  const settings = settingsOf(needed(options), LIST_LIMIT);
  const { rules, message, maxIssues, definitions } = options;
  const checked = registry.checkDelete(key, { rules, message, maxIssues });
  const { _content, _culprit } = stringify(key);
  // Why that is no key was said.
  const _beside = encode(_culprit ? "null" : (_content as string));
  const said = askOf(DELETE, open(definitions, settings._limit), { _registry, _beside }, {}, settings);
  const warnings = [...checked.warnings, ...said.warnings];
  if (checked.ok && said.ok) return frozen({ ...checked, warnings });
  return frozen({ ok: false, issues: [...(checked.issues ?? []), ...(said.issues ?? [])] as unknown as [Issue, ...Issue[]], warnings });
}
