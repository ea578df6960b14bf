// The package's WebAssembly as a test sees it from outside: its memory, and a call of it that goes wrong.
// Put in before the package's first call; the core knows nothing of it.

/** Every instance of the core that was made since. */
const instances = [];
let fault;
let watching = false;

/** Watches every instance of the core from now on. The package makes its first at its first call. */
export function watch() {
  if (watching) return;
  watching = true;
  const { Instance } = WebAssembly;
  WebAssembly.Instance = function (module, imports) {
    const instance = new Instance(module, imports);
    const { exports } = instance;
    // The default entry has a second, which unpacks the core.
    if (exports.check === undefined) return instance;
    instances.push(exports);
    const check = (...words) => {
      const once = fault;
      fault = undefined;
      return once ? once(exports) : exports.check(...words);
    };
    return { exports: { ...exports, check } };
  };
}

/** Does this in place of the core's next check. */
export function faultOnce(run) {
  fault = run;
}

/** How many instances there were, and the bytes of the last one's memory. */
export function seen() {
  return { instances: instances.length, bytes: instances.at(-1)?.memory.buffer.byteLength };
}
