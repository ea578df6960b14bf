// The one instance of the core: made at the first call, and made anew after a trap.

import { imports, setCore } from "../../wasm/imports.js";
import { MOST_WORDS } from "../limits.js";
import { InternalError } from "./errors.js";
import { LAST_WORDS } from "./exports.js";
import type { Exports } from "./exports.js";
import { module } from "./module.js";
import { decode } from "./text.js";

export type { Exports } from "./exports.js";

/** Bumped whenever what lay in the core's memory is gone: whoever keeps an address or a view compares it. */
export let generation = 0;

let live: Exports | undefined;
let panicAddress = 0;

/** Says that what lay in the core's memory is gone. */
export function renew(): void {
  generation += 1;
}

/**
 * Runs calls of the core. Whatever is thrown in there counts as a trap: the instance may be damaged, so it
 * is given up, the next call gets a new one, and the caller an {@link InternalError}.
 * No code of the user's may run in here, nor another call of this.
 */
export function guarded<A>(run: (core: Exports) => A): A {
  const core = live ?? start();
  try {
    return run(core);
  } catch (cause) {
    throw trapped(core, cause);
  }
}

function start(): Exports {
  const compiled = module();
  let core: Exports;
  try {
    core = new WebAssembly.Instance(compiled, imports).exports as Exports;
  } catch (cause) {
    throw new Error("kaireon-outcomes cannot start its WebAssembly module here", { cause });
  }
  setCore(core);
  core.__wbindgen_start();
  panicAddress = core.address(LAST_WORDS) >>> 0;
  renew();
  return (live = core);
}

function trapped({ memory }: Exports, cause: unknown): InternalError {
  live = undefined;
  const [message, place] = lastWords(memory.buffer) ?? [String(cause)];
  return new InternalError(`kaireon-outcomes met a fault of its own: ${message}`, cause, place);
}

/** What the panic hook left, if the trap was a panic: `MESSAGE at PLACE`. After a trap nothing is certain. */
function lastWords(memory: ArrayBuffer): [message: string, place?: string] | undefined {
  try {
    const length = new DataView(memory).getUint32(panicAddress, true);
    if (length === 0) return undefined;
    const text = decode(new Uint8Array(memory, panicAddress + 4, Math.min(length, MOST_WORDS)));
    return text.split(/ at (?=\S+$)/) as [message: string, place?: string];
  } catch {
    return undefined;
  }
}
