/**
 * NDJSON: a stream of calls or bulk items, read in bounded memory whatever the chunks are.
 * @module
 */

import { finish } from "./answer.js";
import { bytesOfBuffer, bytesOfView, encode, fill } from "./document.js";
import { BULK_ITEM, LAST, RULES } from "./flags.js";
import { place, writeRules } from "./image.js";
import type { RegistryImage } from "./image.js";
import { CALL_LIMIT, readAs, readCount, readMessage, readNow, readOptions, readRules, show } from "./options.js";
import type { LinesOptions, MessageFunction } from "./options.js";
import { endsInBackslash, EscapedText, hasLoneSurrogate } from "./surrogates.js";
import type { Issue, LineResult } from "./types.js";
import { guarded } from "./wasm/instance.js";

/** A piece of a stream: bytes in UTF-8 (any view, any cut), or text. */
export type Chunk = ArrayBufferView | ArrayBuffer | string;

/**
 * Where NDJSON comes from: an iterable or async iterable of chunks, a `ReadableStream` (also where those are
 * not iterable), or the whole at once.
 */
export type LineSource =
  | Chunk
  | AsyncIterable<Chunk>
  | Iterable<Chunk>
  | {
      /** As a `ReadableStream` has it. */
      getReader(): {
        read(): Promise<{ done: boolean; value?: Chunk | undefined }>;
        cancel(reason?: unknown): Promise<unknown>;
        releaseLock(): void;
      };
    };

/** The most that is read at once, besides what is left of the line before. */
const SLICE = 1 << 20;
const NEWLINE = 10;
const NOTHING = new Uint8Array(0);

/**
 * Where a stream stands, for the core to go on from: the next line's number, the offset of what comes next,
 * how much of an overlong line was dropped, and whether a byte-order mark is still to be reported.
 */
type State = readonly [line: number, offset: number, dropped: number, mark: number];

/** Checks a stream line by line. Misuse throws at once, not when the first line is asked for. @internal */
export function checkLines(
  image: RegistryImage,
  source: LineSource,
  options: LinesOptions | undefined,
): AsyncIterableIterator<readonly LineResult[]> {
  readOptions(options);
  const chunks = chunksOf(source);
  return read(new LineReader(image, options), chunks);
}

async function* read(reader: LineReader, chunks: AsyncIterable<unknown> | Iterable<unknown>) {
  // Leaving this loop, for whatever reason, tells the source that nobody listens any more.
  for await (const chunk of chunks) {
    const bytes = reader.bytesOf(chunk);
    for (let at = 0; at < bytes.length; at += SLICE) {
      const results = reader.push(bytes.subarray(at, at + SLICE), false);
      if (results.length > 0) yield results;
    }
  }
  const results = reader.push(reader.bytesOf("", true), true);
  if (results.length > 0) yield results;
}

class LineReader {
  readonly #image: RegistryImage;
  readonly #maxLine: number;
  readonly #maxIssues: number;
  readonly #now: number;
  readonly #message: MessageFunction | undefined;
  readonly #rules: Uint8Array | undefined;
  readonly #flags: number;
  #state: State = [1, 0, 0, 0];
  /** What is left of an incomplete line: `#rest.subarray(0, #held)`. */
  #rest = NOTHING;
  #held = 0;
  /** Half a character at the end of the last text, and whether a backslash that begins an escape stood before it. */
  #half = "";
  #escaping = false;

  constructor(image: RegistryImage, options: LinesOptions | undefined) {
    this.#image = image;
    this.#maxLine = readCount(options?.maxLineBytes, "maxLineBytes", CALL_LIMIT);
    this.#maxIssues = readCount(options?.maxIssues, "maxIssues", 0);
    this.#now = readNow(options?.now);
    this.#message = readMessage(options?.message, image.message);
    this.#rules = readRules(options?.rules);
    this.#flags = (readAs(options?.as) ? BULK_ITEM : 0) | (this.#rules === undefined ? 0 : RULES);
  }

