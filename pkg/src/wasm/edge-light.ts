// The entry for Next's edge runtime: `?module` asks its bundler for a compiled module.

import compiled from "./outcomes.wasm?module";
import { provide } from "./module.js";

provide(() => compiled);

export * from "../index.js";
