// How a type is edited, and what may be.

import { accepted, checked, fact, inWords, unknown } from "../reading.mjs";
import { rule } from "../rule.mjs";
import { rowsOf, TYPES } from "../creations.mjs";
import { Untold } from "../tenant.mjs";

const PARTIAL = "D: May an edit be partial?";

/** An edit of a type of ours, or of the one that `whom` gives. */
const edit = (name, source, patch, { whom = (session) => session.shared("edited"), ...more } = {}) => ({
  name,
  source,
  document: (session) => JSON.stringify(patch(session)),
  async ask(session, document) {
    const row = await whom(session);
    return { ...(await session.edit(row, JSON.parse(document))), row };
  },
  read: (answer) => {
    const reading = accepted(answer);
    return answer.at === undefined || !reading.taken
      ? reading
      : { ...reading, said: `${reading.said} (PUT ${answer.at})` };
  },
  ours: ({ registry }, document, { row }) => checked(registry.checkEdit(row.key, document)),
  ...more,
});

/** What an edit that is taken says of a member, beside what the row said before. */
const edited = (name, source, patch, member, before, whom) =>
  edit(name, source, patch, {
    whom,
    read(answer) {
      const row = answer.json?.data ?? answer.json;
      if (!accepted(answer).taken) return unknown(`the edit was not taken: ${inWords(answer)}`);
      if (row?.[member] === undefined) return unknown(`the answer has no \`${member}\``);
      return fact(row[member]);
    },
    ours: (_, __, { row }) => before(row),
  });

/** The row as it stands now, for what counts up from there. */
async function current(session) {
  const { key } = await session.shared("edited");
  const row = rowsOf(await session.tenant.ask("GET", TYPES))?.find((one) => one?.key === key);
  if (row === undefined) throw new Untold("the type that this needs is not listed");
  return row;
}

/** A system type that is listed; the edit of it says what is there already. */
async function systemType(session) {
  const row = rowsOf(await session.tenant.ask("GET", TYPES))?.findLast((one) => one?.isSystem === true);
  if (row === undefined) throw new Untold("the tenant lists no system type");
  return row;
}

export const edits = {
  title: "How is a type edited?",
  rules: [
    edit("an edit of one member alone", PARTIAL, () => ({ description: "edited" })),
    rule("an edit is addressed by key, as a delete is", "S", {
      ask: async (session) => session.edit(await session.shared("edited"), { description: "edited again" }),
      read: (answer) => (accepted(answer).taken ? fact(answer.at) : unknown(inWords(answer))),
      ours: () => fact("/outcome-types/:key", "documented for DELETE: `/outcome-types/:key`"),
    }),
    edited(
      "what an edit does not name stays",
      PARTIAL,
      () => ({ description: "edited" }),
      "name",
      ({ name }) => fact(name),
    ),
    edit("an edit of nothing", PARTIAL, () => ({})),
    edit("an edit with the same key", "S", ({ key }) => ({ key: key("edited"), description: "same key" })),
    edit("an edit with another key", "S", ({ key }) => ({ key: key("renamed"), description: "another key" }), {
      async ask(session, document) {
        session.creations.note(session.key("renamed"));
        const row = await session.shared("before_renaming");
        const answer = await session.edit(row, JSON.parse(document));
        const { key } = answer.json?.data ?? answer.json ?? {};
        return { ...answer, row, ignored: key === row.key };
      },
      read(answer) {
        const reading = accepted(answer);
        if (!reading.taken) return reading;
        return {
          ...reading,
          said: `takes it: ${answer.status}; ${answer.ignored ? "the key stays" : "the key is another now"}`,
        };
      },
    }),
    edit("an edit with a word that is none of the classifications", "S", () => ({ classification: "good" })),
    edit("an edit to an empty name", "A OT-A", () => ({ name: "" })),
    edit("an edit with null for a description", PARTIAL, () => ({ description: null })),
    edit("an edit to the status `paused`", "A OT-A", () => ({ status: "paused" })),
    edited(
      "each edit counts the version up by one",
      "A OT-B",
      () => ({ description: "counted" }),
      "version",
      ({ version }) => (Number.isInteger(version) ? fact(version + 1) : unknown("the list has no `version`")),
      current,
    ),
    edit("an edit that names a version of the past", "D: Which members does the server set?", () => ({
      description: "stale",
      version: 1,
    })),
    edit("an edit of a type that is not there", "S", () => ({ description: "nobody" }), {
      whom: ({ key }) => ({ key: key("nobody") }),
      read: (answer) => accepted(answer),
    }),
    edit("an edit of a deleted type", "D: May a retired type be deleted again?", () => ({ description: "gone" }), {
      whom: (session) => session.retired(),
    }),
    rule("an edit of a system type, that says what is there already", "S", {
      async ask(session) {
        const row = await systemType(session);
        // All that it says, for a server that takes an edit for the whole.
        const { name, description, classification, category } = row;
        const patch = { name, description, classification, category };
        return { ...(await session.edit(row, patch)), row, patch };
      },
      read: (answer) => accepted(answer, { forbids: true }),
      ours: ({ registry }, _, { row, patch }) => checked(registry.checkEdit(row.key, patch)),
    }),
  ],
};
