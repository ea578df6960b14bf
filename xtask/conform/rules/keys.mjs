// What a key may be made of.

import { draft, stored } from "../rule.mjs";

const WHICH = "D: Which characters may a key hold?";
const LONGEST = 255;
const key = (name, source, make) => draft(name, source, ({ mark }) => ({ key: make(mark) }));

export const keys = {
  title: "What may a key be, and is it kept as it was sent?",
  rules: [
    key("a key of small letters and underscores", "S", (mark) => `${mark}_letters`),
    key("a key with a digit inside", WHICH, (mark) => `${mark}_step_2`),
    key("a key with a capital letter", "S", (mark) => `${mark}_Upper`),
    key("a key with a hyphen", WHICH, (mark) => `${mark}-hyphen`),
    key("a key with a dot", WHICH, (mark) => `${mark}.dot`),
    key("a key with a space inside", WHICH, (mark) => `${mark} space`),
    key("a key with a letter beyond ASCII", WHICH, (mark) => `${mark}_é`),
    key(
      "a key in two forms of Unicode, here the decomposed one",
      "D: Is a key normalised?",
      (mark) => `${mark}_e\u0301`,
    ),
    key("a key that begins with a digit", "D: May a digit lead a key?", (mark) => `9${mark}`),
    key("a key that begins with an underscore", "D: May an underscore lead a key?", (mark) => `_${mark}`),
    key("a key that ends in an underscore", WHICH, (mark) => `${mark}_`),
    key("a key with spaces around it", "D: Is a key trimmed?", (mark) => ` ${mark}_trim `),
    key("a key with a line end behind it", "D: Is a key trimmed?", (mark) => `${mark}_line\n`),
    key(`a key of ${LONGEST} characters`, "A OT-A", (mark) => `${mark}_`.padEnd(LONGEST, "a")),
    key(`a key of ${LONGEST + 1} characters`, "A OT-A", (mark) => `${mark}_`.padEnd(LONGEST + 1, "a")),
    key("an empty key", "D: Is an empty key absent?", () => ""),
    key("no key", "A OT-A", () => undefined),
    key("a key that is null", "D: Is null a missing key?", () => null),
    key("a key that is a number", "A OT-A", () => 7),
    stored("a key is kept as it was sent", "D: Is a key normalised?", "key", ({ mark }) => ({ key: `${mark}_kept` })),
  ],
};
