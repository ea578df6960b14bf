/**
 * How long nobody asks the API again: a cooldown after every request, longer after each failure in a row.
 * @module
 */

/** The longest that failures, or an API's `Retry-After`, keep a client from asking: ten minutes. */
const LONGEST = 600_000;

/** The time between two requests. @internal */
export class Pause {
  /** Failures in a row. */
  _failures = 0;
  private _until = -Infinity;
  /** When the pause began. */
  private _from = -Infinity;

  constructor(private readonly _cooldown: number) {}

  /** Whether nobody asks now. Where the clock went back beyond the pause's beginning, it is over. */
  _holds(now: number): boolean {
    return now >= this._from && now < this._until;
  }

  /** A request has begun. */
  _begin(now: number): void {
    this._from = now;
    this._until = now + this._cooldown;
  }

  /** The request succeeded. */
  _succeed(): void {
    this._failures = 0;
  }

  /**
   * It failed: twice as long each time, and a different time in every isolate, so that not all ask at once.
   *
   * @returns when somebody may ask again.
   */
  _fail(now: number, retryAt = 0): number {
    this._failures += 1;
    const longer = this._cooldown * 2 ** Math.min(this._failures - 1, 10) * (0.75 + Math.random() / 2);
    this._from = now;
    this._until = Math.max(now + Math.min(longer, LONGEST), Math.min(retryAt, now + LONGEST));
    return this._until;
  }
}
