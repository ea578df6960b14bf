// What the list looks like, and which types a tenant begins with.

import { OutcomeRegistry, SYSTEM_OUTCOME_TYPES } from "../../../pkg/dist/index.js";
import { rowsOf, TYPES } from "../creations.mjs";
import { checked, fact, refused, taken, unknown } from "../reading.mjs";
import { rule } from "../rule.mjs";

const LIST = { ask: (session) => session.tenant.ask("GET", TYPES) };

/** The shape of a list, in words. */
function shape({ json }) {
  if (Array.isArray(json)) return "a bare array";
  const others = Object.keys(json).filter((name) => name !== "data");
  return others.length === 0
    ? "an object with `data`"
    : `an object with \`data\` and ${others.map((name) => `\`${name}\``).join(", ")}`;
}

const ofTheTen = ({ key, classification, category }) =>
  rule(`\`${key}\` is a system type, ${classification}, ${category}`, "S", {
    ...LIST,
    read(answer) {
      const row = rowsOf(answer)?.find((one) => one?.key === key);
      if (row === undefined) return fact(undefined, "does not list it");
      return fact([row.isSystem, row.classification, row.category]);
    },
    ours() {
      const own = OutcomeRegistry.defaults().get(key);
      return fact([own.isSystem, own.classification, own.category]);
    },
  });

export const list = {
  title: "The list and the system types",
  rules: [
    rule("the list can be read, whichever shape it has", "S", {
      ...LIST,
      read: (answer) => (rowsOf(answer) === undefined ? refused("no list") : taken(`answers with ${shape(answer)}`)),
      ours: (_, __, answer) => checked({ issues: OutcomeRegistry.load(answer.text).issues }),
    }),
    rule("nothing in the list has to be repaired or passed over", "S", {
      ...LIST,
      read: (answer) => fact(OutcomeRegistry.load(answer.text).warnings.map(({ code }) => code)),
      ours: () => fact([], "expects a list without warnings"),
    }),
    rule("types come in the order of `ordinal`", "A OT-A", {
      ...LIST,
      read(answer) {
        const rows = rowsOf(answer) ?? [];
        if (!rows.some((row) => Number.isInteger(row?.ordinal))) return unknown("the rows have no `ordinal`");
        return fact(
          rows.map((row) => row?.key),
          "lists them in an order of its own",
        );
      },
      ours(_, __, answer) {
        const listed = new Set((rowsOf(answer) ?? []).map((row) => row?.key));
        const keys = OutcomeRegistry.from(answer.text)
          .list()
          .map(({ key }) => key);
        return fact(
          keys.filter((key) => listed.has(key)),
          "by `ordinal`, then by place",
        );
      },
    }),
    rule("the system types are the ten and no others", "S", {
      ...LIST,
      read: (answer) =>
        fact(
          (rowsOf(answer) ?? [])
            .filter((row) => row?.isSystem === true)
            .map((row) => row.key)
            .sort(),
        ),
      ours: () => fact(SYSTEM_OUTCOME_TYPES.map(({ key }) => key).sort()),
    }),
    ...SYSTEM_OUTCOME_TYPES.map(ofTheTen),
  ],
};
