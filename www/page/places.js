// Places in a text: from an offset to line and column, to the piece of text that stands there, and from bytes to units.

/** A function from an offset in `text` to `{ line, column }`, both from 1. */
export function placesIn(text) {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - starts[low] + 1 };
  };
}

/** What stands at an offset, as `[start, end]`: a string with its quotes, a word or number, or one character. */
export function pieceAt(text, offset) {
  const end = Math.min(offset, text.length);
  // Nothing stands at the end of the text or of a line: the character before it is there to be seen.
  if (end === text.length || text[end] === "\n") return [Math.max(0, end - 1), end];
  const piece = /"(?:[^"\\\n]|\\.){0,1000}"?|[^\s"{}[\]:,]+|[^]/uy;
  piece.lastIndex = offset;
  return [offset, offset + piece.exec(text)[0].length];
}

/**
 * A function from an offset in the bytes of `text` to one in its UTF-16 units. It is asked with rising offsets. Half a
 * character is six bytes: the package reads it as its escape.
 */
export function unitsIn(text) {
  let [bytes, units] = [0, 0];
  return (offset) => {
    if (offset < bytes) [bytes, units] = [0, 0];
    while (bytes < offset && units < text.length) {
      const point = text.codePointAt(units);
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point >= 0x10000 ? 4 : point >= 0xd800 && point < 0xe000 ? 6 : 3;
      units += point >= 0x10000 ? 2 : 1;
    }
    return units;
  };
}
