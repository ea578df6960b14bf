// The module of its text, by the program that stands beside it.

import { compile } from "../../wasm/compile.js";
import { PROGRAM } from "../../wasm/unpack.js";
import { encodeInto } from "./text.js";

/** What makes the module of its text: JavaScript, run once and cold, took ten times as long. */
interface Unpacker {
  readonly memory: { readonly buffer: ArrayBuffer };
  unpack(): number;
}

// Where the program finds the text, and leaves the module: unpack/src/lib.rs.
const FROM = 8 << 10;
const TO = 128 << 10;

/** Compiles the module that a text stands for. */
export function unpacked(text: string): WebAssembly.Module {
  // Eight bytes at once, in a fraction of the time: the last ones first, as each has its own last byte first.
  const words = BigUint64Array.from(PROGRAM.match(/.{16}/g)!.reverse(), (digits) => BigInt(`0x${digits}`));
  const program = new Uint8Array(words.buffer).reverse();
  const { memory, unpack } = compile(program, {}) as Unpacker;
  encodeInto(text, new Uint8Array(memory.buffer, FROM));
  return compile(new Uint8Array(memory.buffer, TO, unpack()));
}
