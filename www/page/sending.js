// Sending what stands in the Respond tester, and showing what the server says to it.

import { element, prose } from "./element.js";
import { sendBulk, sendCall } from "./platform.js";

/** Sends a text of a kind; lines go as one bulk body. Lines that are calls of their own cannot be sent at once. */
export function send(text, { kind, idempotencyKey }) {
  if (kind === "call") return sendCall(text, idempotencyKey);
  if (kind === "bulk") return sendBulk(text);
  // A byte-order mark in front of the lines would stand in the midst of the body.
  const items = text.replace(/^\ufeff/, "").split("\n").filter((line) => line.trim() !== "");
  return sendBulk(`{"outcomes":[${items.join(",")}]}`);
}

/** The server's answer: its status, its words, and all of it as it came. */
export function serverAnswer({ ok, status, text, issues }) {
  const lines = issues.map(({ message }) =>
    element("li", {}, element("p", { class: "issue error" }, element("span", {}, ...prose(message)))),
  );
  return [
    status !== 0 && element("p", { class: `verdict ${ok ? "good" : "bad"}` }, `Status ${status}`),
    lines.length > 0 && element("ul", { class: "findings" }, ...lines),
    text !== "" && element("pre", { tabindex: "0", "aria-label": "The answer as it came" }, indented(text)),
  ].filter(Boolean);
}

function indented(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
