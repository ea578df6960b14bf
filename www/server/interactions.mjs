// What was recorded: an interaction per idempotency key. Memory holds what is looked for, the journal all the rest.

import { randomUUID } from "node:crypto";
import { NotKept } from "./journal.mjs";

/**
 * Each costs some 400 bytes of memory. Beyond this many the server refuses: to forget the oldest would lose what was
 * acknowledged.
 */
const MOST = 1_000_000;

/** The interactions of a journal; `read` brings back what it holds. */
export function createInteractions(journal, { most = MOST } = {}) {
  /** In the order of recording: what a history is filtered by, and the place of the rest. */
  const entries = [];
  const byKey = new Map();

  /** Takes the records of one line of the journal. */
  function add(records, place) {
    for (const [nth, { call }] of records.entries()) {
      const { idempotencyKey, customerId, offerId, creativeId, outcome } = call;
      if (idempotencyKey !== undefined) byKey.set(idempotencyKey, entries.length);
      entries.push({ customerId, offerId, creativeId, outcome, ...place, nth });
    }
  }

  return {
    /** Takes the records of a line that the journal read. */
    read(records, place) {
      const whole = (record) => typeof record?.interactionId === "string" && typeof record.call?.outcome === "string";
      if (!Array.isArray(records) || !records.every(whole)) throw new Error("it is no list of interactions");
      add(records, place);
    },

    get size() {
      return entries.length;
    },

    /** What was recorded under an idempotency key. */
    find(idempotencyKey) {
      const entry = entries[byKey.get(idempotencyKey)];
      return entry && journal.read(entry).interactions[entry.nth];
    },

    /**
     * Records calls in their current form, each with its outcome type, all of them or none; gives the records. A
     * known idempotency key changes nothing, and is none of them. Without a key nothing can be repeated.
     */
    record(calls) {
      const taken = new Set();
      const isNew = ({ call: { idempotencyKey: key } }) => {
        if (key === undefined) return true;
        if (byKey.has(key) || taken.has(key)) return false;
        taken.add(key);
        return true;
      };
      const recordedAt = new Date().toISOString();
      const records = calls.filter(isNew).map(({ call, type: { classification, category } }) => {
        return { interactionId: randomUUID(), recordedAt, classification, category, call };
      });
      if (entries.length + records.length > most) {
        throw new NotKept(`The server keeps ${most} interactions and no more: nothing of this was kept`);
      }
      if (records.length > 0) add(records, journal.append({ interactions: records }));
      return records;
    },

    /**
     * The records that a filter lets through, the last recorded first: at most `limit`, only those recorded before
     * the number `before`. `next` is the `before` of what follows, if anything does.
     */
    page({ filter, before = Infinity, limit }) {
      const wanted = Object.entries(filter);
      const found = [];
      let total = 0;
      for (let number = entries.length - 1; number >= 0; number -= 1) {
        if (!wanted.every(([name, value]) => entries[number][name] === value)) continue;
        total += 1;
        if (number < before && found.length <= limit) found.push(number);
      }
      const next = found.length > limit ? found[limit - 1] : undefined;
      return { records: readAll(found.slice(0, limit).map((number) => entries[number])), total, next };
    },
  };

  /** Items of one bulk request stand in one line: it is read once. */
  function readAll(wanted) {
    const lines = new Map();
    return wanted.map((entry) => {
      if (!lines.has(entry.at)) lines.set(entry.at, journal.read(entry).interactions);
      return lines.get(entry.at)[entry.nth];
    });
  }
}
