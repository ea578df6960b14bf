/**
 * What a call of the core is told besides its document: bits of one number, as `src/wasm` reads them.
 * @module
 */

/** What codes count as stands in the core's memory. @internal */
export const RULES = 1;
/** The document is an item of a bulk body, a line each such an item. @internal */
export const BULK_ITEM = 2;
/** A form is being checked: its missing choices are errors. @internal */
export const FORM = 4;
/** The document is text: offsets count UTF-16 units. @internal */
export const TEXT = 8;
/** The document was a value: it has no offsets. @internal */
export const OBJECT = 16;
/** A second text is there. @internal */
export const EXTRA = 32;
/** The last bytes of the stream are there. @internal */
export const LAST = 64;
