// The default entry: the bytes stand in the bundle as text, so no runtime has to fetch or read anything.

import { ALPHABET, COMMON, LENGTH, SHIFTS, TEXT } from "../../wasm/bytes.js";
import { compile } from "./compile.js";
import { provide } from "./module.js";

provide(() => compile(decode()));

/** A character is a byte of the first set; behind a shift, of the second or third. */
function decode(): Uint8Array<ArrayBuffer> {
  const order: number[] = [];
  for (let at = 0; at < COMMON.length; at += 2) order.push(Number(`0x${COMMON.slice(at, at + 2)}`));
  for (let byte = 0; byte < 256; byte += 1) if (!order.includes(byte)) order.push(byte);

  const places = new Uint8Array(128);
  for (let place = 0; place < ALPHABET.length; place += 1) places[ALPHABET.charCodeAt(place)] = place;

  const bytes = new Uint8Array(LENGTH);
  const set = ALPHABET.length - SHIFTS;
  let end = 0;
  let shift = 0;
  for (let at = 0; at < TEXT.length; at += 1) {
    const place = places[TEXT.charCodeAt(at)]!;
    if (place < SHIFTS) shift = (place + 1) * set;
    else {
      bytes[end++] = order[place - SHIFTS + shift]!;
      shift = 0;
    }
  }
  return bytes;
}

export * from "../index.js";