  /** Takes the next bytes of the stream and reads the lines that they complete. */
  push(bytes: Uint8Array, last: boolean): readonly LineResult[] {
    this.#append(bytes);
    // Many small chunks of one line are gathered, so that no byte is copied and read again and again.
    if (!last && this.#held <= this.#maxLine && !bytes.includes(NEWLINE)) return [];
    const content = this.#rest.subarray(0, this.#held);
    const { consumed, results } = this.#ask(content, this.#flags | (last ? LAST : 0));
    this.#rest.copyWithin(0, consumed, this.#held);
    this.#held -= consumed;
    for (const result of results) {
      finish(result.issues as Issue[], undefined, this.#message);
      finish(result.warnings as Issue[], undefined, this.#message);
    }
    return results;
  }

  #ask(content: Uint8Array, flags: number): { consumed: number; results: readonly LineResult[] } {
    return guarded((core) => {
      const registry = place(core, this.#image);
      const length = fill(core, content, content.length);
      if (this.#rules !== undefined) writeRules(core, this.#rules);
      const consumed = core.lines(registry, length, flags, this.#maxIssues, this.#maxLine, this.#now, ...this.#state);
      const results = core.line_answers() as readonly LineResult[];
      this.#state = Array.from(core.lines_state() as ArrayLike<number>) as unknown as State;
      return { consumed, results };
    });
  }

  #append(bytes: Uint8Array): void {
    const needed = this.#held + bytes.length;
    if (needed > this.#rest.length) {
      const grown = new Uint8Array(Math.max(needed, 2 * this.#held));
      grown.set(this.#rest.subarray(0, this.#held));
      this.#rest = grown;
    }
    this.#rest.set(bytes, this.#held);
    this.#held = needed;
  }

  /** The bytes of a chunk; `last`: nothing follows. */
  bytesOf(chunk: unknown, last = false): Uint8Array {
    if (typeof chunk === "string") return this.#encode(chunk, last);
    const bytes = bytesOfChunk(chunk);
    if (bytes === undefined) throw new TypeError(`A chunk must be bytes or text, not ${show(chunk)}`);
    return bytes;
  }

  #encode(chunk: string, last: boolean): Uint8Array {
    // A character may be cut between two texts: the first half waits for the second one. At the end it stays alone.
    let text = this.#half + chunk;
    const unit = text.charCodeAt(text.length - 1);
    this.#half = !last && unit >= 0xd800 && unit < 0xdc00 ? text.slice(-1) : "";
    text = text.slice(0, text.length - this.#half.length);
    const escaping = this.#escaping;
    this.#escaping = endsInBackslash(text, text.length, escaping);
    return encode(hasLoneSurrogate(text) ? new EscapedText(text, escaping).text : text);
  }
}

function bytesOfChunk(chunk: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(chunk)) return bytesOfView(chunk);
  return typeof chunk === "object" && chunk !== null ? bytesOfBuffer(chunk) : undefined;
}

function chunksOf(source: unknown): AsyncIterable<unknown> | Iterable<unknown> {
  if (typeof source === "string" || bytesOfChunk(source) !== undefined) return [source];
  if (typeof source === "object" && source !== null) {
    if (Symbol.asyncIterator in source || Symbol.iterator in source) return source as AsyncIterable<unknown>;
    if ("getReader" in source) return chunksOfStream(source as Stream);
  }
  throw new TypeError(`Lines come from bytes, text, a stream or an iterable of them, not from ${show(source)}`);
}

type Stream = Extract<LineSource, { getReader(): unknown }>;

/** A stream as an iterable, for engines whose streams are not: Safari's among them. */
async function* chunksOfStream(stream: Stream): AsyncGenerator<unknown> {
  const reader = stream.getReader();
  let finished = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
    finished = true;
  } finally {
    if (!finished) await reader.cancel().catch(() => {});
    reader.releaseLock();
  }
}
