// The one instance of the core: made at the first call, and made anew after a trap.

import { imports } from "../../wasm/imports.js";
import { InternalError } from "./errors.js";
import type { Exports } from "./exports.js";
import { instance, module } from "./module.js";
import { decode } from "./text.js";

export type { Exports } from "./exports.js";

/** Bumped whenever what lay in the core's memory is gone: whoever keeps an address or a view compares it. */
export let generation = 0;

/** The instance, unless there is none yet, or the last one trapped. */
export let live: Exports | undefined;

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
    return trapped(cause);
  }
}

/** Gives the instance up. */
export function trapped(cause: unknown): never {
  live = undefined;
  throw new InternalError(`kaireon-outcomes met a fault of its own: ${cause}`, cause);
}

function start(): Exports {
  let held: unknown;
  const text = (at: number, length: number) => decode(new Uint8Array(plain.memory.buffer, at >>> 0, length));
  const plain = instance(module(), imports(text, (value) => (held = value))) as Exports;
  renew();
  return (live = {
    ...plain,
    answer(which, registry, argument) {
      held = undefined;
      plain.answer(which, registry, argument);
      return held;
    },
  });
}
