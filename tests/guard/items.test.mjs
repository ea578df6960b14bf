// The bytes of withheld items, held against JSON.parse: whatever stands around them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { OutcomeRegistry } from "../../pkg/dist/index.js";
import { createRespondGuard } from "../../pkg/dist/guard.js";
import { ITEM } from "./edge.mjs";

/** Numbers that come again with each run. */
let seed = 2026;
const random = (most) => ((seed = (seed * 1103515245 + 12345) % 2 ** 31), Math.floor((seed / 2 ** 31) * most));
const pick = (list) => list[random(list.length)];

const blank = () => pick(["", "", " ", "\n\t ", "\r\n"]);
const text = () => pick(['"]"', '"\\"],["', '"\\\\"', '"\\\\\\""', '"{"', '"ü, ]"', '"outcomes"', '""']);
const value = (depth) => (depth > 2 || random(2) ? pick([text(), "1", "true", "null", "-1.5e3"]) : random(2) ? list(depth) : object(depth));
const list = (depth) => `[${Array.from({ length: random(3) }, () => blank() + value(depth + 1) + blank()).join(",")}]`;
const object = (depth) => `{${Array.from({ length: random(3) }, (_, at) => `${blank()}"n${at}"${blank()}:${blank()}${value(depth + 1)}${blank()}`).join(",")}}`;
const NAMES = ['"outcomes"', '"outcome\\u0073"', '"\\u006futcomes"'];

test("each letter has its item's own bytes, in ten thousand bodies", async () => {
  let kept = [];
  let items = 0;
  const guard = createRespondGuard({ registry: OutcomeRegistry.defaults(), onRefused: (letter) => kept.push(letter) });
  for (let round = 0; round < 10_000; round += 1) {
    kept = [];
    const parts = Array.from({ length: 1 + random(4) }, () => (random(3) ? value(0) : JSON.stringify({ ...ITEM, context: { odd: "],[" } })));
    const members = [`${blank()}${pick(NAMES)}${blank()}:${blank()}[${parts.map((part) => blank() + part + blank()).join(",")}]`];
    while (random(2)) members.splice(random(2) * members.length, 0, `"m${members.length}":${value(0)}`);
    const body = `${blank()}{${members.join(",")}}${blank()}`;
    const request = new Request("https://edge.example/api/v1/respond/bulk", { method: "POST", body });
    const checked = await guard.check(request, undefined, undefined);
    // What goes on is kept only with its answer.
    if (checked.ok) await checked.answer(new Response('{"succeeded":1}'));
    await undefined;
    const bad = parts.map((part, index) => [index, part]).filter(([, part]) => !part.includes('"customerId"'));
    kept.sort((one, other) => one.index - other.index);
    assert.deepEqual(kept.map(({ index, bytes }) => [index, Buffer.from(bytes).toString()]), bad, body);
    items += kept.length;
  }
  assert.ok(items > 10_000, String(items));
});
