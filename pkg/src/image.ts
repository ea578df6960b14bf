/**
 * A registry's image: the bytes that are the registry, and their cached copy in the core's memory.
 *
 * The core keeps copies in an arena that starts afresh when it is full; whoever is not there any more
 * copies itself in again. So nothing has to be freed, and a trap loses nothing.
 * @module
 */

import type { Passed } from "./answer.js";
import { fill } from "./document.js";
import { NO_LIMIT } from "./limits.js";
import type { MessageFunction, Settings } from "./options.js";
import { hasLoneSurrogate } from "./surrogates.js";
import type { Issue, OutcomeType, RespondAnswer } from "./types.js";
import { ARENA, DEFAULTS, FIND, made, ROW, ROWS } from "./wasm/exports.js";
import { generation, guarded, renew } from "./wasm/instance.js";
import type { Exports } from "./wasm/instance.js";

/** The immutable state of a registry, and what was made of it so far. @internal */
export class RegistryImage {
  /** Where the copy is, and the generation of memory that it is in. */
  _handle = 0;
  _generation = -1;
  /** The settings of a call without options. */
  _usual: Settings | undefined;
  /** The clean answers handed out: by the place of the type in the verdict, then by the bits below. */
  readonly _answers: Passed<RespondAnswer>[][] = [];
  /** The types handed out, by row: the same object at each call. */
  private readonly _rows: OutcomeType[] = [];
  /** The same, by key: known keys only, so that strangers' words never fill it. */
  readonly _keys = new Map<string, OutcomeType>();

  constructor(
    /** The image. */
    readonly _bytes: Uint8Array,
    /** What was repaired while it was made. */
    readonly _warnings: readonly Issue[],
    /** How the checks of this registry word their issues. */
    readonly _message: MessageFunction | undefined,
  ) {
    Object.freeze(_warnings);
  }

  /** The answer to a question about the registry alone. */
  _ask(asked: number): number {
    return guarded((core) => core.check(asked, place(core, this)));
  }

  /** The type of a key that was not asked for before, if there is one. */
  _find(key: string): OutcomeType | undefined {
    // A text longer than all keys together is none of them, and half a character is in none of them.
    if (typeof key !== "string" || key.length > this._bytes.length || hasLoneSurrogate(key)) return undefined;
    return guarded((core) => {
      const row = core.check(FIND, place(core, this), fill(core, key, NO_LIMIT), 0, 0, 0, NO_LIMIT);
      const type = this._type(core, row);
      if (type) this._keys.set(key, type);
      return type;
    });
  }

  /** The type of a row; none has a negative one. */
  _type(core: Exports, row: number): OutcomeType | undefined {
    return row < 0 ? undefined : (this._rows[row] ??= Object.freeze(core.answer(ROW, place(core, this), row)));
  }

  /** The types that a filter of the core lets through, in the list's order. */
  _list(filter: number): OutcomeType[] {
    return guarded((core) => {
      const rows: number[] = core.answer(ROWS, place(core, this), filter);
      return rows.map((row) => this._type(core, row) as OutcomeType);
    });
  }
}

/** The row that a verdict names; negative where it names none. @internal */
export function rowOf(verdict: number): number {
  return ((verdict >>> 6) & 0xfffff) - 1;
}

/** The handle of an image, copied in where it is absent. @internal */
export function place(core: Exports, image: RegistryImage): number {
  if (image._generation !== generation) {
    const { length } = image._bytes;
    const handle = core.place(length) >>> 0;
    // The start of the arena is where an earlier image was: all of them are gone.
    if (handle === 0) renew();
    const address = (core.address(ARENA) >>> 0) + handle;
    new Uint8Array(core.memory.buffer, address, length).set(image._bytes);
    image._handle = handle;
    image._generation = generation;
  }
  return image._handle;
}

/** The image of the ten alone. @internal */
export function defaultsImage(): Uint8Array {
  return guarded((core) => {
    core.check(DEFAULTS, 0);
    return made(core);
  });
}
