// The package's WebAssembly as a test sees it from outside: its memory, and a call of it that goes wrong.
// Put in before the package's first call; the core knows nothing of it.

/** Watches the modules that export a function of this name, whose calls may be made to go wrong. */
export function watcher(name) {
  /** Every instance that was made since. */
  const instances = [];
  let fault;
  let watching = false;
  return {
    /** Watches every instance from now on: the package makes its first at its first call. A worker is asked more than once. */
    watch() {
      if (watching) return;
      watching = true;
      const { Instance } = WebAssembly;
      WebAssembly.Instance = function (module, imports) {
        const instance = new Instance(module, imports);
        const { exports } = instance;
        // There are others: the one that unpacks, and that of another entry.
        if (exports[name] === undefined) return instance;
        instances.push(exports);
        const call = (...words) => {
          const once = fault;
          fault = undefined;
          return once ? once(exports) : exports[name](...words);
        };
        return { exports: { ...exports, [name]: call } };
      };
    },
    /** Does this in place of the next call. */
    faultOnce(run) {
      fault = run;
    },
    /** How many instances there were, and the bytes of the last one's memory. */
    seen: () => ({ instances: instances.length, bytes: instances.at(-1)?.memory.buffer.byteLength }),
  };
}

export const { watch, faultOnce, seen } = watcher("check");
