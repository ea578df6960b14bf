/**
 * From rows to a log: of a list at once, of lines as they stream past.
 * @module
 */

import type { Document, Issue, LineSource } from "kaireon-outcomes";
import { finish, NONE, unserializable } from "../answer.js";
import type { Report } from "../answer.js";
import { bytesOf, open, parse } from "../document.js";
import { CALL_LIMIT, SLICE } from "../limits.js";
import { bytesOfChunks, chunksOf } from "../lines.js";
import { misuse } from "../options.js";
import type { Settings } from "../options.js";
import { Remainder } from "../remainder.js";
import { DOCUMENT, Instance, LOG, NOTHING, shared } from "./instance.js";
import { readTime, settingsOf } from "./options.js";
import type { LinesReadOptions } from "./options.js";
import { bytesOfDocument, frozen, putOptions } from "./question.js";
import type { LeftOut } from "./types.js";

/** The most bytes of a list; the core has the same number. */
const ARRAY_LIMIT = 1 << 30;
/** WebAssembly's memory never shrinks: what is larger is read in an instance of its own, which goes with it. */
const LARGE = 4 << 20;

/** The bytes of a log, and how many rows it has. @internal */
export class Log {
  constructor(
    readonly _bytes: Uint8Array<ArrayBuffer>,
    readonly _size: number,
  ) {}
}

/** What came of reading. @internal */
export interface LogRead {
  readonly _log: Log | undefined;
  readonly issues?: readonly Issue[];
  readonly warnings: readonly Issue[];
  readonly leftOut: number;
  readonly refused: readonly LeftOut[];
}

/** Makes the log of what an instance has read; inside its guard. */
function finished(instance: Instance): Log {
  const { finish, made } = instance._exports!;
  // The rows go with the finished log.
  const size = made(2) >>> 0;
  finish();
  return new Log(instance._made(), size);
}

/** Begins to read, behind the rows of a log; inside the guard. */
function begin(instance: Instance, log: Uint8Array, options: object, settings: Settings, flags: number): void {
  instance._put(LOG, log);
  instance._exports!.start();
  putOptions(instance, options, settings, flags);
}

/** What the core is told of reading. */
function readReading(options: LinesReadOptions | undefined): object {
  const at = options?.at;
  return { at: at === undefined ? undefined : readTime("at", at) };
}

/** A list of rows, whatever it is handed in as. @internal */
export function readList(document: unknown, options: LinesReadOptions | undefined): LogRead {
  const settings = settingsOf(options, ARRAY_LIMIT);
  const reading = readReading(options);
  const opened = open(document, settings._limit);
  if (opened._culprit) {
    return answer(undefined, { ...finish(unserializable(opened._culprit), opened, settings._message), refused: [] }, 0);
  }
  const bytes = bytesOfDocument(opened._content, settings._limit);
  const instance = bytes.length > LARGE ? new Instance() : shared;
  const { json, log } = instance._guarded((core) => {
    begin(instance, NOTHING, reading, settings, opened._flags);
    instance._put(DOCUMENT, bytes);
    const ok = core.read_array(bytes.length) > 0;
    return { json: instance._made(), log: ok ? finished(instance) : undefined };
  });
  const said = parse(json) as Report & { leftOut: number; refused: LeftOut[] };
  if (log) for (const row of said.refused) finish(row, opened, settings._message);
  else said.refused = [];
  return answer(log, finish(said, opened, settings._message), said.leftOut);
}

/** Lines, all of them at once. @internal */
export function readLines(document: Document, options: LinesReadOptions | undefined): LogRead {
  const isText = typeof document === "string";
  const bytes = isText ? undefined : (bytesOf(document) ?? misuse("document", "bytes or text, as lines", document));
  const { length } = isText ? document : bytes!;
  const reader = new LineReader(length > LARGE ? new Instance() : shared, options);
  const bytesOfNext = bytesOfChunks();
  for (let at = 0; at < length; at += SLICE) {
    reader._push(bytes ? bytes.subarray(at, at + SLICE) : bytesOfNext((document as string).slice(at, at + SLICE)));
  }
  return reader._end(bytesOfNext("", true));
}

/** Lines as they stream past, in an instance of its own: others may stream past meanwhile. @internal */
export function readStream(source: LineSource, options: LinesReadOptions | undefined): Promise<LogRead> {
  return readChunks(chunksOf(source), new LineReader(new Instance(), options));
}

async function readChunks(chunks: AsyncIterable<unknown> | Iterable<unknown>, reader: LineReader): Promise<LogRead> {
  const bytesOfNext = bytesOfChunks();
  // Leaving this loop, for whatever reason, tells the source that nobody listens any more.
  for await (const chunk of chunks) {
    const bytes = bytesOfNext(chunk);
    for (let at = 0; at < bytes.length; at += SLICE) reader._push(bytes.subarray(at, at + SLICE));
  }
  return reader._end(bytesOfNext("", true));
}

/** Takes the bytes of a stream and reads the lines that they complete. No code of the caller's runs before its end. */
class LineReader {
  private readonly _settings: Settings;
  private readonly _refused: LeftOut[] = [];
  private readonly _rest = new Remainder();

  constructor(
    private readonly _instance: Instance,
    options: LinesReadOptions | undefined,
  ) {
    this._settings = settingsOf(options, CALL_LIMIT);
    const reading = readReading(options);
    _instance._guarded(() => begin(_instance, NOTHING, reading, this._settings, 0));
  }

  _push(bytes: Uint8Array, last = 0): void {
    const rest = this._rest;
    const length = rest._count + bytes.length;
    // Many small chunks of one line are gathered, so that no byte is copied and read again and again.
    if (!last && length <= this._settings._limit && !bytes.includes(0x0a)) return rest._keep(bytes);
    const instance = this._instance;
    const { done, json } = instance._guarded((core) => {
      rest._fill(instance._room(DOCUMENT, length), bytes);
      const done = core.read_lines(length, last) >>> 0;
      return { done, json: core.made(1) > 0 ? instance._made() : undefined };
    });
    if (json) for (const line of parse(json) as LeftOut[]) this._refused.push(line);
    rest._keep(bytes, done);
  }

  _end(bytes: Uint8Array): LogRead {
    this._push(bytes, 1);
    const { leftOut, log } = this._instance._guarded((core) => ({
      leftOut: core.made(3) >>> 0,
      log: finished(this._instance),
    }));
    for (const line of this._refused) finish(line, undefined, this._settings._message);
    return answer(log, { issues: NONE, warnings: NONE, refused: this._refused }, leftOut);
  }
}

function answer(log: Log | undefined, said: Report & { refused: LeftOut[] }, leftOut: number): LogRead {
  const { issues, warnings, refused } = said;
  return { _log: log, ...frozen({ ...(log ? {} : { issues }), warnings, leftOut, refused }) };
}

/** A log that was kept; `undefined` where these bytes are none. @internal */
export function restored(bytes: Uint8Array<ArrayBuffer>): Log | undefined {
  const size = shared._guarded((core) => {
    shared._put(LOG, bytes);
    return core.rows();
  });
  return size < 0 ? undefined : new Log(bytes, size);
}

/** A log and, behind it, another. @internal */
export function joined(one: Log, other: Log): Log {
  return shared._guarded((core) => {
    shared._put(LOG, one._bytes);
    core.start();
    shared._put(LOG, other._bytes);
    core.take();
    return finished(shared);
  });
}
