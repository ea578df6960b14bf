// The table of rules: what every row has, and that CONFORMANCE.md is about the same rows.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { SECTIONS } from "../../xtask/conform/rules.mjs";
import { verdict } from "../../xtask/conform/verdict.mjs";

const read = (name) => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");
const rules = SECTIONS.flatMap(({ rules }) => rules);

test("each rule has a name of its own, a source, a way to ask, to read and to compare", () => {
  assert.equal(new Set(rules.map(({ name }) => name)).size, rules.length);
  for (const { name, ask, read, ours, record } of rules) {
    for (const part of [ask, read, ours]) assert.equal(typeof part, "function", name);
    assert.ok(record === undefined || typeof record === "string", name);
  }
});

test("each source is a page, or a question of DESIGN.md", () => {
  const questions = new Set(read("DESIGN.md").match(/(?<=^### ).+$/gm));
  for (const { name, source } of rules) {
    if (source === "S" || /^A [A-Z]+(-\w+)?$/.test(source)) continue;
    assert.ok(source.startsWith("D: ") && questions.has(source.slice(3)), `${name} rests on ${source}`);
  }
});

test("CONFORMANCE.md holds a table of these very rules", () => {
  const paper = read("CONFORMANCE.md");
  const cell = (text) => text.replaceAll("\\", "\\\\").replaceAll("|", "\\|").replaceAll("<", "&lt;");
  const missing = rules.filter(({ name, source }) => !paper.includes(`\n| ${cell(name)} | ${source} | **`));
  assert.deepEqual(
    missing.map(({ name }) => name),
    [],
  );
  const rows = paper.match(/^\| .+ \| \*\*\w+\*\* \|/gm).length;
  assert.equal(rows % rules.length, 0);
});

test("a verdict is about what is taken, or about a fact", () => {
  const [takes, refuses] = [{ taken: true }, { taken: false }];
  for (const [server, ours, expected] of [
    [takes, takes, "agree"],
    [refuses, refuses, "agree"],
    [refuses, takes, "stricter"],
    [takes, refuses, "looser"],
    [{ value: [0, 1] }, { value: [0, 1] }, "agree"],
    [{ value: 201 }, { value: 200 }, "different"],
    [{ unknown: "why" }, takes, "unknown"],
  ]) {
    assert.equal(verdict(server, ours), expected);
  }
});
