// From bytes to a module, and in plain words why that is not possible here.
// The entries of edge runtimes do without this file: they may not compile, and their bundlers refuse its words.

type Bytes = Uint8Array<ArrayBuffer> | ArrayBuffer;

/**
 * Compiles synchronously: these few kilobytes are far below what any engine refuses to do at once. With imports it
 * gives what an instance exports: WebKit refuses only there what a page's policy forbids.
 */
export function compile(bytes: Bytes): WebAssembly.Module;
export function compile(bytes: Bytes, imports: object): object;
export function compile(bytes: Bytes, imports?: object): object {
  if (typeof WebAssembly === "undefined") {
    throw new Error("kaireon-outcomes needs WebAssembly, which this runtime does not have");
  }
  try {
    const compiled = new WebAssembly.Module(bytes);
    return imports ? new WebAssembly.Instance(compiled, imports).exports : compiled;
  } catch (cause) {
    // One of memory is no matter of policy.
    throw new Error((cause as Error).name === "RangeError" ? "kaireon-outcomes cannot start its WebAssembly module here" : reason(bytes), { cause });
  }
}

/** SIMD: Chrome 91, Firefox 89, Safari 16.4. Validating is allowed where compiling is not, so it tells a strict policy from an old engine. */
function reason(bytes: Bytes): string {
  return WebAssembly.validate(bytes)
    ? "kaireon-outcomes may not compile WebAssembly here: a page's Content-Security-Policy needs script-src 'wasm-unsafe-eval', Next.js on Cloudflare needs serverExternalPackages: [\"kaireon-outcomes\"], Nuxt on Cloudflare needs nitro: { experimental: { wasm: true } }"
    : "kaireon-outcomes needs WebAssembly with SIMD, or outcomes.wasm is damaged";
}
