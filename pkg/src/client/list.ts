/**
 * The list of a tenant's outcome types as the API sends it: asked for, read within its limits, page after page.
 * @module
 */

import { whole } from "../web.js";
import type { WebFetch, WebResponse, WebSignal } from "../web.js";
import { RegistryLoadError } from "./events.js";

declare const fetch: WebFetch;
declare const Request: new (url: string, init: object) => unknown;
declare const TextDecoder: new (label: string, options: { readonly fatal: boolean }) => { decode(bytes: Uint8Array): string };

/** The most pages that make one list. */
const MOST_PAGES = 1_000;

/** By what the API knows a list again. */
export interface Validators {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

/** What came of asking; without a document it is the one that is known. */
export interface Listed {
  readonly document?: Uint8Array | { readonly data: readonly unknown[]; readonly hasMore: boolean };
  readonly validators: Validators;
}

/** How to ask. */
export interface Asking {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly known: Validators;
  readonly maxBytes: number;
  readonly fetch: WebFetch | undefined;
  readonly now: () => number;
}

/**
 * Asks for the list.
 *
 * @throws {RegistryLoadError} It could not be had. @internal
 */
export async function askForList(asking: Asking, signal: WebSignal): Promise<Listed> {
  const { url, known } = asking;
  const headers: Record<string, string> = { Accept: "application/json", ...asking.headers };
  if (known.etag !== undefined) headers["If-None-Match"] = known.etag;
  if (known.lastModified !== undefined) headers["If-Modified-Since"] = known.lastModified;
  // Else `fetch` says `no-cache`, and to that servers send the whole list.
  if (isConditional(known)) headers["Cache-Control"] = "max-age=0";
  const answer = await send(asking, url, headers, signal);
  const { status } = answer;
  if (status === 304 && isConditional(known)) {
    drop(answer);
    return { validators: known };
  }
  const bytes = await read(asking, answer, asking.maxBytes);
  const first = pageOf(bytes);
  if (first?.cursor === undefined) {
    const [etag, lastModified] = ["ETag", "Last-Modified"].map((name) => answer.headers.get(name) ?? undefined);
    return { document: bytes, validators: { etag, lastModified } };
  }
  // What one page is known by says nothing of the others: they are asked for without.
  return { document: await readPages(asking, signal, bytes.length, first), validators: {} };
}

/** Whether there is anything to know the list again by. @internal */
export const isConditional = ({ etag, lastModified }: Validators): boolean => (etag ?? lastModified) !== undefined;

/** The pages behind the first, up to the last one that there is. */
async function readPages(asking: Asking, signal: WebSignal, length: number, first: Page) {
  const data = [...first.data];
  const seen = new Set<string>();
  let { cursor } = first;
  let left = asking.maxBytes - length;
  while (cursor !== undefined && !seen.has(cursor) && seen.size < MOST_PAGES) {
    seen.add(cursor);
    const answer = await send(asking, withCursor(asking.url, cursor), { Accept: "application/json", ...asking.headers }, signal);
    const bytes = await read(asking, answer, left);
    left -= bytes.length;
    const page = pageOf(bytes);
    if (page === undefined) throw new RegistryLoadError("A page of the list is none", "not_a_registry");
    data.push(...page.data);
    cursor = page.cursor;
  }
  return { data, hasMore: cursor !== undefined };
}

interface Page {
  readonly data: readonly unknown[];
  /** Where the next page begins; none behind the last. */
  readonly cursor: string | undefined;
}

/** What a page says, if it is an envelope: of everything else the registry says what is wrong with it. */
function pageOf(bytes: Uint8Array): Page | undefined {
  let plain: Record<string, unknown>;
  try {
    plain = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as typeof plain;
  } catch {
    return undefined;
  }
  if (!Array.isArray(plain?.["data"])) return undefined;
  const pagination = (plain["pagination"] ?? {}) as Record<string, unknown>;
  const stated = (name: string) => pagination[name] ?? plain[name];
  const cursor = stated("cursor") ?? stated("nextCursor");
  const more = stated("hasMore") === true && ((typeof cursor === "string" && cursor !== "") || typeof cursor === "number");
  return { data: plain["data"], cursor: more ? String(cursor) : undefined };
}

function withCursor(url: string, cursor: string): string {
  const [place, fragment] = url.split("#") as [string, string?];
  const joined = `${place}${place.includes("?") ? "&" : "?"}cursor=${encodeURIComponent(cursor)}`;
  return fragment === undefined ? joined : `${joined}#${fragment}`;
}

async function send(asking: Asking, url: string, headers: Record<string, string>, signal: WebSignal): Promise<WebResponse> {
  const ask = asking.fetch ?? fetch;
  try {
    return await ask(url, { headers, signal, redirect: "manual", ...(takesCache() && { cache: "no-store" as const }) });
  } catch (cause) {
    throw new RegistryLoadError("The API could not be reached", "network", { cause });
  }
}

let cacheIsTaken: boolean | undefined;

/** Whether a request may say that no cache is to answer it; Workers of old dates throw. */
function takesCache(): boolean {
  if (cacheIsTaken === undefined) {
    try {
      new Request("https://kaireon-outcomes.invalid/", { cache: "no-store" });
      cacheIsTaken = true;
    } catch {
      cacheIsTaken = false;
    }
  }
  return cacheIsTaken;
}

/** The whole body of a 200, at most so many bytes of it. */
async function read({ now }: Asking, answer: WebResponse, most: number): Promise<Uint8Array> {
  const { status } = answer;
  if (status !== 200) {
    drop(answer);
    const retryAt = retryOf(answer.headers.get("Retry-After"), now());
    throw new RegistryLoadError(`The API answered ${status}`, "status", { status, retryAt });
  }
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = answer.body?.getReader();
  try {
    for (;;) {
      const { done, value } = reader ? await reader.read() : { done: true };
      if (done || value === undefined) break;
      parts.push(value);
      length += value.length;
      if (length > most) break;
    }
  } catch (cause) {
    throw new RegistryLoadError("The connection broke while the list was read", "network", { status, cause });
  }
  if (length > most) {
    // Nobody waits for that: whoever sends so much may hang here as well.
    reader?.cancel().catch(() => {});
    throw new RegistryLoadError(`The list is longer than ${most} bytes`, "too_large", { status });
  }
  return whole(parts, length);
}

/** Nobody reads this body: whoever sends it is told so. */
function drop({ body }: WebResponse): void {
  body?.cancel().catch(() => {});
}

/** `Retry-After`: seconds, or a date. */
function retryOf(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const at = /^\d+$/.test(header) ? now + Number(header) * 1000 : Date.parse(header);
  return Number.isFinite(at) ? at : undefined;
}
