// The default entry: the bytes stand in the bundle as text, so no runtime has to fetch or read anything.

import { TEXT } from "../../wasm/text.js";
import { provide } from "./module.js";
import { unpacked } from "./unpacked.js";

provide(() => unpacked(TEXT));

export * from "../index.js";
