/**
 * What is left of an incomplete line, until the rest of it comes.
 * @module
 */

/** Bytes that wait. @internal */
export class Remainder {
  /** They are the first `_count` of these. */
  private _bytes = new Uint8Array(0);
  _count = 0;

  /** Writes them, and those that came behind them, to where they are read. */
  _fill(room: Uint8Array, bytes: Uint8Array): void {
    room.set(this._bytes.subarray(0, this._count));
    room.set(bytes, this._count);
  }

  /** Keeps what came, too, but for the first `done` bytes of all, which were read. */
  _keep(bytes: Uint8Array, done = 0): void {
    if (done > 0) {
      bytes = bytes.subarray(Math.max(0, done - this._count));
      this._count = 0;
    }
    const needed = this._count + bytes.length;
    if (needed > this._bytes.length) {
      // Twice as much as before: many small pieces of one line are copied a few times, and not each time.
      const grown = new Uint8Array(Math.max(needed, 2 * this._count));
      grown.set(this._bytes);
      this._bytes = grown;
    }
    this._bytes.set(bytes, this._count);
    this._count = needed;
  }
}
