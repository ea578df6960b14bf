// The default entry: the bytes stand in the bundle as text, so no runtime has to fetch or read anything.

import { TEXT } from "../../wasm/text.js";
import { compile } from "../../wasm/compile.js";
import { PROGRAM } from "../../wasm/unpack.js";
import { instance, provide } from "./module.js";
import { encodeInto } from "./text.js";

/** What makes the module of its text: JavaScript, run once and cold, took ten times as long. */
interface Unpacker {
  readonly memory: { readonly buffer: ArrayBuffer };
  unpack(): number;
}

// Where the program finds the text, and leaves the module: unpack/src/lib.rs.
const FROM = 8 << 10;
const TO = 128 << 10;

provide(() => {
  const program = Uint8Array.from(PROGRAM.match(/../g)!, (digits) => Number(`0x${digits}`));
  const { memory, unpack } = instance(compile(program), {}) as Unpacker;
  encodeInto(TEXT, new Uint8Array(memory.buffer, FROM));
  return compile(new Uint8Array(memory.buffer, TO, unpack()));
});

export * from "../index.js";
