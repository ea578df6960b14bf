// The tenant's outcome types: rows with all that the platform carries, and the package's registry that decides.

import { OutcomeRegistry, SYSTEM_OUTCOME_TYPES } from "../../pkg/dist/index.js";

const TENANT = "t_001";
/** What a type has that says nothing else, as the platform's documentation has it. */
const USUAL = { ordinal: 99, status: "active" };
/** The system types are as old as the platform; a fixed day, so that the list is the same at each start. */
const SINCE = "2026-01-01T00:00:00Z";
/** A list may outgrow what one document may hold: these are rows that were checked one by one. */
const UNLIMITED = { maxBytes: 2 ** 31 - 1, maxTypes: 1_000_000 };

/** The types of a journal; `read` and `ready` bring back what it holds. */
export function createTypes(journal) {
  const rows = new Map(SYSTEM_OUTCOME_TYPES.map((type, index) => [type.key, systemRow(type, index + 1)]));
  let newest = rows.size;
  let registry;

  /** The registry comes first, for it may refuse; then the disk, which may be full. */
  function keep(row) {
    const next = registry.with(row);
    journal.append({ outcomeType: row });
    registry = next;
    rows.set(row.key, row);
    newest = Math.max(newest, numberOf(row));
    return row;
  }

  return {
    /** Takes a row from the journal. */
    read(row) {
      if (typeof row?.key !== "string" || row.isSystem !== false) throw new Error("it is no row of a custom type");
      rows.set(row.key, row);
      newest = Math.max(newest, numberOf(row));
    },

    /** To be called behind the last `read`: throws where what was read is no list. */
    ready() {
      registry = OutcomeRegistry.from({ data: [...rows.values()] }, UNLIMITED);
      if (!registry.complete) throw new Error(registry.warnings[0].message);
    },

    get registry() {
      return registry;
    },

    /** The number of types that a tenant made, retired ones included. */
    get custom() {
      return rows.size - SYSTEM_OUTCOME_TYPES.length;
    },

    /** The rows, in the registry's order. */
    list({ deleted }) {
      return registry.list({ retired: deleted ? "both" : false }).map(({ key }) => rows.get(key));
    },

    create(draft) {
      const time = now();
      const id = idOf(newest + 1);
      const set = { isSystem: false, version: 1, createdAt: time, updatedAt: time, deletedAt: null };
      return keep({ id, tenantId: TENANT, ...USUAL, ...draft, ...set });
    },

    edit(key, patch) {
      const row = rows.get(key);
      return keep({ ...row, ...patch, version: row.version + 1, updatedAt: now() });
    },

    /** With milliseconds: calls before this moment are history, and those of the same second are, too. */
    remove(key) {
      return keep({ ...rows.get(key), deletedAt: new Date().toISOString() });
    },
  };
}

function systemRow(type, ordinal) {
  const set = { version: 1, createdAt: SINCE, updatedAt: SINCE, deletedAt: null };
  return { id: idOf(ordinal), tenantId: TENANT, ...USUAL, ...type, ordinal, ...set };
}

const idOf = (number) => `ot_${String(number).padStart(3, "0")}`;

/** The number in a row's id; 0 where somebody gave it another one. */
const numberOf = ({ id }) => Number(/^ot_(\d+)$/.exec(id)?.[1] ?? 0);

/** As the platform writes it, without milliseconds: `2026-03-10T14:30:00Z`. */
const now = () => `${new Date().toISOString().slice(0, 19)}Z`;
