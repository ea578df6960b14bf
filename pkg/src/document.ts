/**
 * The one door: whatever is handed in becomes JSON bytes in the core's memory.
 *
 * In two steps, so that none of the caller's code (getters, `toJSON`, proxies) ever runs between filling
 * the buffer and the call that reads it: {@link open} does all that may run such code, {@link fill} copies.
 * @module
 */

import { OBJECT, TEXT } from "./flags.js";
import { GAP, LEAST_ROOM } from "./limits.js";
import { generation } from "./wasm/instance.js";
import type { Exports } from "./wasm/instance.js";
import { kindOf } from "./options.js";
import { escaped, hasLoneSurrogate } from "./surrogates.js";
import { decode, encodeInto } from "./wasm/text.js";

const NOTHING = new Uint8Array(0);

// What bytes are, and how many, whatever an object says of itself: the language's own getters know.
const typed: Record<PropertyKey, PropertyDescriptor> = Object.getOwnPropertyDescriptors(Object.getPrototypeOf(Uint8Array.prototype));
const kindOfBytes: () => string | undefined = typed[Symbol.toStringTag]!.get!;
const lengthOfBytes: () => number = typed["length"]!.get!;

/** Whether these are bytes, of any subclass and realm. @internal */
export function isBytes(value: unknown): value is Uint8Array {
  return kindOfBytes.call(value) === "Uint8Array";
}

/** A document that is ready to be copied, or the reason why it never will be. @internal */
export interface Opened {
  /** What is to be copied. */
  readonly _content: Uint8Array | string;
  /** What the core is told of its offsets. */
  readonly _flags: number;
  /** Where lone surrogates were escaped. */
  readonly _escapes?: readonly number[] | undefined;
  /** Of a value that cannot be written as JSON: the member that is to blame, as far as one can be named. */
  readonly _culprit?: readonly (string | number)[] | undefined;
}

/** Makes bytes or text of a document. Never throws. @internal */
export function open(document: unknown, limit: number): Opened {
  if (typeof document === "string") {
    // A text beyond the limit is refused for its length: nobody looks into it.
    const escapes = document.length <= limit && hasLoneSurrogate(document) ? [] : undefined;
    return { _content: escapes ? escaped(document, escapes) : document, _flags: TEXT, _escapes: escapes };
  }
  try {
    const content = bytesOf(document);
    return content ? { _content: content, _flags: 0 } : stringify(document);
  } catch {
    return { _content: "", _flags: 0, _culprit: [] };
  }
}

/** A value as JSON text, strings too: a key is a value, not a document. Never throws. @internal */
export function stringify(value: unknown): Opened {
  let content: string | undefined;
  let culprit: Opened["_culprit"];
  try {
    content = JSON.stringify(value ?? null);
    // Of functions and symbols nothing is written.
    if (content === undefined) culprit = [];
  } catch (error) {
    culprit = pathToCulprit(value, error);
  }
  return { _content: content as string, _flags: OBJECT, _culprit: culprit };
}

/**
 * The bytes of any view or buffer, shared ones and those of other realms too: always a view of our own, since a
 * subclass may say anything about itself. None where the buffer is gone; `undefined` of all else. @internal
 */
export function bytesOf(value: unknown): Uint8Array | undefined {
  const isView = ArrayBuffer.isView(value);
  if (!isView && !kindOf(value).endsWith("ArrayBuffer]")) return undefined;
  try {
    // That tag is only what an object says; a view of it can only be made of a buffer.
    const { buffer, byteOffset, byteLength } = isView ? value : new DataView(value as ArrayBuffer);
    return new Uint8Array(buffer, byteOffset, byteLength);
  } catch {
    return isView || (value as ArrayBuffer).byteLength === 0 ? NOTHING : undefined;
  }
}

/**
 * Where writing went wrong, by writing the members one by one, three levels deep: enough for the item of a
 * bulk body, and never much more work than the first attempt.
 */
