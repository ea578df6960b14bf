// The Respond tester: a text, what the package says of it at once, and the server's answer if it is sent.

import { element, head } from "./element.js";
import { callNaming, EXAMPLES } from "./examples.js";
import { findingsList, marksOf } from "./findings.js";
import { KINDS, kindInWords, kindOf } from "./kind.js";
import { markedText, PAUSE } from "./marked-text.js";
import { read } from "./reading.js";
import { hashOf } from "./route.js";
import { send, serverAnswer } from "./sending.js";
import { understoodCall, understoodParts } from "./understood.js";

const SEVERAL = "Each line is a call of its own: send them one by one";

/** What was last in the fields, so that one finds it again after a look elsewhere. */
const kept = { text: "", idempotencyKey: "", kind: "detect" };

/** The view; `?outcome=KEY` in the address begins with a call that names it. */
export function respondView({ catalogue, route }) {
  const named = route.query.get("outcome");
  if (named !== null) {
    Object.assign(kept, callNaming(named), { kind: "detect" });
    // Once: who comes back finds what became of it.
    history.replaceState(null, "", hashOf("respond"));
  }

  const field = markedText({ id: "text", "aria-describedby": "text-hint verdict" });
  const { textarea } = field;
  const header = element("input", {
    id: "idempotency",
    class: "code",
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
  });
  const kinds = element(
    "select",
    { id: "kind" },
    element("option", { value: "detect" }, "Detect"),
    ...KINDS.map(([value, words]) => element("option", { value }, words.charAt(0).toUpperCase() + words.slice(1))),
  );
  textarea.value = kept.text;
  header.value = kept.idempotencyKey;
  kinds.value = kept.kind;

  const verdict = element("p", { class: "verdict", id: "verdict", role: "status" });
  const result = element("div", { class: "result" });
  const answer = element("div", { class: "answer", "aria-live": "polite" });
  const sender = element("button", { type: "submit", class: "primary" }, "Send");
  const note = element("span", { class: "hint" });
  let turn = 0;
  let waiting;

  const kind = () => (kinds.value === "detect" ? kindOf(textarea.value) : kinds.value);

  function changed() {
    Object.assign(kept, { text: textarea.value, idempotencyKey: header.value, kind: kinds.value });
    answer.replaceChildren();
    clearTimeout(waiting);
    waiting = setTimeout(check, PAUSE);
  }

  async function check() {
    const mine = ++turn;
    const [text, as] = [textarea.value, kind()];
    sender.disabled = !canBeSent(text, as);
    note.textContent = as === "calls" ? SEVERAL : as === "call" ? "" : "The header does not count for items";
    if (text.trim() === "") {
      verdict.className = "verdict";
      verdict.textContent = "Paste something, or load an example.";
      field.mark([]);
      return result.replaceChildren();
    }
    const reading = await read(catalogue.registry, text, { kind: as, idempotencyKey: header.value, now: Date.now() });
    if (mine !== turn) return;
    verdict.className = `verdict ${reading.ok ? "good" : "bad"}`;
    verdict.textContent = sentence(reading, as);
    field.mark(marksOf(reading.findings, text));
    result.replaceChildren(...details(reading, text));
  }

  function details(reading, text) {
    const { findings, passed, rest } = reading;
    return [
      findings.length > 0 && findingsList(findings, { text, select: field.select, replace }),
      reading.call !== undefined && understoodCall(reading),
      passed > 0 && element("h3", {}, "What passes"),
      passed > 0 && understoodParts(reading),
      rest !== undefined &&
        element("button", { type: "button", onclick: () => field.write(rest) }, "Take out what is refused"),
    ].filter(Boolean);
  }

  function replace(start, end, words) {
    const text = textarea.value;
    field.write(`${text.slice(0, start)}${words}${text.slice(end)}`);
    textarea.focus();
    textarea.setSelectionRange(start, start + words.length);
  }

  async function submit(event) {
    event?.preventDefault();
    const [text, as] = [textarea.value, kind()];
    // Asked again: the button says what the last check did, and the text may be newer.
    if (!canBeSent(text, as) || sender.getAttribute("aria-busy") === "true") return;
    sender.setAttribute("aria-busy", "true");
    const answered = await send(text, { kind: as, idempotencyKey: header.value });
    sender.removeAttribute("aria-busy");
    answer.replaceChildren(element("h2", {}, "The server's answer"), ...serverAnswer(answered));
    answer.scrollIntoView({ block: "nearest" });
  }

  textarea.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event);
  });
  for (const control of [textarea, header]) control.addEventListener("input", changed);
  kinds.addEventListener("change", changed);

  function load({ text, idempotencyKey }) {
    header.value = idempotencyKey;
    kinds.value = "detect";
    field.write(text);
  }

  check();
  return element(
    "section",
    {},
    head("Respond tester", "Paste what you would send. Nothing leaves this page until you send it."),
    element(
      "div",
      { class: "tester" },
      element(
        "form",
        { class: "pane", novalidate: true, onsubmit: submit },
        element(
          "div",
          { class: "examples", role: "group", "aria-label": "Examples" },
          element("span", { class: "hint" }, "Load"),
          ...EXAMPLES.map((example) =>
            element("button", { type: "button", class: "small", onclick: () => load(example) }, example.title),
          ),
        ),
        element("label", { class: "label", for: "text" }, "Call, bulk body or lines"),
        field.element,
        element("p", { class: "hint", id: "text-hint" }, "JSON, or one JSON object a line. Ctrl+Enter sends."),
        element(
          "div",
          { class: "options" },
          element("div", { class: "field" }, element("label", { class: "label", for: "kind" }, "Read as"), kinds),
          element(
            "div",
            { class: "field" },
            element(
              "label",
              { class: "label", for: "idempotency" },
              "Idempotency-Key header",
              element("span", { class: "optional" }, " optional"),
            ),
            header,
          ),
        ),
        element("div", { class: "buttons" }, sender, note),
      ),
      element("div", { class: "pane" }, element("h2", {}, "What the checks say"), verdict, result, answer),
    ),
  );
}

/** Lines that are calls of their own cannot be sent at once. */
const canBeSent = (text, kind) => text.trim() !== "" && kind !== "calls";

/** The verdict as one sentence: what it was read as, and how it fared. */
function sentence({ ok, findings, size, passed }, kind) {
  const errors = findings.filter(({ issue }) => issue.severity === "error").length;
  const warnings = findings.length - errors;
  const counts = [errors > 0 && counted(errors, "error"), warnings > 0 && counted(warnings, "warning")].filter(Boolean);
  const share = size > 0 && !ok ? `${passed} of ${size} pass` : `It would be ${ok ? "taken" : "refused"}`;
  return `Read as ${kindInWords(kind)}. ${[share, ...(counts.length > 0 ? [counts.join(", ")] : [])].join(": ")}.`;
}

const counted = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;
