// `InternalError`: a fault of this package, never of the document.

/**
 * A fault inside the WebAssembly core, which is this package's and never the document's. The core has been
 * reset: the same objects work on. `cause` is what the engine threw.
 */
export class InternalError extends Error {
  /** Made by this package. */
  constructor(message: string, cause: unknown) {
    super(message, { cause });
  }
}

// On the prototype, as the language's own have it: minifiers rename the class.
InternalError.prototype.name = "InternalError";
