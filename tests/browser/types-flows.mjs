// What people do with the list of outcome types.

import assert from "node:assert/strict";

const QUOTE = {
  key: "quote_requested",
  name: "Quote Requested",
  description: "Customer requested a price quote",
  classification: "positive",
  category: "response",
};
const names = (session) => session.texts("tbody strong");
const SYSTEM = [
  "Impression",
  "Click",
  "Conversion",
  "Not Interested",
  "Opt Out",
  "Defer",
  "Dismiss",
  "Share",
  "Save",
  "Complaint",
];

export const typesFlows = {
  async "the list shows what the server has, with key, classification, category and who owns it"(session) {
    await session.api("POST", "outcome-types", QUOTE);
    await session.visit();
    assert.deepEqual(await names(session), [...SYSTEM, "Quote Requested"]);
    assert.equal(await session.text(".count"), "11 outcome types");
    const cells = (key) => session.texts(`tr[data-key=${key}] td`);
    assert.match((await cells("click"))[0], /^Click\s+click\s+System\s+Customer clicked on the recommendation$/);
    const [what, ...rest] = await cells("quote_requested");
    assert.match(what, /^Quote Requested\s+quote_requested\s+Customer requested a price quote$/);
    assert.deepEqual(rest.slice(0, 2), ["Positive", "Response"]);
  },

  async "filters narrow the list, stand in the address, and survive a reload and the back button"(session) {
    await session.visit();
    await session.press("Negative");
    await session.until(() => document.querySelector(".count").textContent === "4 of 10 outcome types");
    assert.deepEqual(await names(session), ["Not Interested", "Opt Out", "Dismiss", "Complaint"]);
    await session.fill("#search", "OPT");
    assert.deepEqual(await names(session), ["Opt Out"]);
    assert.equal(new URL(session.page.url()).hash, "#/types?q=OPT&classification=negative");

    await session.page.reload();
    await session.until(() => document.querySelector("tbody") !== null);
    assert.deepEqual(await names(session), ["Opt Out"]);
    assert.equal(await session.value("#search"), "OPT");
    await session.press("Respond tester");
    await session.until(() => document.querySelector("h1").textContent === "Respond tester");
    await session.page.goBack();
    await session.until(() => document.querySelector("h1").textContent === "Outcome types");
    assert.deepEqual(await names(session), ["Opt Out"]);

    await session.press("Impression");
    await session.until(() => document.querySelector(".nothing") !== null);
    assert.match(await session.text(".nothing"), /^No outcome type fits these filters\./);
    await session.press("Clear the filters");
    await session.until(() => document.querySelectorAll("tbody tr").length === 10);
    assert.equal(await session.focused(), "#search");
    await session.fill("#search", "zzz");
    await session.keyboard.press("Escape");
    await session.until(() => document.querySelectorAll("tbody tr").length === 10);
  },

  async "a system type can be neither changed nor deleted, and says why"(session) {
    const reason = "click is a system type: it can be neither changed nor deleted";
    await session.visit();
    assert.deepEqual(await session.texts("tr[data-key=click] .actions > *"), ["Locked"]);
    await session.press("Locked: why can Click not be changed or deleted?");
    assert.equal(await session.text("tr[data-key=click] .reason"), reason);
    assert.equal(await session.attribute("tr[data-key=click] button", "aria-expanded"), "true");
    await session.keyboard.press("Escape");
    assert.equal(await session.attribute("tr[data-key=click] button", "aria-expanded"), "false");
    // The address leads no further either.
    await session.visit("#/edit/click");
    await session.until(() => document.querySelector("h1").textContent === "Click");
    assert.match(await session.text("main"), new RegExp(reason));
    assert.equal(await session.page.$("form"), null);
  },

  async "a custom type is deleted after one question, which says what becomes of the history"(session) {
    const kept = "Interactions recorded as quote_requested stay in the history";
    await session.api("POST", "outcome-types", QUOTE);
    await session.visit();
    await session.press("Delete Quote Requested");
    assert.match(await session.text("dialog"), new RegExp(`^Delete Quote Requested\\?\\s+${kept}\\.`));
    assert.equal(await session.focused(), "Cancel");
    await session.keyboard.press("Escape");
    await session.until(() => document.querySelector("dialog") === null);
    assert.equal(await session.focused(), "Delete");
    assert.equal((await session.api("GET", "outcome-types")).body.data.length, 11);

    await session.keyboard.press("Enter");
    await session.until(() => document.querySelector("dialog") !== null);
    await session.keyboard.press("Tab");
    await session.keyboard.press("Enter");
    await session.until(() => document.querySelector(".toast") !== null);
    assert.match(await session.text(".toast p"), new RegExp(`^Deleted quote_requested\\. ${kept}\\.$`));
    assert.deepEqual(await names(session), SYSTEM);
    assert.equal(await session.focused(), "Outcome types");
    const call = { customerId: "C", creativeId: "c", outcome: "quote_requested", idempotencyKey: "k" };
    const { status, body } = await session.api("POST", "respond", call);
    assert.deepEqual([status, body.issues[0].code], [400, "retired_outcome_type"]);
  },

  async "who deletes a type that is gone already is told so in the dialog"(session) {
    await session.api("POST", "outcome-types", QUOTE);
    await session.visit();
    await session.api("DELETE", "outcome-types/quote_requested");
    await session.press("Delete Quote Requested");
    await session.press("Delete");
    await session.until(() => document.querySelector("dialog .issue").innerText.includes("quote_requested is retired"));
    await session.press("Cancel");
    await session.until(() => document.querySelector("dialog") === null);
  },

  "a deletion under way counts, also when its dialog is closed": Object.assign(
    async (session) => {
      await session.api("POST", "outcome-types", QUOTE);
      await session.visit();
      gate.held = [];
      try {
        await session.press("Delete Quote Requested");
        await session.press("Delete");
        await session.until(() => document.querySelector("dialog [type=submit]").disabled);
        await session.keyboard.press("Escape");
        await session.until(() => document.querySelector("dialog") === null);
      } finally {
        for (const go of gate.held.splice(0)) go();
        gate.held = undefined;
      }
      await session.until(() => document.querySelector(".toast p")?.innerText.startsWith("Deleted quote_requested."));
      assert.deepEqual(await names(session), SYSTEM);
    },
    { gate },
  ),

  async "a question does not outlive its view"(session) {
    await session.api("POST", "outcome-types", QUOTE);
    await session.visit("#/respond");
    await session.press("Outcome types");
    await session.press("Delete Quote Requested");
    await session.page.evaluate(() => history.back());
    await session.until(() => document.querySelector("#text") !== null);
    await session.until(() => document.querySelector("dialog") === null);
  },

  async "what a type is called is text, whatever is in it"(session) {
    const name = '<img src="x" onerror="console.error(1)">`b`';
    await session.api("POST", "outcome-types", { ...QUOTE, name, description: "<b>bold</b>" });
    await session.visit();
    assert.equal((await names(session)).at(-1), name);
    await session.press(`Delete ${name}`);
    assert.equal(await session.text("dialog h2"), `Delete ${name}?`);
    assert.equal(await session.page.$("main img, main b, dialog img"), null);
  },

  "without a list there is one sentence and another try": Object.assign(
    async (session) => {
      gate.down = true;
      await session.visit();
      assert.equal(await session.text("h1"), "The outcome types could not be loaded");
      assert.equal(await session.text(".trouble p"), "The server is being restarted");
      gate.down = "cut";
      await session.press("Try again");
      await session.until(() =>
        document.querySelector(".trouble p").innerText.startsWith("The server cannot be reached."),
      );
      gate.down = false;
      await session.press("Try again");
      await session.until(() => document.querySelectorAll("tbody tr").length === 10);
    },
    { gate },
  ),

  "of a very long list the first rows are shown, and the rest can be searched for": Object.assign(
    async (session) => {
      const data = Array.from({ length: 600 }, (_, number) => ({ ...QUOTE, key: `quote_${number}`, name: `Q${number}` }));
      gate.list = { data };
      await session.visit();
      gate.list = undefined;
      assert.equal(await session.text(".count"), "610 outcome types");
      assert.equal((await names(session)).length, 500);
      assert.equal(await session.text(".list > p"), "and 110 more: search for them by name or key");
      await session.fill("#search", "quote_599");
      assert.deepEqual(await names(session), ["Q599"]);
      assert.equal(await session.text(".list > p"), undefined);
    },
    { gate },
  ),

  async "every view fits a narrow window"(session) {
    await session.page.setViewport({ width: 320, height: 640 });
    await session.api("POST", "outcome-types", { ...QUOTE, key: `q${"_x".repeat(100)}`, name: "W".repeat(200) });
    for (const hash of ["#/types", "#/new", `#/edit/q${"_x".repeat(100)}`, "#/edit/click", "#/respond?outcome=click", "#/interactions"]) {
      await session.visit(hash);
      const beyond = await session.page.evaluate(() => {
        const edge = document.body.getBoundingClientRect().right + 0.5;
        return [...document.querySelectorAll("main *")].filter((one) => one.getBoundingClientRect().right > edge)
          .length;
      });
      assert.equal(beyond, 0, hash);
    }
  },
};

/**
 * Stands in for a server that is ill: `down` is true for a refusal, "cut" for no answer at all. Deletions wait in
 * `held`, where there is such a list, until they are let go. A `list` is what the list is answered with.
 */
function gate(request, response, handle) {
  if (gate.held !== undefined && request.method === "DELETE") {
    gate.held.push(() => handle(request, response));
    return true;
  }
  if (gate.list !== undefined && request.url.startsWith("/api/")) {
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(gate.list));
    return true;
  }
  if (!gate.down || !request.url.startsWith("/api/")) return false;
  if (gate.down === "cut") return request.socket.destroy() || true;
  const error = { code: "SERVICE_UNAVAILABLE", message: "The server is being restarted", status: 503 };
  response.writeHead(503, { "content-type": "application/json" }).end(JSON.stringify({ error }));
  return true;
}
