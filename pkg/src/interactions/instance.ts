// An instance of the second module: made at its first use, and made anew after a trap.

import { InternalError } from "kaireon-outcomes";
import { ISSUE_CODES } from "../../wasm/issue.js";
import { instance, module } from "../wasm/module.js";

/** What the module exports: numbers only. */
export interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  /** Makes a buffer so long, and says where it is. */
  buffer(which: number, length: number): number;
  /** Where what was made last is; with 1 its length, with 2 how many rows were read and with 3 left out. */
  made(of: number): number;
  /** Makes the image of a registry of the list in the document; 0 where it is refused. */
  load(length: number): number;
  /** How many rows the log in its buffer has; -1 where it is none. */
  rows(): number;
  /** Begins to read, behind the rows of the log in its buffer. */
  start(): void;
  /** Takes the rows of the log in its buffer. */
  take(): void;
  /** Reads the whole lines of the document, and says how many bytes those were. */
  read_lines(length: number, last: number): number;
  /** Reads an array of rows; 0 where it is refused. */
  read_array(length: number): number;
  /** Makes the log of what was read. */
  finish(): void;
  /** Puts a question; 0 where the document is refused. */
  ask(which: number): number;
}

// The buffers, as src/wasm/interactions.rs numbers them.
export const DOCUMENT = 0;
export const REGISTRY = 1;
export const LOG = 2;
export const BESIDE = 3;
export const OPTIONS = 4;
const RULES = 5;

export const NOTHING = new Uint8Array(0);

/** One instance, and what its buffers hold. No code of the user's may run inside {@link Instance._guarded}. */
export class Instance {
  _exports: Exports | undefined;
  /** Images and logs never change: what is there already is not copied again. */
  private _held: (Uint8Array | undefined)[] = [];

  /** Runs calls of the module. Whatever is thrown in there counts as a trap: the instance is given up. */
  _guarded<A>(run: (exports: Exports) => A): A {
    if (this._exports === undefined) {
      this._held = [];
      this._exports = instance(module(), {}) as Exports;
    }
    try {
      return run(this._exports);
    } catch (cause) {
      this._exports = undefined;
      throw new InternalError(`kaireon-outcomes/interactions met a fault of its own: ${cause}`, cause);
    }
  }

  /** Copies bytes into a buffer. */
  _put(which: number, bytes: Uint8Array): void {
    if (which !== DOCUMENT && this._held[which] === bytes) return;
    this._held[which] = bytes;
    this._room(which, bytes.length).set(bytes);
  }

  /** A buffer of so many bytes, to be filled. */
  _room(which: number, length: number): Uint8Array {
    const { buffer, memory } = this._exports!;
    // Memory may grow here.
    const at = buffer(which, length) >>> 0;
    return new Uint8Array(memory.buffer, at, length);
  }

  /** Puts the severities of codes where they are read; those of the question before are there still. */
  _rule(rules: Uint8Array | undefined): void {
    this._room(RULES, ISSUE_CODES.length).set(rules ?? new Uint8Array(ISSUE_CODES.length));
  }

  /** What was made last, as bytes of its own. */
  _made(): Uint8Array<ArrayBuffer> {
    const { made, memory } = this._exports!;
    return new Uint8Array(memory.buffer, made(0) >>> 0, made(1) >>> 0).slice();
  }
}

/** The one that every question goes to. */
export const shared = new Instance();
