// What a host offers and no lib but DOM declares: so no type of the DOM can slip into the package.

declare namespace WebAssembly {
  /** Opaque, so that no other object is taken for one. */
  interface Module {
    readonly [Symbol.toStringTag]: "WebAssembly.Module";
  }
  const Module: new (bytes: ArrayBufferView | ArrayBuffer) => Module;
  const Instance: new (module: Module, imports: object) => { readonly exports: object };
  function validate(bytes: ArrayBufferView | ArrayBuffer): boolean;
}

declare function fetch(address: string): Promise<{
  readonly ok: boolean;
  readonly status: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}>;

declare module "*.wasm" {
  const compiled: WebAssembly.Module;
  export default compiled;
}

declare module "*.wasm?module" {
  const compiled: WebAssembly.Module;
  export default compiled;
}
