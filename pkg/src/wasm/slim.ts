// The entry without bytes: the caller gives `outcomes.wasm` in whatever form the place has it.

import { compile } from "./compile.js";
import { module, provide, source as given } from "./module.js";

/** Stands for a module as long as there is none. */
const early = (): never => {
  throw new Error("kaireon-outcomes/slim: await init(…) or call initSync(…) first");
};

// The default entry may have been there before, with a module of its own.
if (given === undefined) provide(early);

/** Bytes of `outcomes.wasm`, or the module that a bundler or a host compiled from it. */
export type WasmModule = ArrayBuffer | ArrayBufferView | object;

/** The answer to a fetch. */
export interface WasmResponse {
  readonly ok: boolean;
  readonly status: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** What `init` takes: an address to fetch, the answer to a fetch, bytes, or a compiled module. */
export type WasmSource = string | { readonly href: string } | WasmResponse | WasmModule;

/** Takes the module as it is: bytes or a compiled `WebAssembly.Module`. The first call wins. */
export function initSync(source: WasmModule): void {
  if (given !== early) return;
  provide(() => toModule(source));
  module(); // so that what is wrong with it is said here, not at the first check
}

/** Fetches or takes the module, and is done when checks may be called. The first call wins. */
export async function init(source: WasmSource | Promise<WasmSource>): Promise<void> {
  if (given !== early) return;
  initSync(await fetched(await source));
}

async function fetched(source: WasmSource): Promise<WasmModule> {
  const given = typeof source === "string" || "href" in source ? await fetch(String(source)) : source;
  if (!("arrayBuffer" in given)) return given;
  const { ok, status } = given as WasmResponse;
  if (!ok) throw new Error(`outcomes.wasm could not be fetched: status ${status}`);
  return (given as WasmResponse).arrayBuffer();
}

/** A host's module may come from another realm, where `instanceof` says no: whatever is not bytes is a module. */
function toModule(source: WasmModule): WebAssembly.Module {
  const bytes = ArrayBuffer.isView(source) || Object.prototype.toString.call(source) === "[object ArrayBuffer]";
  return bytes ? compile(source as ArrayBuffer) : (source as WebAssembly.Module);
}
