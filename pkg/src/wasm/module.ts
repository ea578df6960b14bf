// Where the WebAssembly module comes from: the entry says so once, the first call asks for it.

/** What gets the module: every entry has set one before the first call. */
export let source: (() => WebAssembly.Module) | undefined;
let known: WebAssembly.Module | undefined;

/** Says how to get the module. Nothing is compiled before the first call that needs it. */
export function provide(next: () => WebAssembly.Module): void {
  source = next;
  known = undefined;
}

/** The module: compiled once, then kept, so that a new instance costs no new compilation. */
export function module(): WebAssembly.Module {
  return (known ??= source!());
}

/** What an instance of a module exports. */
export function instance(compiled: WebAssembly.Module, imports: object): object {
  try {
    return new WebAssembly.Instance(compiled, imports).exports;
  } catch (cause) {
    throw new Error("kaireon-outcomes cannot start its WebAssembly module here", { cause });
  }
}
