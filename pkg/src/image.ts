/**
 * A registry's image: the bytes that are the registry, and their cached copy in the core's memory.
 *
 * The core keeps copies in an arena that starts afresh when it is full; whoever is not there any more
 * copies itself in again. So nothing has to be freed, and a trap loses nothing.
 * @module
 */

import { byteLength, fill } from "./document.js";
import type { MessageFunction } from "./options.js";
import { hasLoneSurrogate } from "./surrogates.js";
import type { Checked, Issue, OutcomeType, RespondAnswer } from "./types.js";
import { generation, guarded } from "./wasm/instance.js";
import type { Exports } from "./wasm/instance.js";

/** Bumped whenever the arena starts afresh: every copy placed before is gone. */
let epoch = 0;

/** Answers that are kept; more are possible only where many keys are used. */
const MOST_ANSWERS = 4096;

/** The immutable state of a registry, and what was made of it so far. @internal */
export class RegistryImage {
  /** Where the copy is, and whether it still is. */
  handle = 0;
  epoch = 0;
  generation = -1;
  /** The types handed out, by row: the same object at each call. */
  readonly #rows = new Map<number, OutcomeType>();
  /** The same, by key: known keys only, so that strangers' words never fill it. */
  readonly #keys = new Map<string, OutcomeType>();
  /** The clean answers handed out, by verdict. */
  readonly #answers = new Map<number, Checked<RespondAnswer>>();
  #size = -1;
  #complete: boolean | undefined;

  constructor(
    /** The image. */
    readonly bytes: Uint8Array,
    /** What was repaired while it was made. */
    readonly warnings: readonly Issue[],
    /** How the checks of this registry word their issues. */
    readonly message: MessageFunction | undefined,
  ) {
    Object.freeze(warnings);
  }

  /** The number of live types. */
  get size(): number {
    if (this.#size < 0) this.#size = guarded((core) => core.size(place(core, this)));
    return this.#size;
  }

  /** Whether the list was whole. */
  get complete(): boolean {
    this.#complete ??= guarded((core) => core.complete(place(core, this)));
    return this.#complete;
  }

  /** The type of a key, if there is one. */
  find(key: string): OutcomeType | undefined {
    return this.#keys.get(key) ?? this.#seek(key);
  }

  #seek(key: string): OutcomeType | undefined {
    // A text longer than all keys together is none of them, and half a character is in none of them.
    if (typeof key !== "string" || key.length > this.bytes.length || hasLoneSurrogate(key)) return undefined;
    return guarded((core) => {
      const handle = place(core, this);
      const row = core.find(handle, fill(core, key, 0x7fffffff));
      if (row < 0) return undefined;
      const type = this.type(core, row);
      this.#keys.set(key, type);
      return type;
    });
  }

  /** The type of a row. */
  type(core: Exports, row: number): OutcomeType {
    let type = this.#rows.get(row);
    if (type === undefined) {
      type = Object.freeze(core.row(place(core, this), row) as OutcomeType);
      this.#rows.set(row, type);
    }
    return type;
  }

  /** The types that a filter of the core lets through, in the list's order. */
  list(filter: number): OutcomeType[] {
    return guarded((core) => {
      const types: OutcomeType[] = [];
      for (const row of core.rows(place(core, this), filter)) types.push(this.type(core, row));
      return types;
    });
  }

  /** The answer for a verdict, if it was made before. */
  answer(verdict: number): Checked<RespondAnswer> | undefined {
    return this.#answers.get(verdict);
  }

  /** Keeps the answer for a verdict. */
  keep(verdict: number, answer: Checked<RespondAnswer>): void {
    if (this.#answers.size >= MOST_ANSWERS) this.#answers.clear();
    this.#answers.set(verdict, answer);
  }
}

/** The handle of an image, copied in where it is absent. @internal */
export function place(core: Exports, image: RegistryImage): number {
  if (image.epoch === epoch && image.generation === generation) return image.handle;
  const length = byteLength(image.bytes);
  const handle = core.arena_place(length) >>> 0;
  // The start of the arena is where an earlier image was: all of them are gone.
  if (handle === 0) epoch += 1;
  const address = (core.arena_address() >>> 0) + handle;
  new Uint8Array(core.memory.buffer, address, length).set(image.bytes);
  image.handle = handle;
  image.epoch = epoch;
  image.generation = generation;
  return handle;
}

/** Writes what codes count as where the core reads it. @internal */
export function writeRules(core: Exports, rules: Uint8Array): void {
  // The address first: asking for it may make memory grow, which takes its buffer away.
  const address = core.rules_address() >>> 0;
  new Uint8Array(core.memory.buffer, address, rules.length).set(rules);
}

/** The image of the ten alone. @internal */
export function defaultsImage(): Uint8Array {
  return guarded((core) => core.defaults_image());
}
