// How people make and change an outcome type.

import assert from "node:assert/strict";

const heading = (text) => [(own) => document.querySelector("h1")?.textContent === own, text];
const issue = (session, field) => session.text(`[data-field=${field}] .issue > span`);
const row = (key) => [(own) => document.querySelector(`tr[data-key="${own}"]`) !== null, key];

export const formFlows = {
  async "a type is made: the key follows the name, issues stand beside their fields, and calls may name it at once"(
    session,
  ) {
    await session.visit();
    await session.press("New outcome type");
    await session.until(...heading("New outcome type"));
    await session.fill("#name", "Price Quote!");
    assert.equal(await session.value("#key"), "price_quote");
    assert.deepEqual(await session.texts(".issue"), []);

    // A key of one's own stays, whatever becomes of the name.
    await session.fill("#key", "Price");
    assert.equal(await issue(session, "key"), "A key has only a to z, 0 to 9 and _, not P; price would do");
    assert.equal(await session.attribute("#key", "aria-invalid"), "true");
    const described = await session.page.$eval("#key", (key) =>
      key
        .getAttribute("aria-describedby")
        .split(" ")
        .map((id) => document.getElementById(id).innerText)
        .join(" "),
    );
    assert.match(described, /price would do/);
    await session.fill("#name", "Price Quote");
    assert.equal(await session.value("#key"), "Price");
    await session.press("Use price");
    assert.equal(await session.value("#key"), "price");
    assert.equal(await session.focused(), "#key");
    assert.equal(await session.attribute("#key", "aria-invalid"), null);
    assert.deepEqual(await session.texts(".issue"), []);

    // Saving shows what is missing and goes to the first of it.
    await session.press("Create outcome type");
    assert.equal(await issue(session, "classification"), "Choose classification: without a choice it is neutral");
    assert.equal(await issue(session, "category"), "Choose category: without a choice it is response");
    assert.equal(await session.focused(), "positive");
    await session.page.click("input[value=positive]");
    await session.page.click("input[value=response]");
    assert.deepEqual(await session.texts(".issue"), []);
    await session.press("Create outcome type");
    await session.until(...row("price"));
    assert.match(
      await session.text(".toast"),
      /^Created price: Respond calls may name it from now on\. Try it in a call/,
    );

    const call = { customerId: "C", creativeId: "c", outcome: "price" };
    const { status, body } = await session.api("POST", "respond", call, { "Idempotency-Key": "k" });
    assert.deepEqual([status, body.outcome, body.classification], [200, "price", "positive"]);
    await session.press("Try it in a call");
    await session.until(
      () => document.querySelector(".verdict")?.textContent === "Read as one call. It would be taken.",
    );
  },

  async "what was typed is checked at each keystroke, and nothing before it was touched"(session) {
    await session.visit("#/new");
    for (let step = 0; step < 8; step += 1) await session.keyboard.press("Tab");
    await session.fill("#description", "One field is touched, the others are not");
    assert.deepEqual(await session.texts(".issue"), []);
    await session.fill("#name", "Click");
    assert.equal(await session.value("#key"), "click_2");
    await session.fill("#key", "click");
    assert.equal(await issue(session, "key"), "The key click is in use already; click_2 is free");
    await session.keyboard.type("_");
    assert.equal(await issue(session, "key"), undefined);
    await session.fill("#name", " ");
    assert.equal(await issue(session, "name"), "Field name must not be empty");
    // Of this name no key can be made: it has to be written, which is said.
    await session.fill("#key", "x");
    await session.keyboard.press("Backspace");
    await session.fill("#name", "日本語");
    assert.equal(await session.value("#key"), "");
    assert.equal(await issue(session, "key"), "Field key must not be empty");
  },

  async "a warning looks otherwise than an error and holds nothing up"(session) {
    await session.api("POST", "outcome-types", {
      key: "old",
      name: "Old",
      classification: "neutral",
      category: "response",
    });
    await session.api("DELETE", "outcome-types/old");
    await session.visit("#/new");
    await session.fill("#name", "Old");
    assert.equal(await session.value("#key"), "old_2");
    await session.fill("#key", "old");
    assert.equal(
      await session.text("[data-field=key] .issue.warning"),
      "The key old belonged to a retired type: their histories would mix",
    );
    assert.equal(await session.attribute("#key", "aria-invalid"), null);
    const colours = await session.page.evaluate(() => {
      const warning = document.querySelector(".issue.warning");
      const before = getComputedStyle(warning).color;
      warning.classList.replace("warning", "error");
      return [before, getComputedStyle(warning).color];
    });
    assert.notEqual(...colours);
    await session.page.click("input[value=neutral]");
    await session.page.click("input[value=response]");
    await session.press("Create outcome type");
    await session.until(...row("old"));
  },

  async "what only the server knows is shown at its field"(session) {
    await session.visit("#/new");
    await session.fill("#name", "Applied");
    await session.page.click("input[value=positive]");
    await session.page.click("input[value=response]");
    // Somebody else is quicker.
    await session.api("POST", "outcome-types", {
      key: "applied",
      name: "Mine",
      classification: "neutral",
      category: "response",
    });
    await session.press("Create outcome type");
    await session.until(() => document.querySelector("[data-field=key] .issue") !== null);
    assert.equal(await issue(session, "key"), "The key applied is in use already; applied_2 is free");
    assert.equal(await session.focused(), "#key");
    await session.press("Use applied_2");
    await session.press("Create outcome type");
    await session.until(...row("applied_2"));
    await session.until(...row("applied"));
  },

  "a server that cannot be reached costs one sentence, and nothing that was typed": Object.assign(
    async (session) => {
      await session.visit("#/new");
      await session.fill("#name", "Applied");
      await session.page.click("input[value=positive]");
      await session.page.click("input[value=response]");
      gate.cut = true;
      await session.press("Create outcome type");
      await session.until(() => document.querySelector(".banner.error")?.checkVisibility());
      assert.equal(await session.text(".banner.error"), "The server cannot be reached. It may have been stopped.");
      assert.equal(await session.focused(), "Create outcome type");
      gate.cut = false;
      await session.keyboard.press("Enter");
      await session.until(...row("applied"));
    },
    { gate },
  ),

  async "a change keeps the key, and says why"(session) {
    const type = {
      key: "applied",
      name: "Applied",
      classification: "neutral",
      category: "impression",
      ordinal: 3,
      status: "paused",
    };
    await session.api("POST", "outcome-types", type);
    await session.visit();
    await session.press("Edit Applied");
    await session.until(...heading("Edit Applied"));
    assert.equal(await session.page.$eval("#key", (key) => key.readOnly), true);
    assert.match(await session.text("#key-hint"), /^A key cannot be changed/);
    await session.fill("#name", "");
    assert.equal(await issue(session, "name"), "Field name must not be empty");
    await session.fill("#name", "Applied for it");
    assert.equal(await session.value("#key"), "applied");
    await session.fill("#description", "A form was sent");
    await session.page.click("input[value=positive]");
    await session.page.click("input[value=response]");
    await session.press("Save changes");
    await session.until(...row("applied"));
    const { data } = (await session.api("GET", "outcome-types")).body;
    const { key, name, description, classification, category, ordinal, status } = data.find(
      (one) => one.key === "applied",
    );
    assert.deepEqual(
      { key, name, description, classification, category, ordinal, status },
      {
        ...type,
        name: "Applied for it",
        description: "A form was sent",
        classification: "positive",
        category: "response",
      },
    );
    // The form survives a reload; an address that names no type says which was meant.
    await session.visit("#/edit/applied");
    await session.page.reload();
    await session.until(...heading("Edit Applied for it"));
    await session.visit("#/edit/aplied");
    await session.until(...heading("No such outcome type"));
    await session.press("Edit applied");
    await session.until(...heading("Edit Applied for it"));
  },

  async "a type is made with the keyboard alone"(session) {
    const { keyboard } = session;
    const tab = async (times = 1) => {
      for (let time = 0; time < times; time += 1) await keyboard.press("Tab");
    };
    await session.visit();
    await tab();
    assert.equal(await session.focused(), "Skip to the content");
    await keyboard.press("Enter");
    assert.equal(await session.focused(), "#main");
    await tab();
    assert.equal(await session.focused(), "New outcome type");
    assert.equal(await session.page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), "solid");
    await keyboard.press("Enter");
    await session.until(...heading("New outcome type"));
    assert.equal(await session.focused(), "New outcome type");
    await tab();
    assert.equal(await session.focused(), "#key");
    await tab();
    await keyboard.type("Scheduled Call");
    await tab();
    await keyboard.type("An appointment was made");
    await tab();
    await keyboard.press(" ");
    await keyboard.press("ArrowDown");
    await keyboard.press("ArrowUp");
    await tab();
    await keyboard.press("ArrowDown");
    await tab();
    assert.equal(await session.focused(), "Create outcome type");
    await keyboard.press("Enter");
    await session.until(...row("scheduled_call"));
    const { data } = (await session.api("GET", "outcome-types")).body;
    const { name, description, classification, category } = data.at(-1);
    assert.deepEqual(
      [name, description, classification, category],
      ["Scheduled Call", "An appointment was made", "positive", "response"],
    );
  },
};

/** A server that gives no answer while `cut` is set. */
function gate(request) {
  if (!gate.cut || !request.url.startsWith("/api/")) return false;
  request.socket.destroy();
  return true;
}
