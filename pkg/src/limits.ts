/**
 * How much of everything. In a module of their own, and written out, since bundlers then put the numbers where
 * the names stand.
 * @module
 */

// What is too large is the core's word; these two only say what is worth copying to it, and every call that
// can names them, so that the two cannot disagree.

/** The most bytes of a call, of a type, of a key and of a line. @internal */
export const CALL_LIMIT = 1_048_576;
/** The most bytes of a list of outcome types and of a bulk body. @internal */
export const LIST_LIMIT = 16_777_216;
/** No limit of bytes: who asks has bounded the text. @internal */
export const NO_LIMIT = 0x7fffffff;

/** The bytes between a document and the second text behind it. @internal */
export const GAP = 64;
/** The smallest input buffer worth asking for. @internal */
export const LEAST_ROOM = 65_536;
/** The most of a stream that is read at once, besides what is left of the line before. @internal */
export const SLICE = 1_048_576;

// How many words the core's memory has of where a stream stands, and of a line; numbers take two, the lower first.
/** The words of a state. @internal */
export const STATE = 8;
/** The words of a line. @internal */
export const LINE = 10;

/** Names longer than this many UTF-16 units are cut before a key is made of them. @internal */
export const LONGEST_NAME = 262_144;
/** The longest text of a server that is shown in a message, in UTF-16 units. @internal */
export const LONGEST_MESSAGE = 300;
