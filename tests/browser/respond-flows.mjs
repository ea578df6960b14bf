// How people try calls in the Respond tester.

import assert from "node:assert/strict";
import { OutcomeRegistry } from "../../pkg/dist/index.js";

const registry = OutcomeRegistry.defaults();
const verdict = async (session, text) => {
  await session.until((own) => document.querySelector(".verdict").textContent === own, text);
};
/** What the list of findings says: place, path and message of each. */
const findings = (session) =>
  session.page.$$eval(".result .finding", (found) =>
    found.map((one) => [
      one.querySelector(".place")?.textContent,
      one.querySelector(".where > code")?.textContent ?? "",
      one.querySelector(".issue > span").textContent,
    ]),
  );
const selected = (session) =>
  session.page.$eval("#text", ({ value, selectionStart, selectionEnd }) => value.slice(selectionStart, selectionEnd));

/** What the package says of a text, as the page should show it; a place counts lines and UTF-16 units from 1. */
function expected(text, issues) {
  return [...issues]
    .sort((one, other) => one.offset - other.offset)
    .map(({ path, message, offset }) => {
      const lines = text.slice(0, offset).split("\n");
      const words = path
        .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
        .join("")
        .replace(/^\./, "");
      return [`${lines.length}:${lines.at(-1).length + 1}`, words, message.replaceAll("`", "")];
    });
}

