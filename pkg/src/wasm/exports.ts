// What can be asked of the core. It has few exports, since each costs bytes (src/wasm/mod.rs): the first number
// of `check` and of `answer` says what is meant. Numbers that are left out count as 0, `now` as none.

/** The core's functions, and the memory that documents and images are written into. */
export interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };

  /** Makes the input buffer hold so many bytes, and says where it is. */
  reserve(capacity: number): number;
  /** Makes room for an image; offset 0 says that every earlier one is gone. */
  place(length: number): number;
  /** Where something lies: {@link ARENA} and so on. */
  address(of: number): number;
  /** Puts a question about the document in the input; a negative verdict refuses it. */
  check(
    asked: number,
    registry: number,
    length?: number,
    extraLength?: number,
    flags?: number,
    maxIssues?: number,
    maxBytes?: number,
    now?: number,
  ): number;
  /** Checks the lines in the input, and says how many bytes those were; their stream's state lies in its place. */
  lines(registry: number, length: number, flags: number, maxIssues: number, maxLine: number, now: number): number;
  /** What there is to say of the last check, or of a registry: what JSON says, or nothing. */
  answer(which: number, registry?: number, argument?: number): any;
}

// What `check` is asked.
export const RESPOND = 0;
export const BULK = 1;
export const LOAD = 2;
export const CREATE = 3;
export const EDIT = 4;
export const REMOVE = 5;
export const KEY = 6;
export const OUTCOME = 7;
export const WITH = 8;
export const WITHOUT = 9;
export const FIND = 10;
export const SIZE = 11;
export const COMPLETE = 12;
export const DEFAULTS = 13;

/** The registry of a check that needs none: the core takes it for its largest number. */
export const NO_REGISTRY = -1;

// What `answer` gives.
export const ISSUES = 0;
export const VALUE = 1;
export const WORD = 2;
export const BULK_PARTS = 3;
/** Nothing itself: the bytes are what was {@link made}. */
export const BULK_BODY = 4;
export const LINES = 5;
export const ROW = 8;
export const ROWS = 9;
export const SUGGEST = 10;
export const PROPOSE = 11;
export const TO_KEY = 12;

/** The filter of {@link ROWS} for all that was in the list that was loaded, retired types too. */
export const LISTED = 0x180;

// What `address` finds.
export const ARENA = 0;
/** The severities of `rules`, one byte a code. */
export const RULES_PLACE = 1;
/** Where a stream of lines stands. */
export const STREAM_PLACE = 2;
/** The lines that were checked last. */
export const LINES_PLACE = 3;
/** In place of an address: how many those were. */
export const LINES_COUNT = 4;
/** The bytes that were made last, and how many. */
const MADE = 5;
const MADE_LENGTH = 6;

/** The bytes that the core made last: an image, or the body of a bulk request. */
export function made(core: Exports): Uint8Array<ArrayBuffer> {
  // A copy made by the constructor is not filled with zeros first, as one by `slice` is.
  return new Uint8Array(new Uint8Array(core.memory.buffer, core.address(MADE) >>> 0, core.address(MADE_LENGTH)));
}
