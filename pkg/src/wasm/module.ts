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
