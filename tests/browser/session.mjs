// One person at the page: a server of their own, a fresh browser window, and whatever went wrong in it.

import assert from "node:assert/strict";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { createServer } from "../../www/server/server.mjs";

const PATIENCE = 10_000;

/** What a browser logs by itself where an answer is a refusal, which is no fault of the page. */
const REFUSAL = /^(Failed to load resource: (the server responded with a status of|net::ERR_)|Loading module from )/;

/**
 * Opens a session in a browser. `gate(request, response, handle)` may answer in the server's place, and says so with
 * true; `handle(request, response)` is the server's own answer. That nothing came from the paths `refused` may be logged.
 */
export async function openSession(browser, { gate = () => false, refused = ["/api/"] } = {}) {
  const server = createServer();
  const [handle] = server.listeners("request");
  server.removeAllListeners("request");
  server.on("request", (request, response) => gate(request, response, handle) || handle(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${server.address().port}`;

  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const faults = [];
  const isExpected = (text, url = text) => REFUSAL.test(text) && refused.some((path) => url.includes(path));
  page.on("pageerror", ({ message }) => isExpected(message) || faults.push(`page error: ${message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !isExpected(message.text(), message.location().url))
      faults.push(`console: ${message.text()} ${message.location().url ?? ""}`);
  });
  await page.evaluateOnNewDocument(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile }) => {
      console.error(`Content-Security-Policy: ${violatedDirective} ${blockedURI} ${sourceFile}`);
    });
  });

  const session = {
    page,
    origin,
    keyboard: page.keyboard,
    /** Opens a view by its address. */
    async visit(hash = "") {
      await page.goto(`${origin}/${hash}`);
      await session.until(() => document.querySelector("main h1") !== null);
    },
    /** Calls the API past the page. */
    async api(method, path, body, headers = {}) {
      const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
      const answer = await fetch(`${origin}/api/v1/${path}`, { method, body: text, headers });
      const said = await answer.text();
      return { status: answer.status, body: said === "" ? undefined : JSON.parse(said) };
    },
    /** Waits until a function says yes in the page, and gives what it said. */
    async until(question, ...values) {
      for (const end = Date.now() + PATIENCE; ; await wait(25)) {
        const answer = await page.evaluate(question, ...values);
        if (answer) return answer;
        if (Date.now() > end) {
          const shown = await page.evaluate(() => document.body.innerText);
          assert.fail(`in vain: ${question} ${JSON.stringify(values)}\n${shown}`);
        }
      }
    },
    /** The texts of all elements that a selector finds, as they are shown. */
    texts: (selector) => page.$$eval(selector, (found) => found.map((one) => one.innerText.trim())),
    /** The text of the first of them, or `undefined`. */
    text: async (selector) => (await session.texts(selector))[0],
    value: (selector) => page.$eval(selector, (one) => one.value),
    attribute: (selector, name) => page.$eval(selector, (one, own) => one.getAttribute(own), name),
    /** Clicks what has a name: a button, a link or an option of a group. */
    async press(name) {
      await session.until((own) => {
        const named = (one) => (one.getAttribute("aria-label") ?? one.textContent).trim() === own;
        const found = [...document.querySelectorAll("button, a, label.segment")].filter((one) => one.checkVisibility());
        const target = found.find(named);
        document.querySelector("[data-pressed]")?.removeAttribute("data-pressed");
        target?.setAttribute("data-pressed", "");
        return target !== undefined;
      }, name);
      await page.click("[data-pressed]");
    },
    /** Empties a field and types into it, a key at a time. */
    async fill(selector, text) {
      await page.focus(selector);
      await page.$eval(selector, (one) => one.select());
      await page.keyboard.press("Backspace");
      await page.keyboard.type(text);
    },
    /** Puts a text into a field at once, as pasting does. */
    async paste(selector, text) {
      await page.focus(selector);
      await page.$eval(
        selector,
        (one, own) => {
          one.value = own;
          one.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
        },
        text,
      );
    },
    /** The selector of the element that has the focus: by id, else by value or text. */
    focused: () =>
      page.evaluate(() => {
        const { id, value, type, textContent } = document.activeElement;
        return id !== "" ? `#${id}` : type === "radio" ? value : textContent.trim();
      }),
    async close() {
      await context.close();
      server.close();
      server.closeAllConnections();
      assert.deepEqual(faults, []);
    },
  };
  return session;
}
