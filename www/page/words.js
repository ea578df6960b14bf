// What classifications and categories are called on the page, and what they mean to people.

import { CATEGORIES, CLASSIFICATIONS } from "/package/index.js";
import { element } from "./element.js";

const MEANINGS = {
  positive: "Interest, or the action one hoped for",
  negative: "A rejection, or a bad experience",
  neutral: "Good to know, neither of the two",
  impression: "The customer was shown something",
  response: "The customer did something",
};

/** A word of a closed set as people write it. */
export const titled = (word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

const described = (words) => words.map((word) => [word, titled(word), MEANINGS[word] ?? ""]);

/** `[value, title, meaning]` of every classification. */
export const classifications = described(CLASSIFICATIONS);
/** `[value, title, meaning]` of every category. */
export const categories = described(CATEGORIES);

/** A classification as a word with a mark in front that does not rest on colour alone. */
export function pill(classification) {
  return element("span", { class: `pill ${classification}` }, titled(classification));
}
