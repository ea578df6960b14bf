/**
 * The body of a request, read once and within a limit.
 * @module
 */

import { whole } from "../web.js";
import type { WebRequestShape, WebStreamShape } from "../web.js";

declare const ReadableStream: new (source: {
  pull(controller: { enqueue(chunk: Uint8Array): void; close(): void }): Promise<void>;
  cancel(reason: unknown): Promise<unknown>;
}) => WebStreamShape;

/** All of it; or it as a stream, and why nobody looks into it; or that it stopped half-way. @internal */
export type ReadBody =
  | { readonly _bytes: Uint8Array<ArrayBuffer> }
  | { readonly _bytes?: undefined; readonly _stream: WebStreamShape | null; readonly _reason: "encoded" | "too_large" }
  | { readonly _bytes?: undefined; readonly _stream?: undefined; readonly _error: unknown };

/** Reads at most so many bytes. Never rejects. @internal */
export async function readBody(request: WebRequestShape, most: number): Promise<ReadBody> {
  const { headers, body } = request;
  if (!/^\s*(identity)?\s*$/i.test(headers.get("Content-Encoding") ?? "")) return { _stream: body, _reason: "encoded" };
  const stated = headers.get("Content-Length");
  if (Number(stated) > most) return { _stream: body, _reason: "too_large" };
  try {
    const read = stated === null ? await readParts(body, most) : { _bytes: new Uint8Array(await request.arrayBuffer()) };
    // Not every host says so itself.
    if (read._bytes && read._bytes.length < Number(stated)) throw new TypeError(`The body has ${read._bytes.length} bytes of ${stated}`);
    return read;
  } catch (error) {
    return { _error: error };
  }
}

/** Nobody has said how long it is. */
async function readParts(body: WebStreamShape | null, most: number): Promise<ReadBody> {
  const reader = body?.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  while (reader && length <= most) {
    const { done, value } = await reader.read();
    if (done || value === undefined) break;
    parts.push(value);
    length += value.length;
  }
  if (reader && length > most) return { _stream: joined(parts, reader), _reason: "too_large" };
  return { _bytes: whole(parts, length) };
}

/** What was read already, and then the rest as it comes. */
function joined(parts: Uint8Array[], reader: ReturnType<WebStreamShape["getReader"]>): WebStreamShape {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = parts.length > 0 ? { done: false, value: parts.shift() } : await reader.read();
      if (done || value === undefined) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
