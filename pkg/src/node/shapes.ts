/**
 * What of Node's own classes the adapter uses.
 * @module
 */

/** A request, as http and Express have it. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly originalUrl?: string | undefined;
  readonly headers: { readonly [name: string]: string | string[] | undefined; readonly host?: string | undefined };
  readonly rawHeaders: readonly string[];
  /** Whether somebody has begun to read the body. */
  readonly readableDidRead?: boolean | undefined;
  /** The bytes of the body, kept by whoever read it. */
  rawBody?: unknown;
  body?: unknown;
  [Symbol.asyncIterator](): AsyncIterator<unknown>;
  destroy(error?: Error): unknown;
}

/** An answer, as http and Express have it. */
export interface NodeResponse {
  statusCode: number;
  statusMessage: string;
  readonly destroyed: boolean;
  setHeader(name: string, value: string | readonly string[]): unknown;
  write(chunk: Uint8Array): boolean;
  end(chunk?: string): unknown;
  destroy(error?: Error): unknown;
  once(event: "drain" | "close", listener: () => void): unknown;
  removeListener(event: "drain" | "close", listener: () => void): unknown;
}
