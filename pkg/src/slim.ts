// The entry that leaves the bytes to the caller: everything of the default entry, and how to begin.

export * from "./index.js";
export { init, initSync } from "./wasm/slim.js";
export type { WasmModule, WasmResponse, WasmSource } from "./wasm/slim.js";
