// Rows of the fault matrix: what becomes of calls and bulk bodies that go wrong on their way, or come odd.

import { gzipSync } from "node:zlib";
import { after, drops, hangs, hangsAfterHeaders, gated, lists, says, takes, truncates, type } from "./api.mjs";
import { bulk, call, gets, nobodys, opens, quote, refused, until, waits, withheld } from "./sent.mjs";

const registry = { data: [type("quote_requested")] };
const bad = call({ customerId: "" });
const FAULTY = { offerId: "" };
const EVERY = Array.from({ length: 1000 }, (_, at) => at);

/** An API that fails: a single call, a bulk body that goes as it came, one of which something is withheld. */
const upstream = (name, respond, [single, whole, parted], { guard, letters = 0, hangsUp } = {}) => ({
  name: `the API ${name}`,
  registry,
  guard,
  respond: [respond],
  steps: [gets(call(), single), gets(bulk(3), whole), withheld([1], bulk(3, { 1: FAULTY }), parted)],
  reached: 3,
  letters,
  hangsUp,
});

/** A body that may not be rewritten. */
const sealed = (name, headers) => ({
  name: `a bulk body with ${name}, one item malformed: refused as a whole, none forwarded`,
  registry,
  steps: [refused(bulk(3, { 1: FAULTY }, { headers }), 400, "empty"), gets(bulk(3, {}, { headers }), 200)],
  reached: 1,
  letters: 1,
});

