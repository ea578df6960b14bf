// A text field that shows where something is wrong: the same text lies behind it, with the places marked.

import { element } from "./element.js";

/** How long after the last keystroke a text is read, in milliseconds. */
export const PAUSE = 120;
/** Beyond this many characters nothing is marked: laying the text out twice would be felt at each keystroke. */
const MOST = 50_000;
const MOST_MARKS = 200;

/** A field named by `attributes`, with `mark` to show places and `select` to go to one. */
export function markedText(attributes) {
  const behind = element("div", { class: "behind", "aria-hidden": "true" });
  const textarea = element("textarea", {
    rows: "1",
    spellcheck: "false",
    autocapitalize: "none",
    autocomplete: "off",
    ...attributes,
  });
  const frame = element("div", { class: "marked" }, behind, textarea);
  let marks = [];

  function draw() {
    const text = textarea.value;
    const long = text.length > MOST;
    frame.classList.toggle("long", long);
    const parts = [];
    let drawn = 0;
    for (const { start, end, kind } of long ? [] : marks) {
      if (start < drawn || end > text.length) continue;
      parts.push(text.slice(drawn, start), element("mark", { class: kind }, text.slice(start, end)));
      drawn = end;
    }
    // The last line break needs something after it to be a line.
    behind.replaceChildren(...parts, long ? "" : `${text.slice(drawn)}\n`);
  }

  textarea.addEventListener("input", () => {
    // Places in a text that is no more: they come again with the next answer.
    marks = [];
    draw();
  });

  return {
    element: frame,
    textarea,
    /** Replaces the text, as if it had been typed. */
    write(text) {
      textarea.value = text;
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
    /** Marks places: `{ start, end, kind }`, in the order of the text. */
    mark(places) {
      marks = places.slice(0, MOST_MARKS);
      draw();
    },
    /** Selects a place and brings it into sight. */
    select(start, end) {
      textarea.focus({ preventScroll: true });
      textarea.setSelectionRange(start, end);
      const mark = [...behind.querySelectorAll("mark")].find((one) => offsetOf(one) === start);
      (mark ?? textarea).scrollIntoView({ block: "nearest", inline: "nearest" });
    },
  };

  function offsetOf(mark) {
    let offset = 0;
    for (let node = mark.previousSibling; node !== null; node = node.previousSibling) offset += node.textContent.length;
    return offset;
  }
}