function pathToCulprit(value: unknown, error: unknown): readonly (string | number)[] {
  const path: (string | number)[] = [];
  const seen = new Set<unknown>();
  // Too deep or too large for this engine: no single member is to blame, and looking would take as long again.
  if (error instanceof RangeError) return path;
  while (path.length < 3 && !seen.has(value)) {
    seen.add(value);
    const parent = value as Record<string, unknown>;
    let name: string | undefined;
    try {
      if (typeof parent["toJSON"] === "function") break;
      for (name of Object.keys(parent)) {
        value = undefined;
        value = parent[name];
        JSON.stringify(value);
      }
      break;
    } catch {
      if (name === undefined) break;
      path.push(Array.isArray(parent) ? Number(name) : name);
    }
  }
  return path;
}

/** The core's input buffer. A view, and the instance that it looks into; it is empty once memory has grown. */
let input = NOTHING;
let owner = -1;

/** The length of the second text that the last {@link fill} copied. @internal */
export let extraLength = 0;

/**
 * Copies a document, and a second text 64 bytes behind it, into the core's input buffer.
 * A document beyond the limit is not copied: its length is enough to refuse it.
 *
 * @returns the document's length in bytes; {@link extraLength} then holds that of the second text.
 * @internal
 */
export function fill(core: Exports, content: Uint8Array | string, limit: number, extra?: string): number {
  const { length } = content;
  let copied = length > limit ? length : -1;
  // Nearly every text is ASCII: it gets three bytes a unit only once one has proved too little.
  for (let room = length; copied < 0; room = Math.min(3 * length, limit + 4)) {
    reserve(core, room + GAP + 3 * (extra ?? "").length);
    copied = copy(content, limit, extra);
  }
  return copied;
}

/**
 * The same without asking for room, and nothing is made: bytes or text, where they fit. None of the caller's code runs.
 *
 * @returns -1 where there is too little room.
 * @throws {TypeError} The bytes' memory is gone. @throws {RangeError} It has grown meanwhile, in another thread.
 * @internal
 */
export function copy(content: Uint8Array | string, limit: number, extra = ""): number {
  const room = owner === generation ? input.length - GAP - 3 * extra.length : -1;
  let length: number;
  if (typeof content === "string") {
    if (content.length > room) return -1;
    const { read, written } = encodeInto(content, input);
    if (written > limit) return written;
    if (read < content.length || written > room) return -1;
    length = written;
  } else {
    length = lengthOfBytes.call(content);
    if (length > room) return -1;
    input.set(content);
  }
  extraLength = extra.length;
  for (let at = 0; at < extraLength; at += 1) {
    // It is short and ASCII, nearly always.
    const unit = extra.charCodeAt(at);
    if (unit > 127) {
      extraLength = encodeInto(extra, input.subarray(length + GAP)).written;
      break;
    }
    input[length + GAP + at] = unit;
  }
  return length;
}

/** What JSON bytes say; a byte-order mark in front is no part of it. @internal */
export function parse(bytes: Uint8Array): unknown {
  // A copy: decoders refuse shared memory.
  return JSON.parse(decode(new Uint8Array(bytes)).replace(/^\ufeff/, ""));
}

/** The input buffer, made large enough. @internal */
export function reserve(core: Exports, capacity: number): Uint8Array {
  // A view that is gone has no length: it would do for nothing at all, and cannot take even that.
  if (input.length <= capacity || owner !== generation) {
    const room = Math.max(capacity, LEAST_ROOM);
    const address = core.reserve(room) >>> 0;
    input = new Uint8Array(core.memory.buffer, address, room);
    owner = generation;
  }
  return input;
}

/** A text in UTF-8. @internal */
export function encode(text: string): Uint8Array {
  const bytes = new Uint8Array(3 * text.length);
  return bytes.subarray(0, encodeInto(text, bytes).written);
}
