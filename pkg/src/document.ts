/**
 * The one door: whatever is handed in becomes JSON bytes in the core's memory.
 *
 * In two steps, so that none of the caller's code (getters, `toJSON`, proxies) ever runs between filling
 * the buffer and the call that reads it: {@link open} does all that may run such code, {@link fill} copies.
 * @module
 */

import { OBJECT, TEXT } from "./flags.js";
import { generation } from "./wasm/instance.js";
import type { Exports } from "./wasm/instance.js";
import { EscapedText, hasLoneSurrogate } from "./surrogates.js";

/** The bytes between a document and the second text behind it. */
const GAP = 64;
/** The smallest buffer worth asking for. */
const LEAST_ROOM = 1 << 16;

const NOTHING = new Uint8Array(0);

// The getters as the language made them: a subclass may say anything about itself.
const typedArray: object = Object.getPrototypeOf(Uint8Array.prototype);
const kindOfView = getterOf(typedArray, Symbol.toStringTag);
const lengthOfView = getterOf(typedArray, "byteLength");
const lengthOfBuffer = getterOf(ArrayBuffer.prototype, "byteLength");

function getterOf(prototype: object, name: PropertyKey): () => unknown {
  return Object.getOwnPropertyDescriptor(prototype, name)?.get as () => unknown;
}

/** A value that cannot be written as JSON, and the member that is to blame, as far as one can be named. @internal */
export class Unserializable {
  constructor(readonly path: readonly (string | number)[]) {}
}

/** A document that is ready to be copied, or the reason why it never will be. @internal */
export type Opened = Uint8Array | string | EscapedText | Unserializable;

/** Makes bytes or text of a document. Never throws. @internal */
export function open(document: unknown, limit: number): Opened {
  if (typeof document === "string") {
    // A text beyond the limit is refused for its length: nobody looks into it.
    return document.length <= limit && hasLoneSurrogate(document) ? new EscapedText(document) : document;
  }
  if (ArrayBuffer.isView(document)) return bytesOfView(document);
  if (typeof document !== "object" || document === null) return stringify(document);
  try {
    return bytesOfBuffer(document) ?? stringify(document);
  } catch {
    return new Unserializable([]);
  }
}

/** A value as JSON text, strings too: a key is a value, not a document. Never throws. @internal */
export function stringify(value: unknown): string | Unserializable {
  if (value === undefined) return "null";
  try {
    return (JSON.stringify(value) as string | undefined) ?? new Unserializable([]);
  } catch (error) {
    return new Unserializable(pathToCulprit(value, error));
  }
}

/** What the flags say about a document's offsets. @internal */
export function formOf(document: unknown, opened: Uint8Array | string | EscapedText): number {
  if (typeof document === "string") return TEXT;
  return typeof opened === "string" ? OBJECT : 0;
}

/** The bytes of any view, of any realm; none where its buffer is gone. @internal */
export function bytesOfView(view: ArrayBufferView): Uint8Array {
  if (kindOfView.call(view) === "Uint8Array") return view as Uint8Array;
  try {
    return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  } catch {
    return NOTHING;
  }
}

/** The bytes of an `ArrayBuffer` or `SharedArrayBuffer` of any realm. @internal */
export function bytesOfBuffer(value: object): Uint8Array | undefined {
  const tag = Object.prototype.toString.call(value);
  if (tag !== "[object ArrayBuffer]" && tag !== "[object SharedArrayBuffer]") return undefined;
  // The tag is only what the object says.
  try {
    return lengthOfBuffer.call(value) === 0 ? NOTHING : new Uint8Array(value as ArrayBuffer);
  } catch {
    try {
      return new Uint8Array(new DataView(value as ArrayBuffer).buffer);
    } catch {
      return undefined;
    }
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
  while (path.length < 3 && typeof value === "object" && value !== null && !seen.has(value)) {
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
let encoder: Encoder | undefined;

interface Encoder {
  encodeInto(text: string, into: Uint8Array): { read: number; written: number };
}
declare const TextEncoder: new () => Encoder;

/** The length of the second text that the last {@link fill} copied. @internal */
export let extraLength = 0;

/**
 * Copies a document, and a second text 64 bytes behind it, into the core's input buffer.
 * A document beyond the limit is not copied: its length is enough to refuse it.
 *
 * @returns the document's length in bytes; {@link extraLength} then holds that of the second text.
 * @internal
 */
export function fill(core: Exports, content: Uint8Array | string, limit: number, extra = ""): number {
  const rest = GAP + 3 * extra.length;
  extraLength = 0;
  let length: number;
  if (typeof content === "string") {
    length = encodeLong(core, content, limit, rest);
  } else {
    length = lengthOfView.call(content) as number;
    if (length <= limit) {
      reserve(core, length + rest);
      // A buffer that is gone has no length, and copying from it would throw.
      if (length > 0) input.set(content);
    }
  }
  if (extra !== "" && length <= limit) extraLength = encodeShort(extra, length + GAP);
  return length;
}

declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };

/** What JSON bytes say; a byte-order mark in front is no part of it. @internal */
export function parse(bytes: Uint8Array): unknown {
  // A copy: decoders refuse shared memory.
  const text = new TextDecoder().decode(new Uint8Array(bytes));
  return JSON.parse(text.startsWith("\ufeff") ? text.slice(1) : text);
}

/** The present length of a view, whatever it says about itself. @internal */
export function byteLength(bytes: Uint8Array): number {
  return lengthOfView.call(bytes) as number;
}

function reserve(core: Exports, capacity: number): void {
  if (input.length >= capacity && owner === generation) return;
  const room = Math.max(capacity, LEAST_ROOM);
  const address = core.input_reserve(room) >>> 0;
  input = new Uint8Array(core.memory.buffer, address, room);
  owner = generation;
}

function encodeLong(core: Exports, text: string, limit: number, rest: number): number {
  if (text.length > limit) return text.length;
  // Nearly every text is ASCII: a long one gets three bytes a unit only once one has proved too little.
  let room = text.length * (text.length < LEAST_ROOM ? 3 : 1);
  for (;;) {
    reserve(core, room + rest);
    const { read, written } = encodeInto(text, input);
    if (written > limit || (read === text.length && written + rest <= input.length)) return written;
    room = read === text.length ? written : Math.min(text.length * 3, limit + 4);
  }
}

function encodeShort(text: string, at: number): number {
  if (text.length <= GAP) {
    let index = 0;
    for (; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      if (unit > 0x7f) break;
      input[at + index] = unit;
    }
    if (index === text.length) return index;
  }
  return encodeInto(text, input.subarray(at)).written;
}

/** A text in UTF-8. @internal */
export function encode(text: string): Uint8Array {
  const bytes = new Uint8Array(3 * text.length);
  return bytes.subarray(0, encodeInto(text, bytes).written);
}

function encodeInto(text: string, into: Uint8Array): { read: number; written: number } {
  // Made at first use: some test environments lack it, and importing must not throw there.
  encoder ??= new TextEncoder();
  return encoder.encodeInto(text, into);
}
