// The default entry: the bytes stand in the bundle as text, so no runtime has to fetch or read anything.

import { TEXT } from "../../wasm/text.js";
import { COMMON, FIRST, LENGTH, SET, STARTS } from "../../wasm/alphabet.js";
import { inTurn } from "./columns.js";
import { compile } from "./compile.js";
import { provide } from "./module.js";

provide(() => compile(inTurn(decode(), [...STARTS])));

/** A character is a byte of the first set; behind a shift, of the second or third. */
function decode(): Uint8Array {
  const order = COMMON.match(/../g)!.map((digits) => Number(`0x${digits}`));
  let place = SET;
  for (let byte = 0; byte < 256; byte += 1) {
    if (order.includes(byte)) continue;
    // Where the first set has no byte the others have none.
    while (!order[place % SET]) place += 1;
    order[place++] = byte;
  }

  const bytes = new Uint8Array(LENGTH);
  let end = 0;
  let shift = 0;
  for (let at = 0; at < TEXT.length; at += 1) {
    place = TEXT.charCodeAt(at) - FIRST;
    if (place < SET) {
      bytes[end++] = order[place + shift]!;
      shift = 0;
    } else shift = (place - SET + 1) * SET;
  }
  return bytes;
}

export * from "../index.js";
