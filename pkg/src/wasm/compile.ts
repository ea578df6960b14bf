// From bytes to a module, and in plain words why that is not possible here.
// The entries of edge runtimes do without this file: they may not compile, and their bundlers refuse its words.

/** Compiles synchronously: these few kilobytes are far below what any engine refuses to do at once. */
export function compile(bytes: Uint8Array<ArrayBuffer> | ArrayBuffer): WebAssembly.Module {
  if (typeof WebAssembly === "undefined") {
    throw new Error("kaireon-outcomes needs WebAssembly, which this runtime does not have");
  }
  try {
    return new WebAssembly.Module(bytes);
  } catch (cause) {
    throw new Error(reason(bytes), { cause });
  }
}

/** SIMD: Chrome 91, Firefox 89, Safari 16.4. Validating is allowed where compiling is not, so it tells a strict policy from an old engine. */
function reason(bytes: Uint8Array<ArrayBuffer> | ArrayBuffer): string {
  return WebAssembly.validate(bytes)
    ? "kaireon-outcomes may not compile WebAssembly here: a page's Content-Security-Policy needs script-src 'wasm-unsafe-eval', Next.js on Cloudflare needs serverExternalPackages: [\"kaireon-outcomes\"], Nuxt on Cloudflare needs nitro: { experimental: { wasm: true } }"
    : "kaireon-outcomes needs WebAssembly with SIMD, or outcomes.wasm is damaged";
}
