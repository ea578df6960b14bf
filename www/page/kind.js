// What a pasted text is meant to be. Only a guess, which a person can overrule: whether it is good the package says.

/** The kinds in the order in which one chooses: `[kind, words]`. */
export const KINDS = [
  ["call", "one call"],
  ["bulk", "a bulk body"],
  ["items", "lines, each a bulk item"],
  ["calls", "lines, each a call"],
];

/** The words for a kind. */
export const kindInWords = (kind) => KINDS.find(([own]) => own === kind)[1];

/** The kind that a text looks like: several lines that are JSON each, an object with `outcomes`, or else one call. */
export function kindOf(text) {
  const whole = parsed(text);
  if (whole !== undefined) return holdsOutcomes(whole) ? "bulk" : "call";
  const lines = text
    .split("\n", 1000)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const objects = lines.filter((line) => line.startsWith("{") && line.endsWith("}")).length;
  if (lines.length > 1 && objects * 2 > lines.length) return "items";
  return /^\s*\{\s*"outcomes"\s*:/.test(text) ? "bulk" : "call";
}

const holdsOutcomes = (value) => typeof value === "object" && value !== null && Object.hasOwn(value, "outcomes");

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
