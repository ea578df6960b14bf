// Values that JSON does not have, and bytes of every kind.

import { CALL, ITEM, bytesOf, textOf, codes, paths } from "./tools.mjs";

export default [
  // ---- values that JSON does not have
  ["a cyclic call", ({ unwritable }) => {
    const call = { ...CALL };
    call.context = { call };
    unwritable(call);
  }],
  ["a BigInt is named by its path", ({ unwritable }) => unwritable({ ...CALL, conversionValue: 5n }, ["conversionValue"])],
  ["a BigInt deep down", ({ unwritable }) => unwritable({ ...CALL, context: { amount: 5n } })],
  ["a getter that throws", ({ unwritable }) => unwritable({ ...CALL, get channelId() { throw new Error("no"); } }, ["channelId"])],
  ["a getter that throws nothing at all", ({ unwritable }) => unwritable({ ...CALL, get channelId() { throw undefined; } })],
  ["a toJSON that throws", ({ unwritable }) => unwritable({ ...CALL, toJSON() { throw new Error("no"); } })],
  ["a proxy that throws at everything", ({ unwritable }) => {
    const boom = () => { throw new Error("no"); };
    unwritable(new Proxy({}, { get: boom, has: boom, ownKeys: boom, getPrototypeOf: boom, getOwnPropertyDescriptor: boom }));
  }],
  ["a revoked proxy", ({ unwritable }) => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    unwritable(proxy);
  }],
  ["a function, a symbol", ({ unwritable }) => {
    unwritable(() => CALL);
    unwritable(Symbol("call"));
  }],
  ["undefined is no call", ({ registry, is }) => is(registry.checkRespond(undefined).ok, false)],
  ["an object nested too deep for the engine", ({ registry, is }) => {
    let context = {};
    for (let depth = 0; depth < 100000; depth += 1) context = { a: context };
    const { ok, issues } = registry.checkRespond({ ...CALL, context });
    is(ok, false);
    is(["not_serializable", "too_deep"].includes(issues[0].code), true);
    is(registry.checkRespond(CALL).ok, true);
  }],
  ["every check says not_serializable", ({ api, registry, is }) => {
    const cyclic = [];
    cyclic.push(cyclic);
    const answers = [registry.checkCreate(cyclic), registry.checkEdit("x", cyclic), registry.checkBulk(cyclic), registry.readRespond(cyclic), registry.checkKey(cyclic), registry.checkDelete(cyclic), api.checkKey(5n), api.OutcomeRegistry.load(cyclic)];
    for (const kind of ["create", "respond", "bulk", "outcome", "key"]) answers.push(registry.schema(kind)["~standard"].validate(cyclic));
    for (const answer of answers) is([answer.ok, codes(answer.issues)], [false, ["not_serializable"]]);
  }],
  ["NaN and Infinity are what JSON.stringify makes of them", ({ registry, is }) => {
    for (const conversionValue of [NaN, Infinity]) is(paths(registry.checkRespond({ ...CALL, conversionValue }).warnings), [["null_field", "conversionValue"]]);
  }],
  ["undefined members are absent", ({ registry, is }) => {
    is(codes(registry.checkRespond({ ...CALL, direction: undefined }).warnings), []);
    is(paths(registry.checkRespond({ ...CALL, customerId: undefined }).issues), [["required", "customerId"]]);
  }],
  ["a Date is the text it is sent as", ({ registry, is }) => {
    const checked = registry.readRespond({ ...CALL, timestamp: new Date(1773671700000) });
    is([checked.ok, checked.value?.timestamp, codes(checked.warnings)], [true, "2026-03-16T14:35:00.000Z", []]);
  }],
  ["an invalid Date is null", ({ registry, is }) => is(paths(registry.checkRespond({ ...CALL, timestamp: new Date(NaN) }).warnings), [["null_field", "timestamp"]])],
  ["a Map is the empty object it is sent as", ({ registry, is }) => {
    is(registry.checkRespond({ ...CALL, context: new Map([["a", 1]]) }).ok, true);
    is(paths(registry.checkRespond(new Map(Object.entries(CALL))).issues)[0], ["required", "customerId"]);
  }],
  ["toJSON says what is sent", ({ registry, is }) => {
    is(registry.checkRespond({ toJSON: () => CALL }).ok, true);
    is(registry.checkRespond({ ...CALL, toJSON: () => ({ ...CALL, outcome: "clik" }) }).issues[0].suggestion, "click");
  }],
  ["a class instance, an object without prototype", ({ registry, is }) => {
    class Call { constructor() { Object.assign(this, CALL); } }
    is(registry.checkRespond(new Call()).ok, true);
    is(registry.checkRespond(Object.assign(Object.create(null), CALL)).ok, true);
  }],
  ["inherited members are not sent", ({ registry, is }) => is(registry.checkRespond(Object.create(CALL)).issues[0].code, "required")],
  ["boxed values are what they are sent as", ({ registry, is }) => is(registry.checkRespond({ ...CALL, customerId: new String("C"), rank: new Number(1) }).ok, true)],
  ["-0 is sent as 0", ({ registry, is }) => is(registry.checkRespond({ ...CALL, rank: -0 }).issues[0].code, "out_of_range")],
  ["an own member __proto__ is an unknown field and stays one", ({ registry, is, ok }) => {
    const call = JSON.parse('{"customerId":"C","creativeId":"c","outcome":"click","idempotencyKey":"k","__proto__":{"outcome":"save"}}');
    const checked = registry.readRespond(call);
    is(paths(checked.warnings), [["unknown_field", "__proto__"]]);
    ok(Object.getPrototypeOf(checked.value) === Object.prototype, "the prototype of every object");
    is(Object.hasOwn(checked.value, "__proto__"), true);
    is({}.outcome, undefined);
  }],
  // ---- bytes of every kind
  ["bytes in every wrapping", ({ registry, is }) => {
    const bytes = bytesOf(JSON.stringify(CALL));
    const padded = new Uint8Array(bytes.length + 10).fill(0x20);
    padded.set(bytes, 5);
    const copy = padded.buffer.slice(5, 5 + bytes.length);
    const views = [bytes, copy, new DataView(padded.buffer, 5, bytes.length), padded.subarray(5, 5 + bytes.length), new Int8Array(copy), new Uint8ClampedArray(copy)];
    for (const view of views) is(registry.checkRespond(view).ok, true);
  }],
  ["a detached buffer is nothing", ({ registry, is }) => {
    const bytes = bytesOf(JSON.stringify(CALL));
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    for (const gone of [bytes, bytes.buffer]) is(codes(registry.checkRespond(gone).issues), ["invalid_json"]);
    is(codes(registry.checkBulk(bytes).issues), ["invalid_json"]);
    is(registry.checkRespond(CALL).ok, true);
  }],
  ["a DataView of a detached buffer is nothing", ({ registry, is }) => {
    const buffer = bytesOf("{}").buffer;
    const view = new DataView(buffer);
    structuredClone(buffer, { transfer: [buffer] });
    is(codes(registry.checkRespond(view).issues), ["invalid_json"]);
  }],
  ["empty bytes and empty text", ({ registry, is }) => {
    is(codes(registry.checkRespond(new Uint8Array(0)).issues), ["invalid_json"]);
    is(codes(registry.checkRespond("").issues), ["invalid_json"]);
  }],
  ["a shared buffer", ({ registry, is }) => {
    if (typeof SharedArrayBuffer !== "function") return;
    const bytes = bytesOf(JSON.stringify(CALL));
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    is(registry.checkRespond(shared).ok, true);
    is(registry.checkRespond(shared.buffer).ok, true);
  }],
  ["the caller's bytes are left as they were", ({ registry, is }) => {
    const text = JSON.stringify({ outcomes: [ITEM, { ...ITEM, outcome: "nope" }] });
    const bytes = bytesOf(text);
    registry.checkBulk(bytes);
    is(textOf(bytes), text);
  }],
  ["a bulk's body survives the next checks", ({ registry, is }) => {
    const { body } = registry.checkBulk({ outcomes: [ITEM, { ...ITEM, outcome: "nope" }] });
    for (let index = 0; index < 50; index += 1) registry.checkBulk({ outcomes: [{ ...ITEM, customerId: "x".repeat(5000) }] });
    is(textOf(body), JSON.stringify({ outcomes: [ITEM] }));
  }],
  ["a getter that checks in the middle of a check", ({ registry, is }) => {
    const call = { ...CALL, get channelId() { return registry.checkRespond("{").ok ? "x" : "channel"; } };
    is(registry.readRespond(call).value?.channelId, "channel");
  }],
  ["text that is not well-formed UTF-16 is seen, not replaced", ({ registry, is }) => {
    const text = JSON.stringify({ ...CALL, customerId: "X" }).replace('"X"', '"a\ud800b"');
    const { ok, issues } = registry.checkRespond(text);
    is([ok, paths(issues)], [false, [["lone_surrogate", "customerId"]]]);
    is(registry.checkRespond(text.replace("\ud800", "\ud83c\udf89")).ok, true);
    is(registry.checkRespond({ ...CALL, customerId: "a\udfffb" }).issues[0].code, "lone_surrogate");
    is(registry.checkRespond({ ...CALL, context: { a: "\ud800" } }).ok, true);
  }],
  ["places after half a character count as it was handed in", ({ registry, is }) => {
    const text = '{"context":{"a":"\ud800\ud800"},"customerId":5}';
    is(registry.checkRespond(text).issues[0].offset, text.indexOf("5"));
  }],
  ["a key with half a character", ({ api, is }) => is(codes(api.checkKey("a\ud800").issues), ["lone_surrogate"])],
];
