/**
 * Places for what was refused: functions for `onRefused`.
 * @module
 */

import type { RefusedLetter } from "./letters.js";

declare const TextDecoder: new (label: string, options: object) => { decode(bytes: Uint8Array): string };
declare const btoa: (binary: string) => string;
declare const crypto: { randomUUID(): string };
declare const fetch: (url: string, init: object) => Promise<{ readonly ok: boolean; readonly status: number; readonly body: { cancel(): Promise<unknown> } | null }>;

/** A place, or a function that finds it in the environment. */
type Found<T, Env> = T | ((env: Env) => T);

/** As a Cloudflare queue has it. */
export interface QueueLike {
  send(message: unknown, options?: { readonly contentType?: "json" }): Promise<unknown>;
}

/** As an R2 bucket has it. */
export interface BucketLike {
  put(key: string, value: string): Promise<unknown>;
}

/** A refused call as JSON: its bytes are `body` where they are text, else `base64`. */
export interface KeptLetter extends Omit<RefusedLetter, "bytes"> {
  readonly body?: string;
  readonly base64?: string;
}

/** Sends what was refused to a Cloudflare queue, a message each: a message has at most 128 KB. */
export function queueSink<Env = unknown>(queue: Found<QueueLike, Env>): (letter: RefusedLetter, env: Env) => Promise<unknown> {
  return async (letter, env) => find(queue, env).send(kept(letter), { contentType: "json" });
}

/** Puts what was refused into an R2 bucket, an object each: `PREFIX2026-11-23/…json`. */
export function bucketSink<Env = unknown>(bucket: Found<BucketLike, Env>, prefix = "refused/"): (letter: RefusedLetter, env: Env) => Promise<unknown> {
  return async (letter, env) => {
    const [day] = new Date(letter.arrivedAt).toISOString().split("T");
    return find(bucket, env).put(`${prefix}${day}/${letter.arrivedAt}-${crypto.randomUUID()}.json`, JSON.stringify(kept(letter)));
  };
}

/** Posts what was refused to an address, a request each. An answer other than 2xx is a failure. */
export function httpSink<Env = unknown>(
  url: Found<string, Env>,
  headers: Found<Readonly<Record<string, string>>, Env> = {},
): (letter: RefusedLetter, env: Env) => Promise<unknown> {
  return async (letter, env) => {
    const init = { method: "POST", headers: { "Content-Type": "application/json", ...find(headers, env) }, body: JSON.stringify(kept(letter)) };
    const answer = await fetch(find(url, env), init);
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`What was refused could not be kept: status ${answer.status}`);
  };
}

function find<T, Env>(place: Found<T, Env>, env: Env): T {
  return typeof place === "function" ? (place as (env: Env) => T)(env) : place;
}

function kept({ bytes, ...rest }: RefusedLetter): KeptLetter {
  try {
    return { ...rest, body: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    let binary = "";
    for (const byte of bytes) binary += String.fromCharCode(byte);
    return { ...rest, base64: btoa(binary) };
  }
}
