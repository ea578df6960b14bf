/**
 * NDJSON: a stream of calls or bulk items, read in bounded memory whatever the chunks are.
 * @module
 */

import { finish } from "./answer.js";
import type { Report } from "./answer.js";
import { copy } from "./ask.js";
import { bytesOf, encode } from "./document.js";
import { LAST } from "./flags.js";
import { place } from "./image.js";
import type { RegistryImage } from "./image.js";
import { CALL_LIMIT, SLICE } from "./limits.js";
import { isObject, misuse, readCount, readSettings } from "./options.js";
import type { LinesOptions, Settings } from "./options.js";
import { endsInBackslash, escaped, hasLoneSurrogate } from "./surrogates.js";
import type { LineResult } from "./types.js";
import { LINES, STREAM, told } from "./wasm/exports.js";
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
  const settings = readSettings(options, image);
  const maxLine = readCount(options?.maxLineBytes, "maxLineBytes", CALL_LIMIT);
  return read(chunksOf(source), lineReader(image, settings, maxLine));
}

async function* read(chunks: AsyncIterable<unknown> | Iterable<unknown>, push: ReturnType<typeof lineReader>) {
  const bytesOfNext = bytesOfChunks();
  // Leaving this loop, for whatever reason, tells the source that nobody listens any more.
  for await (const chunk of chunks) {
    const bytes = bytesOfNext(chunk);
    for (let at = 0; at < bytes.length; at += SLICE) {
      const results = push(bytes.subarray(at, at + SLICE));
      if (results.length > 0) yield results;
    }
  }
  const results = push(bytesOfNext("", true), LAST);
  if (results.length > 0) yield results;
}

/** Takes the next bytes of the stream and reads the lines that they complete; `LAST`: nothing follows. */
function lineReader(image: RegistryImage, settings: Settings, maxLine: number) {
  const { _flags, _message, _maxIssues, _now, _rules } = settings;
  let state: State = [1, 0, 0, 0];
  /** What is left of an incomplete line: `rest.subarray(0, held)`. */
  let rest = new Uint8Array(0);
  let held = 0;
  return (bytes: Uint8Array, last = 0): readonly LineResult[] => {
    const needed = held + bytes.length;
    if (needed > rest.length) {
      const grown = new Uint8Array(Math.max(needed, 2 * held));
      grown.set(rest);
      rest = grown;
    }
    rest.set(bytes, held);
    held = needed;
    // Many small chunks of one line are gathered, so that no byte is copied and read again and again.
    if (!last && held <= maxLine && !bytes.includes(0x0a)) return [];
    let consumed = 0;
    const results = guarded((core) => {
      const registry = place(core, image);
      copy(core, rest.subarray(0, held), held, _rules);
      consumed = core.lines(registry, held, _flags | last, _maxIssues, maxLine, _now, ...state);
      const found = told<(LineResult & Report)[]>(core, LINES);
      state = told(core, STREAM);
      return found;
    });
    rest.copyWithin(0, consumed, held);
    held -= consumed;
    for (const result of results) finish(result, undefined, _message);
    return results;
  };
}

/** Takes the next chunk and gives its bytes; `last`: nothing follows. */
function bytesOfChunks() {
  /** Half a character at the end of the last text, and whether a backslash that begins an escape stood before it. */
  let half = "";
  let escaping = false;
  return (chunk: unknown, last = false): Uint8Array => {
    if (typeof chunk !== "string") return bytesOf(chunk) ?? misuse("chunk", "bytes or text", chunk);
    // A character may be cut between two texts: the first half waits for the second one. At the end it stays alone.
    let text = half + chunk;
    const unit = text.charCodeAt(text.length - 1);
    half = !last && unit >= 0xd800 && unit < 0xdc00 ? text.slice(-1) : "";
    text = text.slice(0, text.length - half.length);
    const before = escaping;
    escaping = endsInBackslash(text, text.length, before);
    return encode(hasLoneSurrogate(text) ? escaped(text, [], before) : text);
  };
}

function chunksOf(source: unknown): AsyncIterable<unknown> | Iterable<unknown> {
  if (typeof source === "string" || bytesOf(source) !== undefined) return [source];
  if (isObject(source)) {
    if (Symbol.asyncIterator in source || Symbol.iterator in source) return source as AsyncIterable<unknown>;
    if ("getReader" in source) return chunksOfStream(source as Stream);
  }
  return misuse("source", "bytes, text, a stream or an iterable of them", source);
}

type Stream = Extract<LineSource, { getReader(): unknown }>;

/** A stream as an iterable, for engines whose streams are not: Safari's among them. */
async function* chunksOfStream(stream: Stream): AsyncGenerator<unknown> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // A stream that is at its end takes no notice.
    await reader.cancel().catch(() => {});
    reader.releaseLock();
  }
}
