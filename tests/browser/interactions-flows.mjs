// How people see what outcomes decide, on a log of interactions.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const PACKAGE = fileURLToPath(new URL("../../pkg", import.meta.url));
const SUPPRESSED = "C2 is suppressed until 2026-06-14T12:00:00.000Z.";
const FREE = "C2 is not suppressed.";

const opened = async (session) => {
  await session.visit("#/interactions");
  await session.until(() => document.querySelector(".decision") !== null);
};
/** Waits for what a card says: by its title. */
const says = (session, title, sentence) =>
  session.until(
    (own, words) => document.querySelector(`.decision[aria-label="${own}"] .verdict`)?.innerText === words,
    title,
    sentence,
  );
const issues = (session, title) => session.texts(`.decision[aria-label="${title}"] .issue > span`);
const read = (session, sentence) =>
  session.until((words) => document.querySelector("#rows-verdict").innerText === words, sentence);
const rows = async (session) => (await session.value("#rows")).split("\n");
const line = (customerId, outcome, timestamp = "2026-03-16T13:00:00Z") => JSON.stringify({ customerId, outcome, timestamp });

export const interactionsFlows = {
  async "the example says what the README says: who rests and until when, how many clicks, the uplift, the tally"(session) {
    await opened(session);
    await says(session, "Suppression", SUPPRESSED);
    assert.deepEqual(await session.texts(".decision:nth-child(1) dd"), [
      "complaint at 2026-03-16T12:00:00.000Z, row 10 of those read",
      "2026-06-14T12:00:00.000Z, that moment not included",
    ]);
    await says(session, "Metric", "2 of click in 7 days.");
    assert.deepEqual(await session.texts(".tally li"), ["Positive 5", "Negative 1", "Neutral 0"]);
    await says(session, "Experiment", "Held against control.");
    const cells = async (variant) => {
      const shown = await session.texts(`tr[data-variant="${variant}"] td`);
      return shown.map((text) => text.replaceAll(/\s+/g, " "));
    };
    assert.deepEqual(await cells("control"), ["control 1 of 2 Sample too small", "50.0 %", "9.5 % to 90.5 %", "–", "–"]);
    assert.deepEqual(await cells("B"), [
      "B 2 of 2 Sample too small",
      "100.0 %",
      "34.2 % to 100.0 %",
      "+100.0 % +50.0 points",
      "0.248 Too few",
    ]);
    await read(session, "10 interactions read, 1 row left out.");

    // Of enough customers nothing is flagged.
    await session.press("Two hundred customers");
    await read(session, "289 interactions read.");
    assert.deepEqual(await session.texts(".variants .badge"), []);
    assert.match((await cells("B")).join(), /^B 25 of 100,25\.0 %,17\.5 % to 34\.3 %,\+150\.0 % \+15\.0 points,0\.005$/);
  },

  async "a customer is free at the very millisecond, and with fewer days sooner"(session) {
    await opened(session);
    await session.paste("#now", "2026-06-14T11:59:59.999");
    await session.until(() => document.querySelectorAll(".tally li")[0].innerText === "Positive 0");
    await says(session, "Suppression", SUPPRESSED);
    await session.press("Set now to that moment");
    await says(session, "Suppression", FREE);
    assert.equal(await session.focused(), "#now");
    assert.equal(Date.parse(`${await session.value("#now")}Z`), Date.parse("2026-06-14T12:00:00Z"));

    await session.paste("#rows", [...(await rows(session)), line("C2", "complaint", "2026-03-16T12:00:00.001Z")].join("\n"));
    await says(session, "Suppression", "C2 is suppressed until 2026-06-14T12:00:00.001Z.");
    await session.press("Set now to that moment");
    await says(session, "Suppression", FREE);
    await session.press("Four customers");
    await says(session, "Suppression", SUPPRESSED);

    await session.paste("#now", "2026-04-15T11:59:59.999");
    await says(session, "Suppression", SUPPRESSED);
    await session.fill("#lookbackDays", "30");
    await says(session, "Suppression", "C2 is suppressed until 2026-04-15T12:00:00.000Z.");
    await session.paste("#now", "2026-04-15T12:00");
    await says(session, "Suppression", FREE);

    await session.press("The example's");
    await says(session, "Suppression", "C2 is suppressed until 2026-04-15T12:00:00.000Z.");
    await session.fill("#customer", "C1");
    await says(session, "Suppression", "C1 is not suppressed.");
    await session.press("The present");
    await session.until(() => Math.abs(Date.parse(`${document.querySelector("#now").value}Z`) - Date.now()) < 60_000);
    await session.paste("#now", "");
    await says(session, "Suppression", "No answer: see what is said above.");
    assert.equal(await session.attribute("#now", "aria-invalid"), "true");
    assert.equal(await session.text("#now-issue"), "Say a date and a time: the present is nobody's guess");
  },

  async "a type that was made on the page is counted and compared, and rests"(session) {
    await session.visit("#/new");
    await session.fill("#name", "Quote");
    await session.page.click("input[value=positive]");
    await session.page.click("input[value=response]");
    await session.press("Create outcome type");
    await session.until(() => document.querySelector("tr[data-key=quote]") !== null);
    await session.press("Decisions");
    await session.until(() => document.querySelector(".decision") !== null);
    await session.paste("#rows", [...(await rows(session)), line("C1", "quote"), line("C3", "quote"), line("C3", "quot")].join("\n"));
    await session.page.select("#eventType", "quote");
    await says(session, "Metric", "2 of quote in 7 days.");
    assert.deepEqual(await session.texts(".tally li"), ["Positive 7", "Negative 1", "Neutral 0"]);
    assert.equal((await session.texts(".decision:nth-child(2) dd")).at(-1), "quot 1; did you mean quote?");
    await session.page.select("#conversion", "quote");
    await session.until(() => document.querySelector("tr[data-variant=B] small").innerText === "1 of 2");
    await session.fill("#customer", "C3");
    await session.fill("#outcomeType", "quote");
    await says(session, "Suppression", "C3 is suppressed until 2026-06-14T13:00:00.000Z.");

    // It is still there after a look elsewhere, and once it is retired it is said to be.
    await session.api("DELETE", "outcome-types/quote");
    await session.page.reload();
    await session.until(() => document.querySelector("#eventType option[value=quote]") !== null);
    await session.page.select("#eventType", "quote");
    await session.until(() => document.querySelector('.decision[aria-label="Metric"] .issue.warning') !== null);
    assert.deepEqual(await issues(session, "Metric"), ["Outcome type quote is retired"]);
  },

  async "a bad row is listed with its place, and costs no other"(session) {
    await opened(session);
    const broken = '{"customerId":"é😀日","outcome":click}';
    const column = broken.indexOf("click") + 1;
    const text = ["", line("é😀日", "click"), broken, line("C9", "click"), "{}"].join("\n");
    await session.paste("#rows", text);
    await read(session, "2 interactions read, 2 rows left out.");
    await says(session, "Metric", "2 of click in 7 days.");
    const listed = await session.page.$$eval(".finding", (found) =>
      found.map((one) => [one.querySelector(".place").textContent, one.querySelector(".part").textContent, one.querySelector(".issue > span").textContent]),
    );
    assert.deepEqual(listed[0].slice(0, 2), [`3:${column}`, "line 3"]);
    assert.match(listed[0][2], /^Invalid JSON: expected a value/);
    assert.ok(listed.slice(1).every(([place, part]) => place.startsWith("5:") && part === "line 5"), JSON.stringify(listed));
    assert.ok(listed.some(([, , words]) => words === "Missing customerId"), JSON.stringify(listed));
    await session.press(`Go to line 3, column ${column}`);
    assert.equal(await session.page.$eval("#rows", ({ value, selectionStart, selectionEnd }) => value.slice(selectionStart, selectionEnd)), "click");
    assert.deepEqual((await session.texts("mark"))[0], "click");
    await session.paste("#rows", "");
    await read(session, "No rows yet: paste some, or load some.");
  },

  async "a definition that is wrong is refused in the package's words, a doubtful one answered with a warning"(session) {
    await opened(session);
    await session.fill("#lookbackDays", "0");
    await says(session, "Suppression", "No answer: see what is said above.");
    assert.deepEqual(await issues(session, "Suppression"), [
      "Out of range: expected a whole number of at least 1 for lookbackDays, found 0",
    ]);
    assert.equal(await session.attribute("#lookbackDays", "aria-invalid"), "true");
    assert.equal(await session.attribute("#outcomeType", "aria-invalid"), null);
    await session.fill("#lookbackDays", "366");
    await says(session, "Suppression", "C2 is suppressed until 2027-03-17T12:00:00.000Z.");
    assert.deepEqual(await issues(session, "Suppression"), []);
    for (const [typed, words] of [
      ["0", "Out of range: expected a whole number from 1 to 365 for windowDays, found 0"],
      ["366", "Out of range: expected a whole number from 1 to 365 for windowDays, found 366"],
      ["1.5", "Expected a whole number from 1 to 365 for windowDays, found 1.5"],
      ["many", "Expected a number for windowDays, found a string"],
    ]) {
      await session.fill("#windowDays", typed);
      await session.until((own) => document.querySelector('.decision[aria-label="Metric"] .issue > span')?.innerText === own, words);
      await says(session, "Metric", "No answer: see what is said above.");
    }
    await session.fill("#windowDays", "1");
    await says(session, "Metric", "0 of click in 1 day.");
    assert.deepEqual(await issues(session, "Metric"), []);

    await session.fill("#outcomeType", "complain");
    await says(session, "Suppression", FREE);
    assert.deepEqual(await issues(session, "Suppression"), ["complain is no registered outcome type; did you mean complaint?"]);
    await session.press("Use complaint");
    await says(session, "Suppression", "C2 is suppressed until 2027-03-17T12:00:00.000Z.");
    assert.equal(await session.focused(), "#outcomeType");
    await session.fill("#lookbackDays", " ");
    await says(session, "Suppression", "This cannot be told, because of lookbackDays.");
    assert.deepEqual(await issues(session, "Suppression"), ["Missing lookbackDays"]);
    await session.fill("#lookbackDays", "1000000000");
    await says(session, "Suppression", "C2 is suppressed until 86401773662400000 ms.");
    await session.fill("#control", "A");
    await says(session, "Experiment", "There is no variant A, so there is no uplift.");
  },

  async "what the server recorded is read as it is"(session) {
    await opened(session);
    await session.press("What this server recorded");
    await session.until(() => document.querySelector("form [role=alert]:not([hidden])") !== null);
    assert.equal(await session.text("form [role=alert]"), "The server has recorded nothing yet.");
    await read(session, "10 interactions read, 1 row left out.");
    const outcomes = Array.from({ length: 120 }, (_, nth) => ({ customerId: `C${nth}`, offerId: "o", outcome: "click", idempotencyKey: `k${nth}` }));
    await session.api("POST", "respond/bulk", { outcomes });
    const call = { customerId: "Renée", creativeId: "c", outcome: "complaint", direction: "inbound" };
    assert.equal((await session.api("POST", "respond", call, { "Idempotency-Key": "last" })).status, 200);
    await session.press("What this server recorded");
    await read(session, "121 interactions read.");
    await says(session, "Metric", "120 of click in 7 days.");
    const { data } = (await session.api("GET", "interaction-history")).body;
    const until = new Date(Date.parse(data[0].timestamp) + 90 * 86_400_000).toISOString();
    await says(session, "Suppression", `Renée is suppressed until ${until}.`);
    assert.equal(JSON.parse((await rows(session))[0]).customerId, "C0");
  },

  async "the code to copy prints on Node what the page shows"(session) {
    await opened(session);
    await session.page.click("summary");
    await session.fill("#lookbackDays", "30");
    await says(session, "Suppression", "C2 is suppressed until 2026-04-15T12:00:00.000Z.");
    const code = await session.text("pre");
    const folder = await mkdtemp(join(tmpdir(), "decisions-"));
    try {
      await mkdir(join(folder, "node_modules"));
      await symlink(PACKAGE, join(folder, "node_modules", "kaireon-outcomes"));
      await writeFile(join(folder, "rows.ndjson"), await session.value("#rows"));
      await writeFile(join(folder, "decisions.mjs"), code);
      const { stdout } = await promisify(execFile)(process.execPath, ["decisions.mjs"], { cwd: folder });
      assert.match(stdout, /suppressed: true/);
      assert.match(stdout, new RegExp(`until: ${Date.parse("2026-04-15T12:00:00Z")}`));
      assert.match(stdout, /groups: \[ \{ by: \{\}, count: 2, value: 2 \} \]/);
      assert.match(stdout, /\{ positive: 5, negative: 1, neutral: 0 \}/);
      assert.match(stdout, /variant: 'B',\s+exposed: 2,\s+converted: 2,\s+rate: 1,[^]*relative: 1,/);
    } finally {
      await rm(folder, { recursive: true });
    }
    await session.press("Copy the code");
    await session.until(() => document.querySelector(".toast p")?.innerText === "Copied the code.");
    await session.fill("#rows", "");
    await session.keyboard.down("Control");
    await session.keyboard.press("v");
    await session.keyboard.up("Control");
    assert.equal((await session.value("#rows")).trim(), code);
  },

  async "what reads interactions is not fetched before the view is opened, and then once"(session) {
    const fetched = [];
    session.page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
    const ofInteractions = () => fetched.filter((path) => path.startsWith("/package/interactions"));
    await session.visit();
    await session.visit("#/new");
    await session.press("Respond tester");
    await session.press("A bulk body");
    await session.until(() => document.querySelector(".findings") !== null);
    assert.ok(fetched.includes("/package/index.js"));
    assert.deepEqual(ofInteractions(), []);
    await session.press("Decisions");
    await says(session, "Suppression", SUPPRESSED);
    const seen = ofInteractions();
    assert.ok(seen.includes("/package/interactions.js"), seen.join());
    await session.fill("#customer", "C4");
    await session.press("Outcome types");
    await session.until(() => document.querySelector("tbody") !== null);
    await session.press("Decisions");
    // What was typed is still there.
    await says(session, "Suppression", "C4 is not suppressed.");
    assert.deepEqual(ofInteractions(), seen);
    // It stands upon the package that is there already.
    assert.equal(fetched.filter((path) => path === "/package/index.js").length, 1);
  },

  "where it cannot be loaded the view says so, all else goes on, and another try succeeds": Object.assign(
    async (session) => {
      for (const path of ["/package/interactions.js", "/page/decisions.js"]) {
        missing.path = path;
        await session.page.goto("about:blank");
        await session.visit("#/interactions");
        await session.until(() => document.querySelector(".trouble") !== null);
        assert.equal(await session.text(".trouble p"), "What reads interactions could not be loaded from the server.");
        await session.press("Try again");
        await session.until(() => document.activeElement.textContent === "Try again");
        await session.press("Respond tester");
        await session.press("A bulk body");
        await session.until(() => document.querySelector(".findings") !== null);
        await session.press("Decisions");
        await session.until(() => document.querySelector(".trouble") !== null);
        missing.path = undefined;
        await session.press("Try again");
        await says(session, "Suppression", SUPPRESSED);
        // Of a file of the package Firefox remembers that it was not there: the page is loaded anew.
        if (path.startsWith("/page/")) assert.equal(await session.focused(), "Decisions");
      }
    },
    { gate: missing, refused: ["/package/interactions", "/page/decisions.js"] },
  ),

  async "nothing scrolls sideways, from 375 to 1280 pixels"(session) {
    const long = "x".repeat(120);
    for (const width of [375, 600, 900, 1280]) {
      await session.page.setViewport({ width, height: 800 });
      await opened(session);
      await session.press("Two hundred customers");
      await session.fill("#customer", long);
      await session.fill("#outcomeType", long);
      await session.paste("#rows", `${(await rows(session)).join("\n").replaceAll('"B"', `"${long}"`)}\n${line("C", long)}`);
      await session.until((own) => document.querySelector(`tr[data-variant="${own}"]`) !== null, long);
      await says(session, "Suppression", `${long} is not suppressed.`);
      await session.page.click("summary");
      const wide = await session.page.evaluate(() => {
        const beyond = [...document.querySelectorAll("main *")].filter((one) => one.getBoundingClientRect().right > innerWidth);
        return [document.documentElement.scrollWidth > innerWidth, beyond.map(({ outerHTML }) => outerHTML.slice(0, 80))];
      });
      assert.deepEqual(wide, [false, []], `at ${width} pixels`);
      await session.page.goto("about:blank");
    }
  },
};

/** A server that lacks a file while there is a `path`. */
function missing(request, response) {
  if (missing.path === undefined || request.url.split("?")[0] !== missing.path) return false;
  response.writeHead(404).end();
  return true;
}
