// What the package says of a text: every issue with its place, and everything that passed as it is understood.

import { unitsIn } from "./places.js";

/** Of how many items or lines that pass it is asked what they mean: more nobody reads. */
const EXPLAINED = 100;

/**
 * Reads a text as what `kind` says. The answer has `ok`; `findings`, each `{ issue, offset, part }` with an offset in
 * UTF-16 units; for a call `call` and `answer`; else `size`, the number that `passed`, and what the first of those mean
 * as `explained`, each `{ part, answer }`; and for a bulk body `rest`: the body without the refused items, where there
 * are some of either. Of a bulk body that is refused whole nothing passes.
 */
export async function read(registry, text, { kind, idempotencyKey, now }) {
  if (kind === "call") return readCall(registry, text, { idempotencyKey, now });
  if (kind === "bulk") return readBulk(registry, text, { now });
  return readLines(registry, text, { as: kind === "items" ? "bulk-item" : "call", now });
}

function readCall(registry, text, options) {
  const { ok, value, issues = [], warnings } = registry.readRespond(text, options);
  const answer = ok ? registry.checkRespond(text, options).value : undefined;
  return { ok, findings: found([...issues, ...warnings]), call: value, answer };
}

function readBulk(registry, text, options) {
  const { ok, size, passed, refused, body, issues, warnings } = registry.checkBulk(text, options);
  const all = [...issues, ...refused.flatMap((item) => [...item.issues, ...item.warnings]), ...warnings];
  // What is wrong with the body itself refuses it whole, however many of its items were good so far.
  if (body === undefined) return { ok, findings: found(all), size: 0, passed: 0, explained: [] };
  const rest = passed.length > 0 ? new TextDecoder().decode(body) : undefined;
  const items = rest === undefined ? [] : JSON.parse(rest).outcomes;
  return {
    ok,
    findings: found(all),
    size,
    passed: passed.length,
    explained: passed
      .slice(0, EXPLAINED)
      .map((index, place) => explain(registry, items[place], { as: "bulk-item", part: `item ${index}` })),
    rest: refused.length > 0 ? rest : undefined,
  };
}

async function readLines(registry, text, options) {
  const lines = text.split("\n");
  const units = unitsIn(text);
  const [findings, explained] = [[], []];
  let [size, passed] = [0, 0];
  for await (const results of registry.checkLines(text, options)) {
    for (const { line, ok, issues, warnings } of results) {
      const part = `line ${line}`;
      size += 1;
      const here = found([...issues, ...warnings]);
      findings.push(...here.map(({ issue, offset }) => ({ issue, offset: offset && units(offset), part })));
      if (!ok) continue;
      passed += 1;
      if (passed <= EXPLAINED) explained.push(explain(registry, lines[line - 1], { as: options.as, part }));
    }
  }
  return { ok: passed === size, findings, size, passed, explained };
}

/** What an item or a line means that has passed. */
function explain(registry, document, { as, part }) {
  return { part, answer: registry.checkRespond(document, { as }).value };
}

/** Issues in the order of the text; what has no place comes last. */
function found(issues) {
  const findings = issues.map((issue) => ({ issue, offset: issue.offset }));
  return findings.sort((one, other) => (one.offset ?? Infinity) - (other.offset ?? Infinity) || 0);
}
