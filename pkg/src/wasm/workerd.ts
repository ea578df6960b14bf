// The entry for Cloudflare's runtime: it compiles a `.wasm` import beforehand, and nothing at run time.

import compiled from "./outcomes.wasm";
import { provide } from "./module.js";

provide(() => compiled);

export * from "../index.js";
