// UTF-8 by the host's coders, which are asked for at first use: Jest's jsdom has neither.

import { LONE } from "../surrogates.js";

interface Decoder {
  decode(bytes: Uint8Array): string;
}
interface Encoder {
  encodeInto(text: string, into: Uint8Array): { read: number; written: number };
}
declare const globalThis: {
  readonly TextDecoder?: new () => Decoder;
  readonly TextEncoder?: new () => Encoder;
};
// The old way, which every host without coders has.
declare function escape(bytes: string): string;
declare function unescape(text: string): string;

let encoder: Encoder | undefined;

/** The text of UTF-8; hosts leave out a byte-order mark in front. */
export function decode(bytes: Uint8Array): string {
  const Host = globalThis.TextDecoder;
  // A new one each time: it costs little, and Safari's fail once they have decoded 2 GiB.
  return Host ? new Host().decode(bytes) : decodeByHand(bytes);
}

/** Encodes as UTF-8 what there is room for. Where not all of it was `read`, more bytes are needed. */
export function encodeInto(text: string, into: Uint8Array): { read: number; written: number } {
  const Host = globalThis.TextEncoder;
  encoder ??= Host ? new Host() : { encodeInto: encodeByHand };
  return encoder.encodeInto(text, into);
}

function decodeByHand(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return decodeURIComponent(escape(text));
}

/** All or nothing, where the host's writes a part; `written` is what all of it takes. */
function encodeByHand(text: string, into: Uint8Array): { read: number; written: number } {
  const bytes = unescape(encodeURIComponent(text.replace(LONE, "\ufffd")));
  const written = bytes.length;
  if (written > into.length) return { read: 0, written };
  for (let at = 0; at < written; at += 1) into[at] = bytes.charCodeAt(at);
  return { read: text.length, written };
}
