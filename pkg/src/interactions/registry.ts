/**
 * The image of a registry in the second module, which has no access to that of the first.
 * @module
 */

import type { CheckOptions, Checked, OutcomeType, RegistryDocument } from "kaireon-outcomes";
import { encode, stringify } from "../document.js";
import { isObject, misuse } from "../options.js";
import { DOCUMENT, shared } from "./instance.js";

/** An `OutcomeRegistry`, be it that of `import` or of `require`: what it writes as JSON is read. */
export interface AskableRegistry {
  /** The registry as JSON. */
  toJSON(): RegistryDocument;
}

/** An `OutcomeRegistry` that is asked whether a type may be deleted. */
export interface DeletableRegistry extends AskableRegistry {
  /** Whether the type of a key may be deleted. */
  checkDelete(key: string, options?: CheckOptions): Checked<OutcomeType | undefined>;
}

/** A registry never changes, so it is read once. */
const images = new WeakMap<object, Uint8Array>();

/** The image of a registry. @internal */
export function imageOf(registry: AskableRegistry): Uint8Array {
  if (!isObject(registry) || typeof registry.toJSON !== "function") misuse("registry", "an OutcomeRegistry", registry);
  const known = images.get(registry);
  if (known) return known;
  const { _content, _culprit } = stringify(registry);
  const bytes = encode(_culprit ? "" : (_content as string));
  const image = shared._guarded(({ load }) => {
    shared._put(DOCUMENT, bytes);
    return load(bytes.length) > 0 ? shared._made() : undefined;
  });
  if (image === undefined) misuse("registry", "an OutcomeRegistry", registry);
  images.set(registry, image);
  return image;
}
