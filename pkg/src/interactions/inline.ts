// The default entry: the second module stands in the bundle as text, as the first one does in its own.

import { TEXT } from "../../wasm/interactions-text.js";
import { provide } from "../wasm/module.js";
import { unpacked } from "../wasm/unpacked.js";

provide(() => unpacked(TEXT));

export * from "./index.js";
