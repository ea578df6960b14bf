// `TextDecoder` and `TextEncoder` that ask the host at first use: the glue makes a decoder at import, and
// Jest's jsdom has neither. The build puts these in the place of the globals (esbuild's `inject`).

interface Decoder {
  decode(bytes: Uint8Array): string;
}
interface Encoder {
  encodeInto(text: string, into: Uint8Array): { read: number; written: number };
}
type Options = { readonly ignoreBOM?: boolean };
declare const globalThis: {
  readonly TextDecoder?: new (label?: string, options?: Options) => Decoder;
  readonly TextEncoder?: new () => Encoder;
};

/** Decodes UTF-8. */
export class TextDecoder implements Decoder {
  readonly #arguments: [label?: string, options?: Options];
  #host: Decoder | undefined;

  constructor(...options: [label?: string, options?: Options]) {
    this.#arguments = options;
  }

  decode(bytes?: Uint8Array): string {
    if (bytes === undefined) return "";
    const Host = globalThis.TextDecoder;
    this.#host ??= Host ? new Host(...this.#arguments) : { decode };
    return this.#host.decode(bytes);
  }
}

/** Encodes UTF-8. */
export class TextEncoder implements Encoder {
  readonly #host: Encoder = globalThis.TextEncoder ? new globalThis.TextEncoder() : { encodeInto };

  encodeInto(text: string, into: Uint8Array): { read: number; written: number } {
    return this.#host.encodeInto(text, into);
  }
}

function decode(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += (byte < 16 ? "%0" : "%") + byte.toString(16);
  return decodeURIComponent(text);
}

function encodeInto(text: string, into: Uint8Array): { read: number; written: number } {
  let read = 0;
  let written = 0;
  for (const character of text) {
    const bytes = encodeURIComponent(character).match(/%..|[^]/g) as string[];
    if (written + bytes.length > into.length) break;
    for (const byte of bytes) into[written++] = byte.length > 1 ? parseInt(byte.slice(1), 16) : byte.charCodeAt(0);
    read += character.length;
  }
  return { read, written };
}
