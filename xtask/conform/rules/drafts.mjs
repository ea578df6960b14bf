// The other members of a new type: bounds, words, defaults.

import { CATEGORIES, CLASSIFICATIONS, STATUSES } from "../../../pkg/dist/index.js";
import { accepted, documented, fact, inWords, unknown } from "../reading.mjs";
import { draft, rule, stored } from "../rule.mjs";

const BLANK = "D: May a name be blank?";
const UNITS = "D: How is a name measured?";
const NULL = "D: What is null?";
const LONGEST = 255;

const member = (name, source, more) =>
  draft(name, source, (session) => (typeof more === "function" ? more(session) : more));
const words = (name, source, list, others) => [
  ...list.map((word) => member(`${name} \`${word}\``, source, { [name]: word })),
  ...others.map((word) => member(`${name} \`${JSON.stringify(word)}\``, source, { [name]: word })),
];

export const drafts = {
  title: "What may the other members of a new type be, and what are they without one?",
  rules: [
    rule("a new type is answered with 201", "S", {
      document: (session) => JSON.stringify(session.draft(session.unused())),
      ask: (session, document) => session.create(document),
      read: (answer) => (accepted(answer).taken ? fact(answer.status) : unknown(inWords(answer))),
      ours: () => documented(201),
    }),
    member("no name", "A OT-A", { name: undefined }),
    member("an empty name", "A OT-A", { name: "" }),
    member("a blank name", BLANK, { name: "   " }),
    member("a name that is null", "A OT-A", { name: null }),
    member("a name that is a number", "A OT-A", { name: 7 }),
    member(`a name of ${LONGEST} characters`, "A OT-A", ({ mark }) => ({ name: mark.padEnd(LONGEST, "n") })),
    member(`a name of ${LONGEST + 1} characters`, "A OT-A", ({ mark }) => ({ name: mark.padEnd(LONGEST + 1, "n") })),
    member("a name of 222 characters that are 422 UTF-16 units", UNITS, ({ mark }) => ({
      name: mark + "😀".repeat(200),
    })),
    stored("a name is kept with the spaces around it", "D: Is a name trimmed?", "name", ({ mark }) => ({
      name: ` ${mark} `,
    })),
    member("a description of 10,000 characters", "A OT-A", { description: "d".repeat(10_000) }),
    member("a description that is null", NULL, { description: null }),
    member("a description that is a number", "A OT-A", { description: 7 }),
    ...words("classification", "S", CLASSIFICATIONS, ["POSITIVE", "good", "", null]),
    ...words("category", "S", CATEGORIES, ["Response", "click", "", null]),
    ...words("status", "A OT-A", STATUSES, ["deleted", "", null]),
    ...words("ordinal", "A OT-A", [0, 99], [-1, 1.5, "1", null]),
    member(
      "an ordinal of 1.0",
      "D: Is 1.0 an integer?",
      ({ mark, key, unused }) =>
        `{"key":"${key(unused())}","name":"${mark}","classification":"neutral","category":"response","ordinal":1.0}`,
    ),
    member("a positive impression", "A OT-A", { classification: "positive", category: "impression" }),
    stored("without a classification it is the default", "A OT-A", "classification", () => ({
      classification: undefined,
    })),
    stored("without a category it is the default", "A OT-A", "category", () => ({ category: undefined })),
    stored("without a description it is empty", "A OT-A", "description", () => ({ description: undefined })),
    stored("without an ordinal it is 99", "A OT-A", "ordinal", () => ({}), 99),
    stored("without a status it is active", "A OT-A", "status", () => ({}), "active"),
    stored("it begins with version 1", "A OT-B", "version", () => ({}), 1),
    stored("it is no system type", "S", "isSystem", () => ({}), false),
    member("a version that the caller sends", "D: Which members does the server set?", { version: 7 }),
    stored(
      "a version that the caller sends is not kept",
      "D: Which members does the server set?",
      "version",
      () => ({ version: 7 }),
      1,
    ),
    member("an unknown member", "D: What of unknown fields?", { colour: "red" }),
    member(
      "a repeated member",
      "D: What do parsers read differently?",
      ({ mark, key, unused }) =>
        `{"key":"${key(unused())}","name":"${mark} first","name":"${mark}","classification":"neutral","category":"response"}`,
    ),
    member("no JSON at all", "D: What is JSON?", "{"),
  ],
};
