// What a key in use gets, what a system type, and what is left of a type that was deleted.

import { everyRow, rowsOf, TYPES } from "../creations.mjs";
import { accepted, checked, documented, fact, inWords, taken, unknown } from "../reading.mjs";
import { draft, rule } from "../rule.mjs";
import { Untold } from "../tenant.mjs";

const FORBIDS = (answer) => accepted(answer, { forbids: true });

/** The delete of a key, which may have to be made first. */
const removal = (name, source, whom, read = (answer) => accepted(answer)) =>
  rule(name, source, {
    async ask(session) {
      const key = await whom(session);
      const ours = checked(session.registry.checkDelete(key));
      return { ...(await session.remove(key)), ours };
    },
    read,
    ours: (_, __, { ours }) => ours,
  });

/** A list, as text, and the row of a deleted type in it. */
async function listed(session, query) {
  const { key } = await session.retired();
  const answer = await session.tenant.ask("GET", `${TYPES}${query}`);
  if (rowsOf(answer) === undefined) throw new Untold(`the list could not be had: ${inWords(answer)}`);
  return { ...answer, row: rowsOf(answer).find((one) => one?.key === key), key };
}

const shown = (name, source, query, ours) =>
  rule(name, source, {
    ask: (session) => listed(session, query),
    read: ({ row }) => fact(row !== undefined, row === undefined ? "does not list it" : "lists it"),
    ours: () => ours,
  });

/** The system type that a tenant would miss least, for the calls that must not be taken. */
const LEAST = ["save", "share"];

async function leastMissed({ tenant }) {
  const system = (rowsOf(await tenant.ask("GET", TYPES)) ?? []).filter((row) => row?.isSystem === true);
  const row = system.find(({ key }) => LEAST.includes(key)) ?? system.at(-1);
  if (row === undefined) throw new Untold("the tenant lists no system type");
  return row;
}

export const deletes = {
  title: "What do duplicates, system types and unknown keys get, and what is left of a deleted type?",
  rules: [
    {
      ...draft("a key that is in use", "S", () => ({})),
      document: (session) => JSON.stringify(session.draft("twice")),
      async ask(session, document) {
        await session.shared("twice");
        const answer = await session.tenant.ask("POST", TYPES, { body: document });
        return answer;
      },
    },
    {
      ...draft("the key of a system type", "S", () => ({})),
      record: "if it were taken, there would be two of them",
      prepare: leastMissed,
      // What it says already, for a server that takes this for an edit.
      document: (_, { key, name, description, classification, category }) =>
        JSON.stringify({ key, name, description, classification, category }),
      async ask(session, document) {
        const before = await leastMissed(session);
        const answer = await session.tenant.ask("POST", TYPES, { body: document });
        // By id alone, and not by the id that was there: under its key stands the system type.
        const { id } = answer.json?.data ?? answer.json ?? {};
        if (accepted(answer).taken && typeof id === "string" && id !== before.id) await session.remove(id);
        return answer;
      },
      read: FORBIDS,
    },
    removal("a delete of a type of one's own", "S", async (session) => (await session.shared("deleted")).key),
    removal(
      "a delete of a type that was deleted",
      "D: May a retired type be deleted again?",
      async (session) => (await session.retired()).key,
    ),
    removal("a delete of a key that nobody has", "S", (session) => session.key("nobody")),
    removal(
      "a delete of a key in capitals, where the one in small letters is there",
      "D: Are keys compared exactly?",
      async (session) => (await session.shared("folded")).key.toUpperCase(),
    ),
    rule("a system type cannot be deleted", "S", {
      record: "if it were taken, the tenant would lose a system type",
      async ask(session) {
        const row = await leastMissed(session);
        const answer = await session.remove(row.key);
        if (accepted(answer).taken) await session.restore(row);
        return { ...answer, row };
      },
      read: FORBIDS,
      ours: ({ registry }, _, { row }) => checked(registry.checkDelete(row.key)),
    }),
    shown("a deleted type is not listed", "A OT-A", "", fact(false, "leaves it out")),
    shown(
      "a deleted type is listed with `includeDeleted=true`",
      "A OT-B",
      "?includeDeleted=true",
      fact(true, "documented: listed"),
    ),
    shown(
      "`includeDeleted=TRUE` is not `true`",
      "A OT-B",
      "?includeDeleted=TRUE",
      fact(false, "documented: `true` exactly"),
    ),
    shown("`includeDeleted=1` is not `true`", "A OT-B", "?includeDeleted=1", fact(false, "documented: `true` exactly")),
    rule(
      "a deleted type has the time in `deletedAt`, and the package takes it for retired",
      "D: What retires a type?",
      {
        ask: (session) => listed(session, "?includeDeleted=true"),
        read: ({ row }) =>
          row === undefined ? unknown("deleted types are not listed") : fact(typeof row.deletedAt === "string"),
        ours({ registry }, _, { key }) {
          const retired = registry.list({ retired: true }).some((type) => type.key === key);
          return fact(retired, retired ? "takes it for retired" : "takes it for live");
        },
      },
    ),
    {
      ...draft("the key of a deleted type, used again", "D: May a retired key be used again?", () => ({})),
      document: (session) => JSON.stringify(session.draft("again")),
      async ask(session, document) {
        const { key } = await session.shared("again");
        const gone = await session.remove(key);
        if (!accepted(gone).taken) throw new Untold(`the type that this needs was not deleted: ${inWords(gone)}`);
        await session.refresh();
        return session.create(document);
      },
    },
    rule("a type that was just made is listed", "S", {
      async ask(session) {
        const { key } = await session.shared("listed");
        return { listed: (await everyRow(session.tenant)).some((row) => row?.key === key), key };
      },
      read: ({ listed: there }) => (there ? taken("lists it") : unknown("the next list does not have it")),
      ours: ({ registry }, _, { key }) => (registry.has(key) ? taken("has it") : fact(false)),
    }),
    rule("a delete is answered with 200 or 204", "A INTRO", {
      async ask(session) {
        const { key } = await session.shared("status_of_delete");
        return session.remove(key);
      },
      read: ({ status }) => fact([200, 204].includes(status), `\`${status}\``),
      ours: () => documented(true),
    }),
  ],
};
