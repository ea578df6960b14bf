/**
 * Which unknown keys come, and how often: in bounded memory, however many there are.
 * @module
 */

/** An unknown key. */
export interface UnknownKey {
  /** Its first 64 characters. */
  readonly key: string;
  /** How often it came, at most: where there are too many keys, a new one goes on from the count of the rarest. */
  readonly count: number;
}

/** The most keys that are counted. */
const MOST = 100;
/** The most characters of a key that are kept. */
const LONGEST = 64;

/** A counter. Whatever comes more often than one time in a hundred is in it. @internal */
export class Tally {
  private readonly _counts = new Map<string, number>();

  /** Counts a key. */
  _add(word: string): void {
    const counts = this._counts;
    const key = word.slice(0, LONGEST);
    let count = counts.get(key) ?? 0;
    if (count === 0 && counts.size >= MOST) {
      let rarest = "";
      for (const [other, times] of counts) if (rarest === "" || times < count) [rarest, count] = [other, times];
      counts.delete(rarest);
    }
    counts.set(key, count + 1);
  }

  /** The keys, the most frequent first. */
  _list(): UnknownKey[] {
    return Array.from(this._counts, ([key, count]) => ({ key, count })).sort((one, other) => other.count - one.count);
  }
}
