/**
 * A web answer on its way out of Node.
 * @module
 */

import type { WebResponseShape } from "../web.js";
import type { NodeResponse } from "./shapes.js";

/** Sends an answer, as fast as it is taken. Where it breaks off, so does this one. @internal */
export async function send(res: NodeResponse, { status, statusText, headers, body }: WebResponseShape): Promise<void> {
  res.statusCode = status;
  if (statusText) res.statusMessage = statusText;
  const cookies: string[] = [];
  headers.forEach((value, name) => {
    // Each of them is a header of its own.
    if (name === "set-cookie") cookies.push(value);
    else res.setHeader(name, value);
  });
  if (cookies.length > 0) res.setHeader("set-cookie", cookies);
  const reader = body?.getReader();
  try {
    while (reader) {
      const { done, value } = await reader.read();
      if (done || value === undefined) break;
      if (res.destroyed) return void reader.cancel().catch(() => {});
      if (!res.write(value)) await drained(res);
    }
    res.end();
  } catch {
    // Half an answer must not look like a whole one.
    res.destroy();
  }
}

/** Until there is room again, or nobody takes it any more. */
function drained(res: NodeResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      res.removeListener("drain", go);
      res.removeListener("close", go);
      resolve();
    };
    res.once("drain", go);
    res.once("close", go);
  });
}
