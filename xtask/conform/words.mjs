// Words of a server, made fit to be shown: on one line, short, without our random marks and without control characters.

/** Every type, customer and call that a run makes carries its mark: these words and eight random letters. */
export const MARK = /conform[-_]probe[-_][a-z]{8}/i;
const MARKS = new RegExp(MARK, "gi");

/** How much of a text is shown. */
const SHOWN = 160;

/** A text without the marks of a run, so that two runs read alike. */
export const hidden = (text) => text.replaceAll(MARKS, "…");

/** One line, cut; nothing in it that a terminal or a table would obey. */
export function clean(words) {
  const line = hidden(String(words))
    .replaceAll(/[\p{C}\s]+/gu, " ")
    .trim();
  return line.length > SHOWN ? `${line.slice(0, SHOWN).replace(/[\ud800-\udbff]$/, "")}…` : line;
}

/** A new mark. Letters alone: a server that takes no digits in a key has to take it. */
export function newMark(random = crypto.getRandomValues(new Uint8Array(8))) {
  return `conform_probe_${[...random].map((byte) => String.fromCharCode(97 + (byte % 26))).join("")}`;
}
