// The one instance of the core: made at the first call, and made anew after a trap.

import * as glue from "../../wasm/outcomes_bg.js";
import { InternalError } from "./errors.js";
import { named } from "./exports.js";
import type { Exports } from "./exports.js";
import { module } from "./module.js";

export { InternalError } from "./errors.js";
export type { Exports } from "./exports.js";

/** Bumped by every instantiation: whoever keeps an address or a view compares it. */
export let generation = 0;

let live: Exports | undefined;
let panicAddress = 0;

/** The core, instantiated at the first use. */
export function core(): Exports {
  return live ?? start();
}

/**
 * Runs calls of the core. Whatever is thrown in there counts as a trap: the instance may be damaged, so it
 * is given up, the next call gets a new one, and the caller an {@link InternalError}.
 * No code of the user's may run in here.
 */
export function guarded<A>(run: (core: Exports) => A): A {
  const exports = live ?? start();
  try {
    return run(exports);
  } catch (cause) {
    throw cause instanceof InternalError ? cause : trapped(exports, cause);
  }
}

function start(): Exports {
  const compiled = module();
  let raw: RawExports;
  try {
    raw = new WebAssembly.Instance(compiled, { "./outcomes_bg.js": glue }).exports as RawExports;
  } catch (cause) {
    throw new Error("kaireon-outcomes cannot start its WebAssembly module here", { cause });
  }
  glue.__wbg_set_wasm(raw);
  raw.__wbindgen_start();
  live = named(glue, raw.memory);
  panicAddress = live.panic_address() >>> 0;
  generation += 1;
  return live;
}

interface RawExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  __wbindgen_start(): void;
}

function trapped({ memory }: Exports, cause: unknown): InternalError {
  live = undefined;
  const [message, place] = lastWords(memory.buffer) ?? [String(cause)];
  // The glue keeps views of the memory until they are detached. Growing by nothing detaches them.
  (memory as RawExports["memory"]).grow(0);
  return new InternalError(`kaireon-outcomes met a fault of its own: ${message}`, cause, place);
}

/** What the panic hook left, if the trap was a panic: `MESSAGE at PLACE`. After a trap nothing is certain. */
function lastWords(memory: ArrayBuffer): [message: string, place?: string] | undefined {
  try {
    const length = new DataView(memory).getUint32(panicAddress, true);
    if (length === 0) return undefined;
    const text = new TextDecoder().decode(new Uint8Array(memory, panicAddress + 4, Math.min(length, MOST_WORDS)));
    const cut = text.lastIndexOf(" at ");
    return cut < 0 ? [text] : [text.slice(0, cut), text.slice(cut + 4)];
  } catch {
    return undefined;
  }
}

/** The room that the core has for its last words. */
const MOST_WORDS = 508;

declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };
