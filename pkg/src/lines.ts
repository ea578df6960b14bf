/**
 * NDJSON: a stream of calls or bulk items, read in bounded memory whatever the chunks are.
 * @module
 */

import { finish, NONE } from "./answer.js";
import type { Report } from "./answer.js";
import { placeRules } from "./ask.js";
import { bytesOf, encode, reserve } from "./document.js";
import { LAST } from "./flags.js";
import { place } from "./image.js";
import type { RegistryImage } from "./image.js";
import { CALL_LIMIT, LINE, SLICE, STATE } from "./limits.js";
import { isObject, misuse, readCount, readSettings } from "./options.js";
import type { LinesOptions, Settings } from "./options.js";
import { Remainder } from "./remainder.js";
import { endsInBackslash, escaped, hasLoneSurrogate } from "./surrogates.js";
import type { LineResult } from "./types.js";
import { LINES, LINES_COUNT, LINES_PLACE, STREAM_PLACE } from "./wasm/exports.js";
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
  let state = new Uint32Array(STATE);
  // Lines are counted from 1.
  state[0] = 1;
  const rest = new Remainder();
  return (bytes: Uint8Array, last = 0): readonly LineResult[] => {
    const length = rest._count + bytes.length;
    let consumed = 0;
    let results: LineResult[] = [];
    // Many small chunks of one line are gathered, so that no byte is copied and read again and again.
    if (last || length > maxLine || bytes.includes(0x0a)) {
      const said: LineResult[] = [];
      const reports: Report[] = guarded((core) => {
        const registry = place(core, image);
        rest._fill(reserve(core, length), bytes);
        placeRules(core, _rules);
        const words = (place: number) => new Uint32Array(core.memory.buffer, core.address(place) >>> 0);
        words(STREAM_PLACE).set(state);
        consumed = core.lines(registry, length, _flags | last, _maxIssues, maxLine, _now) >>> 0;
        state = words(STREAM_PLACE).slice(0, STATE);
        const lines = words(LINES_PLACE);
        let at = 0;
        // A list that grows is copied each time.
        results = new Array(core.address(LINES_COUNT));
        for (let place = 0; place < results.length; place += 1) {
          const flags = lines[at + 6]!;
          const result = {
            line: number(lines, at),
            offset: number(lines, at + 2),
            length: number(lines, at + 4),
            ok: (flags & 1) !== 0,
            issues: NONE,
            warnings: NONE,
          };
          results[place] = result;
          at += LINE;
          if ((flags & 0x100) !== 0) said.push(result);
        }
        return said.length > 0 ? core.answer(LINES) : [];
      });
      reports.forEach((report, index) => Object.assign(said[index]!, finish(report, undefined, _message)));
    }
    rest._keep(bytes, consumed);
    return results;
  };
}

/** A number of two words. Nearly all have one, and stay what an engine keeps without a box. */
function number(words: Uint32Array, at: number): number {
  return words[at + 1]! > 0 ? words[at]! + words[at + 1]! * 2 ** 32 : words[at]!;
}

/** Takes the next chunk and gives its bytes; `last`: nothing follows. @internal */
export function bytesOfChunks() {
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

/** What a source of lines gives. @internal */
export function chunksOf(source: unknown): AsyncIterable<unknown> | Iterable<unknown> {
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