export const respondFlows = {
  async "a wrong call shows every issue at its place"(session) {
    await session.visit("#/respond");
    assert.equal(await session.text(".verdict"), "Paste something, or load an example.");
    await session.press("A call with mistakes");
    await verdict(session, "Read as one call. It would be refused: 7 errors, 1 warning.");
    const text = await session.value("#text");
    const { issues, warnings } = registry.readRespond(text, { idempotencyKey: "" });
    assert.deepEqual(await findings(session), expected(text, [...issues, ...warnings]));

    // The places are marked, just where the text stands, and a click goes there.
    assert.deepEqual(await session.texts("mark"), [
      '"customerID"',
      "0",
      '"clik"',
      '"49.90"',
      '"inbond"',
      '"2026-02-30T10:00:00Z"',
      "}",
    ]);
    const [behind, area] = await session.page.$eval(".marked", ({ children }) =>
      [...children].map((one) => [one.value ?? one.textContent.slice(0, -1), one.scrollHeight]),
    );
    assert.deepEqual(behind, area);
    await session.press("Go to line 5, column 14");
    assert.equal(await selected(session), '"clik"');
    assert.equal(await session.focused(), "#text");
    await session.press("Use click");
    assert.equal(await selected(session), '"click"');
    await verdict(session, "Read as one call. It would be refused: 6 errors, 1 warning.");
  },

  async "a good call is shown as it is understood, and taken when it is sent"(session) {
    await session.visit("#/respond");
    const call = { customerId: "C", treatmentId: "t", interactionType: "impression", metadata: null };
    await session.paste("#text", JSON.stringify(call));
    await session.until(() => document.querySelector(".finding.error")?.innerText.includes("Missing idempotencyKey"));
    await session.fill("#idempotency", "k1");
    await verdict(session, "Read as one call. It would be taken: 3 warnings.");
    assert.deepEqual(await session.texts("dd"), [
      "Impression impression",
      "Neutral",
      "Impression",
      "outbound",
      "creative",
    ]);
    assert.deepEqual(JSON.parse(await session.text("pre")), registry.readRespond(call, { idempotencyKey: "k1" }).value);
    await session.page.focus("#text");
    await session.keyboard.down("Control");
    await session.keyboard.press("Enter");
    await session.keyboard.up("Control");
    await session.until(() => document.querySelector(".answer .verdict")?.textContent === "Status 200");
    const answer = JSON.parse(await session.text(".answer pre"));
    assert.deepEqual([answer.status, answer.outcome], ["recorded", "impression"]);
    // An answer belongs to what was sent, not to what comes next.
    await session.fill("#idempotency", "k2");
    assert.equal(await session.text(".answer"), "");
  },

  async "a refusal of the server is shown in its words"(session) {
    await session.visit("#/respond");
    await session.paste("#text", '{"customerId":"C","creativeId":"c","outcome":"clik","idempotencyKey":"k"}');
    await verdict(session, "Read as one call. It would be refused: 1 error.");
    await session.press("Send");
    await session.until(() => document.querySelector(".answer .verdict")?.textContent === "Status 400");
    assert.equal(await session.text(".answer .issue"), "Unknown outcome type clik; did you mean click?");
  },

  async "text that is no JSON says where it stops being any"(session) {
    await session.visit("#/respond");
    await session.paste("#text", '{"customerId": "C",\n "outcome": click}');
    await verdict(session, "Read as one call. It would be refused: 1 error.");
    const [[place, path, message]] = await findings(session);
    assert.deepEqual([place, path], ["2:13", ""]);
    assert.match(message, /^Invalid JSON: expected a value/);
    await session.press("Go to line 2, column 13");
    assert.equal(await selected(session), "click");
  },

  async "a bulk body is parted into what passes and what does not"(session) {
    await session.visit("#/respond");
    await session.press("A bulk body");
    await verdict(session, "Read as a bulk body. 2 of 3 pass: 1 error.");
    const text = await session.value("#text");
    assert.deepEqual(await findings(session), expected(text, registry.checkBulk(text).refused[0].issues));
    assert.deepEqual(await session.texts(".parts code"), ["impression", "dismiss"]);
    await session.press("Take out what is refused");
    await verdict(session, "Read as a bulk body. It would be taken.");
    assert.deepEqual(
      JSON.parse(await session.value("#text")).outcomes.map(({ outcome }) => outcome),
      ["impression", "dismiss"],
    );
    await session.press("Send");
    await session.until(() => document.querySelector(".answer .verdict")?.textContent === "Status 200");
    assert.equal(JSON.parse(await session.text(".answer pre")).succeeded, 2);
  },

  async "a bulk body that is wrong itself is refused whole, also while it is being typed"(session) {
    await session.visit("#/respond");
    const item = JSON.stringify({ customerId: "C", offerId: "o", outcome: "click" });
    const whole = `{"outcomes":[${item}]}`;
    await session.paste("#text", whole);
    await verdict(session, "Read as a bulk body. It would be taken.");
    await session.paste("#text", whole.slice(0, -1));
    await verdict(session, "Read as a bulk body. It would be refused: 1 error.");
    assert.match((await findings(session))[0][2], /^Invalid JSON: /);
    await session.paste("#text", `{"outcomes":[${Array(1001).fill(item).join()}]}`);
    const sentence = "More than the limit of 1000 items in the batch";
    await session.until((own) => document.querySelector(".finding .issue > span")?.textContent === own, sentence);
    await verdict(session, "Read as a bulk body. It would be refused: 1 error.");
    assert.deepEqual(await session.texts(".parts"), []);
  },

  async "what is sent is what was checked: half a character, a byte-order mark"(session) {
    await session.visit("#/respond");
    const call = '{"customerId":"C?","creativeId":"c","outcome":"click","idempotencyKey":"k"}';
    // The half is made in the page: no wire carries it.
    await session.page.$eval(
      "#text",
      (area, text) => {
        area.value = text.replace("?", "\ud800");
        area.dispatchEvent(new InputEvent("input", { bubbles: true }));
      },
      call,
    );
    await verdict(session, "Read as one call. It would be refused: 1 error.");
    await session.press("Send");
    await session.until(() => document.querySelector(".answer .verdict")?.textContent === "Status 400");
    assert.equal(await session.text(".answer .issue"), (await findings(session))[0][2]);

    const line = '{"customerId":"C","offerId":"o","outcome":"click"}';
    await session.paste("#text", `\ufeff${line}\n${line}`);
    await verdict(session, "Read as lines, each a bulk item. It would be taken: 1 warning.");
    await session.press("Send");
    await session.until(() => document.querySelector(".answer .verdict")?.textContent === "Status 200");
    assert.equal(JSON.parse(await session.text(".answer pre")).succeeded, 2);
  },

  async "lines are judged one by one, with places that hold in text of many bytes"(session) {
    await session.visit("#/respond");
    const lines = [
      '{"customerId":"é😀日","offerId":"o","outcome":"click"}',
      "",
      '{"customerId":"é😀日","offerId":"o","outcome":"clik"}',
      '{"customerId":"C"',
    ];
    await session.paste("#text", lines.join("\n"));
    await verdict(session, "Read as lines, each a bulk item. 1 of 3 pass: 2 errors.");
    const column = lines[2].indexOf('"clik"') + 1;
    assert.deepEqual(
      (await findings(session)).map(([place, path]) => [place, path]),
      [
        [`3:${column}`, "outcome"],
        [`4:${lines[3].length + 1}`, ""],
      ],
    );
    await session.press(`Go to line 3, column ${column}`);
    assert.equal(await selected(session), '"clik"');
    assert.deepEqual(await session.texts(".parts .part"), ["line 1"]);

    // The guess can be overruled.
    await session.page.select("#kind", "calls");
    await session.until(() =>
      document.querySelector(".verdict").textContent.startsWith("Read as lines, each a call. 0 of 3 pass"),
    );
    assert.equal(await session.page.$eval("form button[type=submit]", ({ disabled }) => disabled), true);
    await session.page.select("#kind", "call");
    await session.until(() =>
      document.querySelector(".verdict").textContent.startsWith("Read as one call. It would be refused"),
    );
    await session.page.select("#kind", "detect");
    await session.paste("#text", lines.slice(0, 1).concat(lines[0].replace("click", "save")).join("\n"));
    await verdict(session, "Read as lines, each a bulk item. It would be taken.");
    await session.press("Send");
    await session.until(() => document.querySelector(".answer .verdict")?.textContent === "Status 200");
    assert.equal(JSON.parse(await session.text(".answer pre")).processed, 2);
  },

  async "what a text is meant to be is guessed from its shape"(session) {
    await session.visit("#/respond");
    const guesses = await session.page.evaluate(
      async (texts) => {
        const { kindOf } = await import("/page/kind.js");
        return texts.map(kindOf);
      },
      [
        "",
        "{}",
        "[]",
        "null",
        '{"outcomes":1}',
        '{"outcomes":[{',
        '{"a":1}\n{"b":2}\n',
        '{"a":1}\n\n{"b":',
        '{\n"a":{}\n',
        "x\ny\nz",
      ],
    );
    assert.deepEqual(guesses, ["call", "call", "call", "call", "bulk", "bulk", "items", "call", "call", "call"]);
  },

  async "a text is still there after a look at the list"(session) {
    await session.visit("#/respond");
    await session.paste("#text", "{}");
    await session.press("Outcome types");
    await session.until(() => document.querySelector("tbody") !== null);
    await session.press("Respond tester");
    await session.until(() => document.querySelector("#text")?.value === "{}");
    await session.until(() => document.querySelectorAll(".finding").length > 0);

    // Also where the address began with a call.
    await session.visit("#/respond?outcome=click");
    await session.paste("#text", "[]");
    await session.press("Outcome types");
    await session.until(() => document.querySelector("tbody") !== null);
    await session.page.goBack();
    await session.until(() => document.querySelector("#text")?.value === "[]");
  },
};
