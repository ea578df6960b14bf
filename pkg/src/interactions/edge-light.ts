// The entry for Next's edge runtime: `?module` asks its bundler for a compiled module.

import compiled from "./interactions.wasm?module";
import { provide } from "../wasm/module.js";

provide(() => compiled);

export * from "./index.js";
