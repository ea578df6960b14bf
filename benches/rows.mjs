// What is timed: one row a question, with the reference that its gate is about (see README.md).

import { list as typesOf } from "./bodies.mjs";
import { OutcomeRegistry } from "./peers/ours.mjs";
import { loop } from "./rounds.mjs";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const decode = (bytes) => decoder.decode(bytes);
const parse = JSON.parse;
const bytesOf = (value) => encoder.encode(typeof value === "string" ? value : JSON.stringify(value));
const lengthOf = (inputs) => inputs.reduce((sum, input) => sum + input.length, 0);

/** How a peer that takes values comes to them. */
const VALUE = { bytes: "parse(decode(input))", text: "parse(input)", object: "input" };

/** All rows. `most`: the ratio is a share of the reference's time, with an upper bound. `speed`: also a goal, in GB/s. */
export function rows(ours, peers, list, { calls, badCalls, plain, items, keys }) {
  const { registry } = ours;
  const single = (title, door, inputs, goals, others = peers) => ({
    title,
    inputs,
    count: inputs.length,
    size: door === "bytes" ? lengthOf(inputs) : 0,
    runs: {
      ours: loop(`${title}: ours`, "registry.checkRespond(input).ok", { registry }),
      ...eachPeer(others, (name, { call }) =>
        loop(`${title}: ${name}`, `call(${VALUE[door]})`, { call, parse, decode }),
      ),
    },
    ...goals,
  });
  const { "JSON.parse": _, ...validators } = peers;
  const texts = calls.map((call) => JSON.stringify(call));
  const unknown = keys.map((key) => `${key}x`);
  const shapes = calls.map((call) => structuredClone(call));

  return [
    single("bytes → verdict, varied", "bytes", texts.map(bytesOf), { against: "JSON.parse", gate: 5, goal: 7 }),
    single("bytes → verdict, one fault each", "bytes", badCalls.map(bytesOf), {}, validators),
    single("text → verdict, varied", "text", texts, { against: "JSON.parse", gate: 3, goal: 4.5 }),
    single("object → verdict, one shape", "object", plain, { against: "ajv", gate: 1.3, goal: 1.6 }, validators),
    single("object → verdict, many shapes", "object", shapes, { against: "ajv", gate: 5, goal: 8 }, validators),
    bulk(ours, peers, items),
    lines(ours, peers, items),
    lookup("key lookup, registry.get", registry, list, keys, { against: "Map.get", most: true, gate: 1.5, goal: 1.1 }),
    lookup("key lookup, unknown keys", registry, list, unknown, { against: "Map.get", most: true }),
    loading("loading a registry of 100 types", typesOf(90)),
    loading("loading a registry of 10,000 types", typesOf(9990)),
  ];
}

const eachPeer = (peers, make) =>
  Object.fromEntries(Object.entries(peers).map(([name, peer]) => [name, make(name, peer)]));

function bulk(ours, peers, items) {
  const title = "bulk of 1000";
  const input = bytesOf({ outcomes: items });
  const byItem = "parse(decode(input)).outcomes.every(item)";
  return {
    title,
    inputs: [input],
    count: items.length,
    size: input.length,
    runs: {
      ours: loop(`${title}: ours`, "bulk(input).ok", ours),
      ...eachPeer(peers, (name, { item }) => {
        // A compiled validator would take the index for its second parameter.
        const one = (value) => item(value);
        return loop(`${title}: ${name}`, byItem, { item: one, parse, decode });
      }),
    },
    against: "JSON.parse",
    gate: 7,
    goal: 10,
    speed: 2,
  };
}

function lines(ours, peers, items) {
  const title = "1000 NDJSON lines";
  const input = bytesOf(items.map((item) => JSON.stringify(item)).join("\n"));
  const ourLines = async ([bytes]) => {
    let good = 0;
    for await (const results of ours.lines(bytes)) for (const { ok } of results) if (ok) good += 1;
    return good;
  };
  const theirs = (name, { item }) => {
    const one = loop(`${title}: ${name}`, "item(parse(input))", { item, parse });
    return ([bytes]) => one(decode(bytes).split("\n"));
  };
  return {
    title,
    inputs: [input],
    count: items.length,
    size: input.length,
    runs: { ours: ourLines, ...eachPeer(peers, theirs) },
    against: "JSON.parse",
    gate: 7,
    goal: 10,
    speed: 2,
  };
}

function lookup(title, registry, list, keys, goals) {
  const map = new Map(list.data.map((row) => [row.key, Object.freeze(row)]));
  return {
    title,
    // As they come out of a document; the engine keeps the hash of each from one pass to the next, for both.
    inputs: parse(JSON.stringify(keys)),
    count: keys.length,
    runs: {
      ours: loop(`${title}: ours`, "registry.get(input)", { registry }),
      "Map.get": loop(`${title}: Map`, "map.get(input)", { map }),
    },
    ...goals,
  };
}

function loading(title, list) {
  const input = bytesOf(list);
  const mapped = (bytes) => new Map(parse(decode(bytes)).data.map((row) => [row.key, row]));
  return {
    title,
    inputs: [input],
    count: 1,
    size: input.length,
    runs: {
      ours: loop(`${title}: ours`, "OutcomeRegistry.from(input)", { OutcomeRegistry }),
      "JSON.parse + Map": loop(`${title}: Map`, "mapped(input)", { mapped }),
    },
    against: "JSON.parse + Map",
    gate: 3,
    goal: 3.5,
  };
}
