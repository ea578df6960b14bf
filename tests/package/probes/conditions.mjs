// The `workerd` and `edge-light` entries take the module that their host compiled, of another realm as well

import { execFileSync } from "node:child_process";

for (const condition of ["workerd", "edge-light"]) {
  for (const probe of ["verdict.mjs", "trap.mjs"]) {
    // An entry with the bytes inlined would compile, and this says no.
    const forbid = "data:text/javascript,WebAssembly.Module = undefined";
    const imports = ["--import", "./hooks/wasm.mjs", "--import", forbid];
    execFileSync(process.execPath, ["--no-warnings", "-C", condition, ...imports, probe], { stdio: "pipe" });
  }
}
