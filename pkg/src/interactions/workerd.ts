// The entry for Cloudflare's runtime: it compiles a `.wasm` import beforehand, and nothing at run time.

import compiled from "./interactions.wasm";
import { provide } from "../wasm/module.js";

provide(() => compiled);

export * from "./index.js";
