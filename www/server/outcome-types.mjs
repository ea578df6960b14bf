// /api/v1/outcome-types: list, create, edit, delete.

import { InvalidRegistryError } from "../../pkg/dist/index.js";
import { cursorOf, pageAsked, unknownCursor } from "./paging.mjs";
import { refused, TAKEN, UNCHANGEABLE } from "./refusal.mjs";

/** How much of a body is worth reading. What is too large is the package's word: it gets one byte more than this. */
const CALL = 1 << 20;
const LIST = "types";

/** The endpoints of the types; see `createEndpoints` for what they take and give. */
export function createOutcomeTypes(types) {
  /** A row that is too large to be listed again is refused like any other document. */
  function kept(status, keep, warnings) {
    try {
      return { status, body: keep(), warnings };
    } catch (error) {
      if (error instanceof InvalidRegistryError) return refused(error.issues);
      throw error;
    }
  }

  const list = {
    answer({ query }) {
      const deleted = query.get("includeDeleted") === "true";
      if (query.get("shape") === "array") return { status: 200, body: types.list({ deleted }) };
      if (query.has("limit") || query.has("cursor")) return page(query, deleted);
      return { status: 200, body: { data: types.list({ deleted }) } };
    },
  };

  function page(query, deleted) {
    const { fault, limit, after } = pageAsked(query, LIST);
    if (fault !== undefined) return fault;
    // Deleted or not, a key keeps its place: a cursor outlives the type that it names.
    const all = types.list({ deleted: true });
    const start = after === undefined ? 0 : all.findIndex(({ key }) => key === after) + 1;
    if (start === 0 && after !== undefined) return unknownCursor();
    const shown = (row) => deleted || row.deletedAt === null;
    const rest = all.slice(start).filter(shown);
    const data = rest.slice(0, limit);
    const hasMore = rest.length > limit;
    const cursor = hasMore ? cursorOf(LIST, data.at(-1).key) : null;
    return { status: 200, body: { data, pagination: { total: all.filter(shown).length, limit, hasMore, cursor } } };
  }

  const create = {
    reads: CALL,
    answer({ bytes }) {
      const { ok, value, issues, warnings } = types.registry.checkCreate(bytes);
      if (!ok) return refused(issues, TAKEN);
      return kept(201, () => types.create(value), warnings);
    },
  };

  const edit = {
    reads: CALL,
    answer({ key, bytes }) {
      const { ok, value, issues, warnings } = types.registry.checkEdit(key, bytes);
      if (!ok) return refused(issues, UNCHANGEABLE);
      return kept(200, () => types.edit(key, value), warnings);
    },
  };

  const remove = {
    answer({ key }) {
      const { ok, issues, warnings } = types.registry.checkDelete(key);
      if (!ok) return refused(issues, UNCHANGEABLE);
      types.remove(key);
      return { status: 204, warnings };
    },
  };

  return { all: { GET: list, POST: create }, one: { PUT: edit, DELETE: remove } };
}
