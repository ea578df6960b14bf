// Where the WebAssembly module comes from: the entry says so once, the first call asks for it.

let source: (() => WebAssembly.Module) | undefined;
let known: WebAssembly.Module | undefined;

/** Says how to get the module. Nothing is compiled before the first call that needs it. */
export function provide(next: () => WebAssembly.Module): void {
  source = next;
  known = undefined;
}

/** Whether an entry or `init` has said where the module comes from. */
export function provided(): boolean {
  return source !== undefined;
}

/** The module: compiled once, then kept, so that a new instance costs no new compilation. */
export function module(): WebAssembly.Module {
  if (source === undefined) throw new Error("kaireon-outcomes/slim: await init(…) or call initSync(…) first");
  return (known ??= source());
}
