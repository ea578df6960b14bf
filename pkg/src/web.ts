/**
 * What of the web's own classes the client and the guard use: the host's types where a project knows them (DOM, Node,
 * Workers), else these shapes. So the package's types need no library.
 * @module
 */

import type { Bytes } from "kaireon-outcomes";

/** The type of the instances of a global class, if there is one of that name. */
type Host<Name extends string, Shape> = typeof globalThis extends Record<Name, { readonly prototype: infer Instance }>
  ? Instance
  : Shape;

/** Bytes on their way. */
export interface WebStreamShape {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
    cancel(reason?: unknown): Promise<unknown>;
    releaseLock(): void;
  };
  cancel(reason?: unknown): Promise<unknown>;
}

/** The headers of a request or an answer. */
export interface WebHeadersShape {
  get(name: string): string | null;
  has(name: string): boolean;
  set(name: string, value: string): void;
  append(name: string, value: string): void;
  delete(name: string): void;
  forEach(each: (value: string, name: string) => void): void;
}

/** What somebody asks of us. */
export interface WebRequestShape {
  readonly url: string;
  readonly method: string;
  readonly headers: WebHeadersShape;
  readonly body: WebStreamShape | null;
  readonly bodyUsed: boolean;
  readonly signal: WebSignalShape;
  clone(): WebRequestShape;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** What somebody answers. */
export interface WebResponseShape {
  readonly ok: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly headers: WebHeadersShape;
  readonly body: WebStreamShape | null;
  arrayBuffer(): Promise<ArrayBuffer>;
  text(): Promise<string>;
}

/** Says that nobody waits any more. */
export interface WebSignalShape {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void, options?: { readonly once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** `Request`. */
export type WebRequest = Host<"Request", WebRequestShape>;
/** `Response`. */
export type WebResponse = Host<"Response", WebResponseShape>;
/** `AbortSignal`: the types of Workers declare it as a class, which is no member of `globalThis`. */
export type WebSignal = WebRequest["signal"];

/** What a request is made with. */
export interface WebRequestInit {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: Bytes;
  readonly signal?: WebSignal;
  readonly cache?: "no-store";
  readonly redirect?: "manual";
}

/** `fetch`, as far as it is used. */
export type WebFetch = (url: string, init: WebRequestInit) => Promise<WebResponse>;

/** Keeps a promise alive when the request that began it has ended: `ctx.waitUntil` of Workers, `after` of Next. */
export type WaitUntil = (promise: Promise<unknown>) => void;

/** The parts of a body as one. @internal */
export function whole(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
