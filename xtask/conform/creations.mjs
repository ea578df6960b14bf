// The outcome types that a run makes: each is noted before it is asked for, and deleted again.

import { setTimeout as wait } from "node:timers/promises";
import { SYSTEM_OUTCOME_TYPES } from "../../pkg/dist/index.js";
import { Unanswered, Untold } from "./tenant.mjs";
import { MARK } from "./words.mjs";

export const TYPES = "/outcome-types";

/** How often a clean-up is tried, with a pause that doubles, and how many pages a list may have. */
const ATTEMPTS = 6;
const FIRST_PAUSE = 100;
const MOST_PAGES = 100;

const SYSTEM = new Set(SYSTEM_OUTCOME_TYPES.map(({ key }) => key));

/** A row of ours, whichever key the server made of the one that was sent: names carry the mark too. */
const isOurs = (row) => row?.isSystem !== true && (MARK.test(row?.key) || MARK.test(row?.name));

/** Rows of a list in any of the documented shapes; `undefined` where it is none. */
export function rowsOf({ status, json }) {
  const rows = Array.isArray(json) ? json : json?.data;
  return status === 200 && Array.isArray(rows) ? rows : undefined;
}

/** All live rows, page after page. */
export async function everyRow(tenant, query = {}) {
  const all = [];
  let cursor;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const search = new URLSearchParams({ ...query, ...(cursor === undefined ? {} : { cursor }) });
    const answer = await tenant.ask("GET", search.size > 0 ? `${TYPES}?${search}` : TYPES);
    const rows = rowsOf(answer);
    if (rows === undefined) throw new Untold(`the list of outcome types could not be had (${answer.status})`);
    all.push(...rows);
    const { hasMore, nextCursor, cursor: next = nextCursor } = answer.json?.pagination ?? answer.json;
    if (hasMore !== true || typeof next !== "string" || next === cursor) return all;
    cursor = next;
  }
  return all;
}

/** The types made by one run. */
export function createCreations(tenant) {
  /** Key sent or answered → the row, where one was answered; in the order of making. */
  const made = new Map();
  /** What stays until the end, for other rules stand on it. */
  const kept = new Set();

  /** Deletes a type by key, or by id where that is the safer name. Whether it is gone. */
  async function remove(key, id) {
    // What a lenient server let stand under a system type's key must not cost the system type.
    const byKey = SYSTEM.has(key) ? undefined : key;
    const names = (MARK.test(key) ? [byKey, id] : [id, byKey]).filter(
      (name) => typeof name === "string" && name !== "",
    );
    for (const name of names) {
      const { status } = await tenant.ask("DELETE", `${TYPES}/${encodeURIComponent(name)}`);
      if (status >= 200 && status < 300) return true;
      // Never made, or gone already; with an id at hand that is worth a second question.
      if (status === 404 && name === names.at(-1)) return true;
    }
    return false;
  }

  return {
    /** Before a type is asked for: the answer may never come. */
    note(key) {
      if (typeof key === "string" && !made.has(key)) made.set(key, undefined);
    },

    /** What the server made of it. */
    take(sent, row) {
      if (typeof row?.key !== "string") return;
      if (row.key !== sent) made.delete(sent);
      made.set(row.key, row);
    },

    /** A later rule stands on it: it stays until the end. */
    keep: (key) => kept.add(key),
    row: (key) => made.get(key),

    /** It was refused, or a rule deleted it. */
    gone(key) {
      made.delete(key);
      kept.delete(key);
    },

    /** Deletes what the last rule made; what cannot be deleted now is left for the end. */
    async tidy() {
      for (const [key, row] of [...made]) {
        if (kept.has(key) || row === undefined) continue;
        if (await remove(key, row.id)) made.delete(key);
      }
    },

    /** Keys of this and of earlier runs that the tenant lists. */
    async leftovers() {
      return (await everyRow(tenant)).filter(isOurs);
    },

    /**
     * Deletes every row of ours that the tenant lists, and where it lists none what was asked for, until there is
     * nothing left or no attempt. Gives the keys that may be left.
     */
    async clear() {
      kept.clear();
      let left = [...made.keys()];
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        if (attempt > 0) await wait(FIRST_PAUSE * 2 ** attempt);
        try {
          const rows = await this.leftovers();
          left = rows.map(({ key }) => key);
          // A request that was never answered may still be on its way: one look more.
          const pending = [...made.values()].some((row) => row === undefined);
          made.clear();
          if (rows.length === 0 && !pending) return [];
          for (const { key, id } of rows) await remove(key, id);
        } catch (error) {
          if (!(error instanceof Untold)) throw error;
          // The list cannot be had; the door that may still be open is each type's own.
          if (!(error instanceof Unanswered)) await this.blindly();
        }
      }
      return left;
    },

    /** Deletes what was noted without asking for the list. */
    async blindly() {
      for (const [key, row] of [...made]) {
        const gone = await remove(key, row?.id).catch(() => false);
        if (gone) made.delete(key);
      }
    },
  };
}
