// Options and their misuse, schemas, answers of a server, keys.

import { CALL, ITEM, QUOTE, codes, paths } from "./tools.mjs";

export default [
  // ---- options
  ["rules: misuse throws", ({ api, registry, throws }) => {
    throws(() => registry.checkRespond(CALL, { rules: { nope: "off" } }), TypeError);
    throws(() => registry.checkRespond(CALL, { rules: { unknown_field: "loud" } }), TypeError);
    throws(() => registry.checkRespond(CALL, { rules: "off" }), TypeError);
    for (const code of ["invalid_json", "invalid_utf8", "lone_surrogate", "duplicate_field", "too_large", "too_deep", "not_serializable", "not_a_registry"]) {
      throws(() => registry.checkRespond(CALL, { rules: { [code]: "off" } }), TypeError);
      throws(() => registry.schema("create", { rules: { [code]: "warning" } }), TypeError);
      throws(() => api.OutcomeRegistry.load([], { rules: { [code]: "error" } }), TypeError);
    }
  }],
  ["options: misuse throws", ({ api, registry, throws }) => {
    for (const options of [5, "x", null, { as: "item" }, { now: "today" }, { now: NaN }, { maxIssues: 0 }, { maxIssues: 1.5 }, { maxBytes: -1 }, { idempotencyKey: 5 }, { message: "x" }]) throws(() => registry.checkRespond(CALL, options), Error);
    throws(() => registry.schema("nope"), TypeError);
    throws(() => registry.schema("edit"), TypeError);
    throws(() => registry.list({ classification: "good" }), TypeError);
    throws(() => api.OutcomeRegistry.load([], { maxTypes: 0 }), RangeError);
  }],
  ["now may be a Date", ({ registry, is }) => {
    const call = { ...CALL, timestamp: "2026-03-16T15:00:00Z" };
    is(codes(registry.checkRespond(call, { now: new Date("2026-03-16T14:00:00Z") }).warnings), ["future_timestamp"]);
  }],
  ["a message of one's own: per call, per schema, per registry", ({ api, registry, is }) => {
    const message = ({ code, key }) => (code === "unknown_outcome_type" ? `Gibt es nicht: ${key}` : undefined);
    const call = { ...CALL, outcome: "clik", rank: 0 };
    const words = ["Gibt es nicht: clik", registry.checkRespond(call).issues.find(({ code }) => code === "out_of_range").message].sort();
    is(registry.checkRespond(call, { message }).issues.map((issue) => issue.message).sort(), words);
    is(registry.schema("respond", { message })["~standard"].validate(call).issues.map((issue) => issue.message).sort(), words);
    is(api.OutcomeRegistry.defaults({ message }).checkRespond(call).issues.map((issue) => issue.message).sort(), words);
    is(api.OutcomeRegistry.from([], { message }).checkBulk({ outcomes: [{ ...ITEM, outcome: "x" }] }).refused[0].issues[0].message, "Gibt es nicht: x");
  }],
  ["a header as headers.get gives it", ({ registry, is }) => {
    const { idempotencyKey, ...bare } = CALL;
    for (const [header, ok] of [[null, false], [undefined, false], ["", false], ["  ", false], [idempotencyKey, true]]) is(registry.checkRespond(bare, { idempotencyKey: header }).ok, ok);
  }],
  // ---- schemas
  ["schemas are Standard Schemas", ({ registry, is }) => {
    for (const kind of ["create", "edit", "respond", "bulk", "outcome", "key"]) {
      const { version, vendor, validate } = registry.schema(kind, kind === "edit" ? { key: "x" } : undefined)["~standard"];
      is([version, vendor, typeof validate], [1, "kaireon-outcomes", "function"]);
      const result = validate({});
      is(Array.isArray(result.issues), true);
      is(result.issues.every((issue) => typeof issue.message === "string" && Array.isArray(issue.path)), true);
    }
  }],
  ["schema outputs", ({ api, is }) => {
    const registry = api.OutcomeRegistry.from([QUOTE]);
    const output = (kind, value, options) => registry.schema(kind, options)["~standard"].validate(value).value;
    is(output("create", { ...QUOTE, key: "k" }), { ...QUOTE, key: "k", description: "" });
    is(output("edit", { name: "N" }, { key: "quote_requested" }), { name: "N" });
    is(output("respond", { ...CALL, outcome: undefined, eventType: "click" }), { ...CALL, direction: "inbound" });
    is(output("bulk", { outcomes: [ITEM] }), { outcomes: [ITEM] });
    is(output("outcome", "quote_requested"), "quote_requested");
    is(output("key", "free_one"), "free_one");
  }],
  ["the bulk schema fails if anything is refused", ({ registry, is }) => {
    const result = registry.schema("bulk")["~standard"].validate({ outcomes: [ITEM, { ...ITEM, outcome: "clik" }] });
    is(paths(result.issues), [["unknown_outcome_type", "outcomes", 1, "outcome"]]);
  }],
  ["a schema's options are read when it is made", ({ registry, is }) => {
    const rules = { unknown_outcome_type: "warning" };
    const schema = registry.schema("respond", { rules });
    rules.unknown_outcome_type = "error";
    is(schema["~standard"].validate({ ...CALL, outcome: "clik" }).ok, true);
  }],
  // ---- answers of a server
  ["an error envelope with a code", ({ api, is }) => {
    const [issue, ...rest] = api.issuesFromResponse(400, { error: { code: "BAD_REQUEST", message: "customerId is required", status: 400 } });
    const { code, path, severity, status, serverCode, serverMessage } = issue;
    is([code, path, severity, status, serverCode, serverMessage], ["refused_by_server", [], "error", 400, "BAD_REQUEST", "customerId is required"]);
    is(rest, []);
  }],
  ["an error envelope of a text", ({ api, is }) => {
    const [{ code, path, status, serverCode, serverMessage }] = api.issuesFromResponse(500, '{"error":"Internal Server Error","recommendationId":"abc-123-def"}');
    is([code, path, status, serverCode, serverMessage], ["refused_by_server", [], 500, undefined, "Internal Server Error"]);
  }],
  ["issues in the body are passed through", ({ api, registry, is }) => {
    const { issues } = registry.checkRespond({ ...CALL, outcome: "clik" });
    is(api.issuesFromResponse(400, { error: { code: "BAD_REQUEST", message: "no", status: 400 }, issues }), JSON.parse(JSON.stringify(issues)));
  }],
  ["anything else is the status alone", ({ api, is, ok }) => {
    for (const body of [undefined, null, "", "<html>", "[]", { error: 5 }, { issues: "x" }, new Uint8Array([255]), 5n]) {
      const [issue] = api.issuesFromResponse(502, body);
      is([issue.code, issue.path, issue.status, issue.serverMessage], ["refused_by_server", [], 502, undefined]);
      ok(issue.message.includes("502"), "the status in the message");
    }
  }],
  // ---- keys
  ["toKey never throws", ({ api, is }) => {
    for (const name of [undefined, null, Symbol("x"), Object.create(null), { toString() { throw new Error("no"); } }]) is(typeof api.toKey(name), "string");
    is(api.toKey("\ud800a\udfffb"), "a_b");
    is(api.toKey("x".repeat(1e6)).length, 255);
  }],
  ["undefined is a missing key", ({ api, is }) => is(api.checkKey(undefined).ok, false)],
];
