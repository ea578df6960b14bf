// Which types a call may name, and how exactly.

import { lookup } from "../rule.mjs";

const EXACTLY = "D: Are keys compared exactly?";
const made =
  (name, change = (key) => key) =>
  async (session) =>
    change((await session.shared(name)).key);
const standing = (status) => async (session) => (await session.shared(status, { status })).key;
const LEAVES = "it may be taken, and then it is recorded";

export const lookups = {
  title: "Which types does a call accept, and is a key looked up exactly?",
  rules: [
    lookup(
      "an outcome in capitals, where the key is in small letters",
      EXACTLY,
      made("looked_up", (key) => key.toUpperCase()),
    ),
    lookup(
      "an outcome with spaces around the key",
      EXACTLY,
      made("looked_up", (key) => ` ${key} `),
    ),
    lookup(
      "an outcome with hyphens for the key's underscores",
      EXACTLY,
      made("looked_up", (key) => key.replaceAll("_", "-")),
    ),
    lookup("`constructor`", "D: Are constructor and __proto__ special?", () => "constructor"),
    lookup("a deleted type", "D: What retires a type?", async (session) => (await session.retired()).key),
    lookup(
      "a deleted type, with a timestamp from before its end",
      "D: May history be written late?",
      async (session) => (await session.retired()).key,
      {
        record: LEAVES,
        more: () => ({ timestamp: "2026-01-01T00:00:00Z" }),
      },
    ),
    ...["draft", "paused", "archived"].map((status) =>
      lookup(`a type of the status \`${status}\``, "D: May a paused type be used?", standing(status), {
        record: LEAVES,
      }),
    ),
  ],
};