export default [
  upstream("is slow", after(700, takes), [200, 200, 200], { letters: 1 }),
  upstream("never answers", hangs, [504, 504, 504], { guard: { timeoutDuration: 300 }, hangsUp: true }),
  upstream("drops the connection", drops, [502, 502, 502]),
  upstream("breaks off half-way, its length stated", truncates({ "Content-Length": 500 }), ["breaks", "breaks", 502]),
  upstream("breaks off half-way, in chunks", truncates(), ["breaks", "breaks", 502]),
  upstream("answers 500", says(500), [500, 500, 500]),
  upstream("answers 429", says(429, { "Retry-After": "7" }), [429, 429, 429]),
  upstream("answers 401", says(401), [401, 401, 401]),
  upstream("answers HTML under 200", says(200, { "Content-Type": "text/html" }, "<p>Maintenance"), [200, 200, 502], { letters: 1 }),
  upstream("redirects", says(307, { Location: "/api/v1/respond" }), [307, 307, 307]),
  {
    name: "the API stops in its answer's body: what is withheld is answered in time",
    registry,
    guard: { timeoutDuration: 400 },
    respond: [hangsAfterHeaders],
    steps: [withheld([1], bulk(3, { 1: FAULTY }), 504)],
    reached: 1,
    hangsUp: true,
    letters: 0,
  },
  {
    name: "a caller leaves in the midst of the body, its length stated",
    registry,
    steps: [gets(call({}, { partial: 40 }), "breaks"), gets(bulk(10, {}, { partial: 200 }), "breaks"), gets(call(), 200)],
    reached: 1,
    letters: 0,
    tells: ["body_broken"],
  },
  {
    name: "a caller leaves in the midst of the body, in chunks",
    registry,
    steps: [gets(call({}, { partial: 40, chunked: true }), "breaks"), gets(call(), 200)],
    reached: 1,
    letters: 0,
    tells: ["body_broken"],
  },
  {
    name: "a caller leaves before the answer: the call is recorded, once",
    registry,
    respond: [gated(takes)],
    steps: [
      gets(call({}, { leaves: 300 }), "breaks"),
      gets(bulk(3, {}, { leaves: 300 }), "breaks"),
      withheld([1], bulk(3, { 1: FAULTY }, { leaves: 300 }), "breaks"),
      opens,
      gets(call(), 200),
    ],
    reached: 4,
    letters: 1,
  },
  {
    name: "a caller leaves while the list is asked for: the call is recorded, once",
    list: [lists([]), after(600, lists([type("quote_requested")]))],
    client: { cooldownDuration: 0 },
    steps: [
      gets(call(), 200),
      until("list loaded"),
      waits(5),
      gets(call(quote, { leaves: 200 }), "breaks"),
      until("list loaded 2"),
      gets(call(quote), 200),
    ],
    asked: 2,
    reached: 3,
    letters: 0,
  },
  {
    name: "a caller leaves while a malformed call is refused: nothing is forwarded",
    registry,
    steps: [...Array.from({ length: 5 }, () => ({ send: { ...bad, bad: true, leaves: 0 }, status: ["breaks", 400] }))],
    reached: 0,
    letters: [0, 5],
  },
  {
    name: "a compressed body goes on unchecked, byte for byte",
    registry,
    steps: [
      gets({ path: "respond", body: gzipSync(bad.body), headers: { "Content-Encoding": "gzip" } }, 200),
      refused({ ...bad, headers: { "Content-Encoding": "identity" } }, 400, "empty"),
    ],
    reached: 1,
    letters: 1,
    tells: ["refused", "unchecked encoded"],
  },
  {
    name: "a body beyond the limit goes on unchecked, byte for byte, in chunks too",
    registry,
    steps: [
      gets({ path: "respond", body: Buffer.alloc(2 << 20, "x") }, 200),
      gets({ path: "respond", body: Buffer.alloc(2 << 20, "y"), chunked: true }, 200),
    ],
    reached: 2,
    letters: 0,
    tells: ["unchecked too_large"],
  },
  {
    name: "a beacon's text/plain is read as JSON, and called so",
    registry,
    steps: [
      gets(call({}, { headers: { "Content-Type": "text/plain;charset=UTF-8" } }), 200),
      refused({ ...bad, headers: { "Content-Type": "text/plain" } }, 400, "empty"),
    ],
    reached: 1,
    letters: 1,
    contentType: "application/json",
  },
  {
    name: "mode report: all goes on, and what is wrong is told",
    registry,
    guard: { mode: "report" },
    steps: [gets(bad, 200), gets(call(nobodys), 200), gets(bulk(3, { 1: FAULTY }), 200), gets(call(), 200)],
    reached: 4,
    letters: 0,
    tells: ["reported"],
  },
  {
    name: "mode off: nothing is looked at",
    registry,
    guard: { mode: "off" },
    steps: [gets(bad, 200), gets({ path: "respond", body: "no JSON" }, 200), gets(bulk(3, { 1: FAULTY }), 200)],
    reached: 3,
    letters: 0,
    tells: [],
  },
  {
    name: "other paths and methods pass untouched",
    registry,
    steps: [
      gets({ path: "recommend", body: '{"customerId":""}' }, 200),
      gets({ path: "respond", method: "PUT", body: "{}" }, 200),
      gets({ path: "respond/other", body: "{}" }, 200),
      gets({ path: "respond?a=%2F", ...call(), path: "respond?a=%2F" }, 200),
    ],
    reached: 4,
    letters: 0,
    tells: [],
  },
  {
    name: "malformed calls: no JSON, not UTF-8, two outcomes, no key, nothing",
    registry,
    steps: [
      refused({ path: "respond", body: "{" }, 400),
      refused({ path: "respond", body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]) }, 400),
      refused({ path: "respond", body: `{"outcome":"click",${call().body.slice(1)}` }, 400),
      refused(call({ idempotencyKey: undefined }), 400, "required"),
      refused({ path: "respond", body: "" }, 400),
      refused({ path: "capture", body: "[]" }, 400),
      gets(call({ idempotencyKey: undefined }, { headers: { "Idempotency-Key": "k" } }), 200),
    ],
    reached: 1,
    letters: 6,
  },
  {
    name: "what keeps dead letters fails: the refusal stands, and it is told",
    registry,
    sink: 500,
    steps: [refused(bad, 400, "empty"), withheld([0, 2], bulk(3, { 0: FAULTY, 2: FAULTY }), 200)],
    reached: 1,
    letters: 3,
    tells: ["option_failed What was refused could not be kept: status 500", "refused", "withheld"],
  },
  {
    name: "bulk, one of 1000 malformed: 999 forwarded, their indexes as they came",
    registry,
    steps: [withheld([500], bulk(1000, { 500: FAULTY, 499: nobodys, 501: nobodys, 999: nobodys }), 200)],
    reached: 1,
    letters: 1,
    tells: ["withheld"],
  },
  {
    name: "bulk, 1000 of 1000 malformed: 422, nothing forwarded, a letter each",
    registry,
    steps: [withheld(EVERY, bulk(1000, Object.fromEntries(EVERY.map((at) => [at, FAULTY]))), 422)],
    reached: 0,
    letters: 1000,
    tells: ["withheld"],
  },
  {
    name: "bulk, 1001 items and none at all: refused as a whole",
    registry,
    steps: [
      refused(bulk(1001), 400),
      refused(bulk(0), 400),
      refused({ path: "respond/bulk", body: '{"outcomes":{}}' }, 400),
      refused({ path: "respond/bulk", body: '{"outcomes":[{}' }, 400),
    ],
    reached: 0,
    letters: 4,
    tells: ["refused"],
  },
  {
    name: "bulk, repeated idempotency keys",
    registry,
    steps: [gets(bulk(4, { 0: { idempotencyKey: "k" }, 1: { idempotencyKey: "m" }, 2: { idempotencyKey: "k" } }), 200)],
    reached: 1,
    letters: 0,
  },
  {
    name: "bulk, what only the registry doubts goes on, and fails by itself",
    registry,
    steps: [
      gets(bulk(4, { 1: nobodys, 2: quote }), 200),
      gets(bulk(2, { 0: nobodys, 1: nobodys }), 422),
      withheld([0], bulk(2, { 0: FAULTY, 1: nobodys }), 422),
    ],
    reached: 3,
    letters: 1,
  },
  {
    name: "bulk, rewritten: without the headers that vouch for its bytes",
    registry,
    steps: [withheld([0], bulk(2, { 0: FAULTY }, { headers: { Digest: "sha-256=x", "Content-MD5": "x" } }), 200)],
    reached: 1,
    letters: 1,
    without: ["digest", "content-md5"],
  },
  sealed("a signature", { "Signature-Input": 'sig=("content-digest")', Signature: "sig=:x:" }),
  sealed("a Content-Digest", { "Content-Digest": "sha-256=:x:" }),
  sealed("an Idempotency-Key", { "Idempotency-Key": "whole" }),
];
