// Imports of a `.wasm` as edge runtimes answer them: with a compiled module, of another realm as in Next's.

import { register } from "node:module";

const hook = `export function load(address, context, next) {
  const [file] = address.split("?");
  if (!file.endsWith(".wasm")) return next(address, context);
  const source = \`
    import { readFileSync } from "node:fs";
    import { runInNewContext } from "node:vm";
    export default runInNewContext("new WebAssembly.Module(bytes)", { bytes: readFileSync(new URL(\${JSON.stringify(file)})) });
  \`;
  return { format: "module", source, shortCircuit: true };
}`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
