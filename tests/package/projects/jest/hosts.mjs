// What the suite itself needs and Jest's jsdom has not: Node's, for the suite alone, so that the package still has to do without.

import { MessageChannel } from "node:worker_threads";

export { ReadableStream } from "node:stream/web";
export { TextDecoder, TextEncoder } from "node:util";

/** As far as the suite goes: a transfer detaches. */
export function structuredClone(value, { transfer }) {
  const { port1 } = new MessageChannel();
  port1.postMessage(value, transfer);
  port1.close();
}
