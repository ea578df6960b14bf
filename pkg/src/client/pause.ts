/**
 * How long nobody asks the API again: a cooldown after every request, longer after each failure in a row. Requests that
 * were on their way together and failed are one failure.
 * @module
 */

/** The longest that failures, or an API's `Retry-After`, keep a client from asking: ten minutes. */
const LONGEST = 600_000;

/** The time between two requests. @internal */
export class Pause {
  /** Failures in a row. */
  _failures = 0;
  /** How many ends counted: a request that began before the last of them says nothing new. */
  private _ends = 0;
  private _until = -Infinity;
  /** When the pause began. */
  private _from = -Infinity;

  constructor(private readonly _cooldown: number) {}

  /** Whether nobody asks now. Where the clock went back beyond the pause's beginning, it is over. */
  _holds(now: number): boolean {
    return now >= this._from && now < this._until;
  }

  /** A request has begun. @returns what its end is told with. */
  _begin(now: number): number {
    this._from = now;
    this._until = now + this._cooldown;
    return this._ends;
  }

  /** A request that began at `began` succeeded. */
  _succeed(began: number): void {
    this._ends += 1;
    this._failures = 0;
    this._from = began;
    this._until = began + this._cooldown;
  }

  /**
   * It failed: twice as long each time, and a different time in every isolate, so that not all ask at once.
   *
   * @returns when somebody may ask again.
   */
  _fail(turn: number, now: number, retryAt = 0): number {
    let until = Math.min(retryAt, now + LONGEST);
    if (turn === this._ends) {
      this._ends += 1;
      this._failures += 1;
      const longer = this._cooldown * 2 ** Math.min(this._failures - 1, 10) * (1 + Math.random() / 2);
      until = Math.max(until, now + Math.min(longer, Math.max(LONGEST, this._cooldown)));
    }
    // What stands there may be of a clock that has gone back since.
    this._until = now < this._from ? until : Math.max(this._until, until);
    this._from = Math.min(this._from, now);
    return this._until;
  }
}
