// The law: what a schema takes, its JSON Schema takes, for every target and whatever `rules` say. Asked of every document
// of the vectors, and of documents with one member changed; prints what was seen. `node law.mjs VECTORS`.

import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import * as api from "kaireon-outcomes";
import { withJsonSchema } from "kaireon-outcomes/json-schema";
import { doorsOf, registryOf } from "./suite/suite.mjs";

const SIDES = ["input", "output"];
/** `nullable`, which OpenAPI 3.0 has, is a word that ajv knows. */
const READERS = { "draft-2020-12": Ajv2020, "draft-07": Ajv, "openapi-3.0": Ajv };
/** What every keyword that is written has to refuse once. */
const KEYWORDS = ["anyOf", "enum", "maxLength", "minLength", "minimum", "pattern", "required", "type"];
/** The longest document that is asked of every schema. */
const LONGEST = 10_000;

const files = JSON.parse(readFileSync(process.argv[2], "utf8"));
const cases = Object.values(files).flatMap((file) => file.cases);
const seen = { asked: 0, taken: 0, refused: 0, refusedByJsonSchema: 0, keywords: new Set() };

/** A vector's document, as it comes over the wire. */
const bytesOf = (vector) => doorsOf(vector).at(-1).document;

const compiled = new Map();

/** The JSON Schemas of a schema, each as a function that says yes or no. */
function readersOf(schema, targets) {
  return targets.flatMap((target) =>
    SIDES.map((side) => {
      const described = schema["~standard"].jsonSchema[side]({ target });
      const text = JSON.stringify([target, described]);
      if (!compiled.has(text)) compiled.set(text, new READERS[target]({ allowUnionTypes: true, strict: true, strictRequired: false }).compile(described));
      return { side, target, validate: compiled.get(text) };
    }),
  );
}

/** Asks both of one document. */
function ask(name, schema, readers, bytes) {
  const { ok, value } = schema["~standard"].validate(bytes);
  seen.asked += 1;
  seen[ok ? "taken" : "refused"] += 1;
  const text = new TextDecoder().decode(bytes);
  for (const { side, target, validate } of readers) {
    const document = ok ? (side === "input" ? JSON.parse(text) : value) : parsed(text);
    if (document === undefined || (!ok && side === "output") || validate(document)) continue;
    if (ok) throw new Error(`${name}: ${target} refuses the ${side} ${text.slice(0, 500)}\n${JSON.stringify(validate.errors)}`);
    seen.refusedByJsonSchema += 1;
    for (const { keyword } of validate.errors) seen.keywords.add(keyword);
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// Every vector of a form or a call, with its own list and options.
const KINDS = { create_form: "create", respond: "respond", read_respond: "respond" };
let own = 0;
for (const vector of cases) {
  const kind = KINDS[vector.check];
  if (kind === undefined) continue;
  own += 1;
  const schema = withJsonSchema(registryOf(api, vector.registry), kind, vector.options);
  ask(vector.name, schema, readersOf(schema, Object.keys(READERS)), bytesOf(vector));
}

// Every document there is, and objects with one member changed, with every code lowered in turn, and all at once.
const CALL = { customerId: "C", creativeId: "c", outcome: "click", idempotencyKey: "k", offerId: "o" };
const WHOLES = [CALL, { ...CALL, treatmentId: "c", outcome: null, eventType: "click" }, { key: "a", name: "A", classification: "positive", category: "response" }];
const VALUES = [undefined, null, "", " ", "a", "A b", "click", "archived", "2026-03-16 14:35", "x".repeat(300), 0, 1, -1, 1.5, true, [], {}];
const members = new Set(cases.flatMap(({ check, input }) => (check in KINDS && typeof input === "object" && input !== null ? Object.keys(input) : [])));
const changed = WHOLES.flatMap((whole) => [...members].flatMap((member) => VALUES.map((value) => JSON.stringify({ ...whole, [member]: value }))));
const given = cases.map(bytesOf).filter(({ length }) => length < LONGEST);
const documents = [...given, ...changed.map((text) => new TextEncoder().encode(text))];

const registry = api.OutcomeRegistry.from({ data: [{ key: "archived", name: "Archived", deletedAt: "2026-04-01T00:00:00Z" }] });
const lowerable = api.ISSUE_CODES.filter((code) => {
  try {
    return registry.schema("key", { rules: { [code]: "off" } }) !== undefined;
  } catch {
    // This one `rules` cannot override.
    return false;
  }
});
const lowered = (codes) => Object.fromEntries(codes.map((code) => [code, "off"]));
for (const rules of [undefined, ...lowerable.map((code) => lowered([code])), lowered(lowerable)]) {
  for (const [kind, options] of [["create"], ["respond"], ["respond", { idempotencyKey: "h" }], ["respond", { as: "bulk-item" }]]) {
    const schema = withJsonSchema(registry, kind, { ...options, rules });
    const readers = readersOf(schema, ["draft-2020-12"]);
    for (const bytes of documents) ask(`${kind} ${JSON.stringify({ ...options, rules })}`, schema, readers, bytes);
  }
}

const silent = KEYWORDS.filter((keyword) => !seen.keywords.has(keyword));
if (silent.length > 0) throw new Error(`nothing was refused by ${silent.join(", ")}`);
if (own < 100 || lowerable.length < 30) throw new Error(`only ${own} vectors and ${lowerable.length} codes`);
const { asked, taken, refused, refusedByJsonSchema } = seen;
if (taken === 0 || refusedByJsonSchema === 0) throw new Error("nothing was taken, or nothing refused");
console.log(`${own} vectors; ${asked} questions in all, ${taken} taken by both, ${refused} refused, ${refusedByJsonSchema} of them by JSON Schema too`);
