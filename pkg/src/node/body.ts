/**
 * The body of Node's request: as it comes, or as another handler has kept it.
 * @module
 */

import type { WebRequestShape, WebStreamShape } from "../web.js";
import type { NodeRequest } from "./shapes.js";

declare const TextEncoder: new () => { encode(text: string): Uint8Array };
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };
declare const Buffer: { from(bytes: ArrayBuffer): Uint8Array };
declare const ReadableStream: new (source: {
  pull(controller: { enqueue(chunk: Uint8Array): void; close(): void }): Promise<void>;
  cancel(): Promise<unknown>;
}) => WebStreamShape;

const WAS_READ =
  "The body was read before the guard: put the guard in front of express.json(), or have it kept with " +
  "express.json({ verify: (req, res, bytes) => { req.rawBody = bytes } })";

/** @throws {TypeError} Nobody has the bytes any more. @internal */
export function bodyOf(req: NodeRequest): Uint8Array | WebStreamShape | null {
  // Those of express.raw() and express.text() are the body itself.
  for (const kept of [req.rawBody, req.body]) {
    if (kept instanceof Uint8Array) return kept;
    if (typeof kept === "string") return new TextEncoder().encode(kept);
  }
  const { "content-length": length, "transfer-encoding": coding } = req.headers;
  if (coding === undefined && (length === undefined || length === "0")) return null;
  if (req.readableDidRead) throw new TypeError(WAS_READ);
  return streamOf(req);
}

function streamOf(req: NodeRequest): WebStreamShape {
  const chunks = req[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value as Uint8Array);
    },
    // Ending the iteration would end the connection, and with it the answer.
    cancel: async () => {},
  });
}

/** Gives the next handler what the guard has read. @internal */
export async function keepBody(req: NodeRequest, request: WebRequestShape): Promise<void> {
  if (request.headers.has("Content-Encoding") && !(req.rawBody instanceof Uint8Array)) {
    throw new TypeError("A compressed body cannot be checked here: put express.raw({ type: () => true }) in front of the guard, which undoes it");
  }
  const bytes = Buffer.from(await request.arrayBuffer());
  req.rawBody = bytes;
  try {
    req.body = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // In the mode `report` it may be anything.
    req.body = undefined;
  }
}
