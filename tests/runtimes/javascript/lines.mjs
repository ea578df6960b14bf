// Streams of lines.

import { lineResults, linesOf } from "../suite.mjs";
import { CALL, ITEM, QUOTE, bytesOf } from "./tools.mjs";

export default [
  ["checkLines takes bytes, text, arrays, generators and streams", async ({ registry, is, fail, api }) => {
    const text = `${JSON.stringify(ITEM)}\n{"customerId":\n`;
    const expected = [{ line: 1, ok: true }, { line: 2, ok: false, issues: [{ code: "invalid_json" }] }];
    async function* later() { yield bytesOf(text.slice(0, 20)); yield text.slice(20); }
    const stream = new ReadableStream({ start(controller) { controller.enqueue(bytesOf(text)); controller.close(); } });
    for (const source of [bytesOf(text), text, [text], later(), stream, bytesOf(text).buffer]) {
      const results = [];
      for await (const batch of registry.checkLines(source, { as: "bulk-item" })) results.push(...batch);
      lineResults("source", results, expected, (what, wanted, found) => fail({ what, wanted }, found), api);
    }
    is(await linesOf(registry, [], { as: "bulk-item" }), []);
  }],
  ["checkLines: a line is a call unless said otherwise", async ({ registry, is }) => {
    const [result] = await linesOf(registry, [JSON.stringify(CALL)]);
    is(result.ok, true);
  }],
  ["checkLines: stopping early tells the source", async ({ registry, is }) => {
    let told = false;
    async function* endless() {
      try {
        for (;;) yield bytesOf(`${JSON.stringify(CALL)}\n`);
      } finally {
        told = true;
      }
    }
    for await (const results of registry.checkLines(endless())) {
      is(results[0].ok, true);
      break;
    }
    is(told, true);
  }],
  ["checkLines: misuse throws, the source's error is passed on", async ({ registry, throws, is }) => {
    throws(() => registry.checkLines(5), TypeError);
    throws(() => registry.checkLines([], { as: "x" }), TypeError);
    async function* broken() { yield "{}\n"; throw new RangeError("mine"); }
    const failed = async (source) => { try { await linesOf(registry, source); } catch (error) { return error.name; } return undefined; };
    is([await failed(broken()), await failed([5])], ["RangeError", "TypeError"]);
  }],
  ["checkLines: two streams at once do not mix", async ({ api, registry, is }) => {
    const other = api.OutcomeRegistry.from([{ ...QUOTE, key: "mine" }]);
    const line = (outcome) => `${JSON.stringify({ ...ITEM, outcome })}\n`;
    const halves = (text) => [text.slice(0, 15), text.slice(15)];
    const [one, two] = [registry.checkLines(halves(line("mine").repeat(2)), { as: "bulk-item" }), other.checkLines(halves(line("mine").repeat(2)), { as: "bulk-item" })];
    const results = [[], []];
    for (let open = true; open;) {
      open = false;
      for (const [index, lines] of [one, two].entries()) {
        const { done, value } = await lines.next();
        if (!done) { results[index].push(...value.map(({ ok }) => ok)); open = true; }
      }
    }
    is(results, [[false, false], [true, true]]);
  }],
];
