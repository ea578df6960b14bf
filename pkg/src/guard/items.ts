/**
 * Where the items of a bulk body stand, for whoever keeps those that were withheld as they came.
 * @module
 */

declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };

const [QUOTE, COMMA, BACKSLASH] = [0x22, 0x2c, 0x5c];
const [LIST, LIST_END, OBJECT, OBJECT_END] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * The elements of the list that is a member of a document, byte for byte. The document has been read as JSON already:
 * so only what parts it has to be looked at. @internal
 */
export function elementsOf(bytes: Uint8Array<ArrayBuffer>, member: string): Uint8Array<ArrayBuffer>[] {
  const elements: Uint8Array<ArrayBuffer>[] = [];
  let depth = 0;
  /** The last text of the document's own object: where a list begins, it is the list's name. */
  let name: Uint8Array | undefined;
  /** Where the present element begins, once the list has begun. */
  let start = -1;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      const from = at;
      for (at += 1; bytes[at] !== QUOTE; at += 1) if (bytes[at] === BACKSLASH) at += 1;
      if (depth === 1) name = bytes.subarray(from, at + 1);
    } else if (byte === LIST || byte === OBJECT) {
      depth += 1;
      // A name may be written with escapes.
      if (byte === LIST && depth === 2 && name && JSON.parse(new TextDecoder().decode(name)) === member) start = at + 1;
    } else if (byte === LIST_END || byte === OBJECT_END || (byte === COMMA && depth === 2)) {
      if (depth === 2 && start >= 0) elements.push(trimmed(bytes, start, at));
      if (byte === COMMA) start = start < 0 ? start : at + 1;
      else if ((depth -= 1) === 1 && start >= 0) break;
    }
  }
  return elements;
}

function trimmed(bytes: Uint8Array<ArrayBuffer>, from: number, to: number): Uint8Array<ArrayBuffer> {
  const isBlank = (at: number) => (bytes[at] as number) <= 0x20;
  while (from < to && isBlank(from)) from += 1;
  while (to > from && isBlank(to - 1)) to -= 1;
  return bytes.subarray(from, to);
}
