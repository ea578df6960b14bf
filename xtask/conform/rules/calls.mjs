// What a Respond call may be: each member by itself, and the document as a whole.

import { accepted, documented, essence, fact, inWords, taken, unknown } from "../reading.mjs";
import { call, lookup, rule, sent } from "../rule.mjs";
import { Untold } from "../tenant.mjs";

const CURRENT = "A RESP-2";
const OLDER = "A RESP-1";
const EMPTY = "D: Is an empty value missing?";
const NULL = "D: What is null?";
const INTEGER = "D: Is 1.0 an integer?";
const NUMBERS = "D: Which numbers are too big?";
const TIMES = "D: Which timestamps are taken?";
const READ = "D: What do parsers read differently?";
const LIMITS = "D: Which limits?";
const MIB = 1 << 20;

const has = (name, source, more) => call(name, source, (base) => ({ ...base, ...more }));
const lacks = (name, source, member) => call(name, source, (base) => ({ ...base, [member]: undefined }));

/** The call as text, with a member more as it stands: for what no JSON writer would write. */
const raw = (name, source, member) => call(name, source, (base) => `${JSON.stringify(base).slice(0, -1)},${member}}`);

const target = (name, source, more, options) =>
  call(name, source, ({ creativeId, ...base }) => ({ ...base, ...more }), options);
const located = (name, source, rank) =>
  call(
    name,
    source,
    ({ creativeId, ...base }) =>
      `${JSON.stringify({ ...base, recommendationId: "rec_1" }).slice(0, -1)},"rank":${rank}}`,
  );

const times = (source, list) => list.map((timestamp) => has(`timestamp \`${timestamp}\``, source, { timestamp }));
const bytes = (make) => (base) => make(Buffer.from(JSON.stringify(base)));
const nested = (levels) => `"context":{"a":${"[".repeat(levels - 2)}${"]".repeat(levels - 2)}}`;
const sized = (size) => (base) => {
  const filled = (length) => sent({ ...base, context: { filling: "x".repeat(length) } });
  return filled(size - filled(0).length);
};
const headerOnly = { headers: (session) => ({ "Idempotency-Key": session.mark }) };
const word = (name, source, outcome) => call(name, source, (base) => ({ ...base, outcome }), { bare: true });

export const calls = {
  title: "What does a Respond call accept, and what does it answer?",
  rules: [
    lookup("an outcome that nobody has", "S", ({ unknownOutcome }) => unknownOutcome),
    rule("a refusal comes in the documented envelope", "A INTRO", {
      ask: async (session) => (await session.guard()).answer,
      read(answer) {
        if (accepted(answer).taken) return unknown("the call was taken");
        const { code, message, status } = answer.json?.error ?? {};
        const whole = typeof code === "string" && typeof message === "string" && status === answer.status;
        return fact(whole, whole ? "`error` with `code`, `message` and `status`" : inWords(answer));
      },
      ours: () => documented(true),
    }),
    rule("a call without an idempotency key is refused with 400", CURRENT, {
      document: (session) => sent({ ...session.call(session.unknownOutcome), idempotencyKey: undefined }),
      ask: (session, document) => session.respond(document),
      read: (answer) => (accepted(answer).taken === false ? fact(answer.status) : unknown(inWords(answer))),
      ours: () => documented(400),
    }),
    rule("`/capture` is another name of `/respond`", "A CAP-1", {
      document: (session) => sent(session.call(session.unknownOutcome)),
      async ask(session, document) {
        const guard = await session.guard();
        if (guard.open) throw new Untold(guard.why);
        return { ...(await session.respond(document, { path: "/capture" })), guard };
      },
      read: (answer) => fact(essence(answer) === answer.guard.essence, inWords(answer)),
      ours: () => documented(true),
    }),

    lacks("no `customerId`", CURRENT, "customerId"),
    call("no `outcome`", CURRENT, (base) => ({ ...base, outcome: undefined }), { bare: true }),
    lacks("no target at all", CURRENT, "creativeId"),
    lacks("no idempotency key", CURRENT, "idempotencyKey"),
    call(
      "an idempotency key in the header alone",
      CURRENT,
      (base) => ({ ...base, idempotencyKey: undefined }),
      headerOnly,
    ),
    call(
      "a blank header and no key in the body",
      "D: Is a blank header absent?",
      (base) => ({ ...base, idempotencyKey: undefined }),
      {
        headers: () => ({ "Idempotency-Key": " " }),
      },
    ),
    target("`recommendationId` without `rank`", CURRENT, { recommendationId: "rec_1" }),
    target("`rank` without `recommendationId`", CURRENT, { rank: 1 }),
    target("`recommendationId` with `rank`", CURRENT, { recommendationId: "rec_1", rank: 1 }),
    has("`creativeId` beside `recommendationId` and `rank`", CURRENT, { recommendationId: "rec_1", rank: 1 }),
    has("`creativeId` beside a `rank`", OLDER, { rank: 1 }),

    has("an empty `customerId`", EMPTY, { customerId: "" }),
    has("a `customerId` of one space", "D: Is a blank id an id?", { customerId: " " }),
    has("a `customerId` that is a number", CURRENT, { customerId: 7 }),
    has("a `customerId` that is null", NULL, { customerId: null }),
    has("a `customerId` of 256 characters", CURRENT, { customerId: "c".repeat(256) }),
    has("a `customerId` of 10,000 characters", CURRENT, { customerId: "c".repeat(10_000) }),
    has("an empty `creativeId`", EMPTY, { creativeId: "" }),
    has("a `creativeId` that is null", NULL, { creativeId: null }),
    word("an empty `outcome`", EMPTY, ""),
    word("an `outcome` that is null", NULL, null),
    word("an `outcome` that is a number", CURRENT, 7),
    has("an empty idempotency key", EMPTY, { idempotencyKey: "" }),
    has("an idempotency key of 256 characters", CURRENT, { idempotencyKey: "k".repeat(256) }),

    ...["0", "-1", "1.5", '"1"', "null"].map((rank) => located(`rank \`${rank}\``, CURRENT, rank)),
    ...["1.0", "10e-1"].map((rank) => located(`rank \`${rank}\``, INTEGER, rank)),
    located("rank `51`, beyond the most that is recommended", CURRENT, "51"),

    has("direction `inbound`", CURRENT, { direction: "inbound" }),
    has("direction `sideways`", CURRENT, { direction: "sideways" }),
    has("direction `INBOUND`", CURRENT, { direction: "INBOUND" }),
    has("a direction that is null", NULL, { direction: null }),

    ...["0", "-5", "149.99", '"5"', "null"].map((value) =>
      raw(`conversionValue \`${value}\``, OLDER, `"conversionValue":${value}`),
    ),
    ...["1e308", "1e309"].map((value) => raw(`conversionValue \`${value}\``, NUMBERS, `"conversionValue":${value}`)),
    raw("conversionValue `NaN`", "D: What is JSON?", '"conversionValue":NaN'),

    ...times(OLDER, ["2026-03-16T14:35:00.000Z", "2026-03-16T15:35:00+01:00"]),
    ...times(TIMES, [
      "2026-03-16",
      "2026-03-16T14:35Z",
      "2026-03-16T14:35:00",
      "2026-03-16 14:35:00Z",
      "2026-03-16T14:35:00+0100",
      "2026-03-16T24:00:00Z",
      "2016-12-31T23:59:60Z",
      "2026-02-30T00:00:00Z",
      "1773671700",
      "yesterday",
      "",
    ]),
    has("a timestamp that is a number", TIMES, { timestamp: 1773671700000 }),
    has("a timestamp of 1970", TIMES, { timestamp: "1970-01-01T00:00:00Z" }),
    call("a timestamp of tomorrow", "D: When is a timestamp in the future?", (base) => ({
      ...base,
      timestamp: days(1),
    })),
    call("a timestamp of ten years ahead", "D: When is a timestamp in the future?", (base) => ({
      ...base,
      timestamp: days(3650),
    })),

    has("a `context` that is an array", OLDER, { context: [] }),
    has("a `context` that is null", NULL, { context: null }),
    has("`outcomeDetails` that are text", OLDER, { outcomeDetails: "none" }),
    has("an unknown member in a call", "D: What of unknown fields?", { colour: "red" }),

    target("older name: `treatmentId`", OLDER, { treatmentId: "treatment_1" }),
    call("older name: `interactionType`", OLDER, ({ outcome, ...base }) => ({ ...base, interactionType: outcome })),
    call("older name: `outcomeType`", "A RESP-C", ({ outcome, ...base }) => ({ ...base, outcomeType: outcome })),
    call("older name: `eventType`", "A CAP-0", ({ outcome, ...base }) => ({ ...base, eventType: outcome })),
    target("older target: `offerId` alone", "A RESP-C", { offerId: "offer_1" }),
    target("older target: `interactionId` alone", "A RESP-0", { interactionId: "interaction_1" }),

    call("a repeated `customerId`", READ, (base) => `{"customerId":"another",${JSON.stringify(base).slice(1)}`),
    call(
      "a repeated `outcome`",
      READ,
      (base) => `{"outcome":${JSON.stringify(base.outcome)},${JSON.stringify(base).slice(1)}`,
    ),
    raw(
      "half a character (a lone surrogate) in an id",
      "D: May a string hold a lone surrogate?",
      '"offerId":"\\ud800"',
    ),
    call(
      "bytes that are no UTF-8",
      "D: What is JSON?",
      bytes((text) => Buffer.concat([text.subarray(0, -1), Buffer.from(',"offerId":"\xff"}', "latin1")])),
    ),
    call(
      "a byte-order mark in front",
      "D: What of a byte-order mark?",
      bytes((text) => Buffer.concat([Buffer.from("\ufeff"), text])),
    ),
    call("something behind the document", "D: What is JSON?", (base) => `${JSON.stringify(base)} {}`),
    call("a trailing comma", "D: What is JSON?", (base) => `${JSON.stringify(base).slice(0, -1)},}`),
    call("an array around the call", CURRENT, (base) => [base], { bare: true }),
    call("an empty body", "D: What is JSON?", () => "", { bare: true }),
    raw("1,000 levels in all", LIMITS, nested(1000)),
    raw("1,001 levels in all", LIMITS, nested(1001)),
    call("a call of 100 KiB", LIMITS, sized(100 << 10)),
    call("a call of 1 MiB", LIMITS, sized(MIB)),
    call("a call of 1 MiB and a byte", LIMITS, sized(MIB + 1)),

    rule("a call is answered with what is documented", "A CAP-1", {
      record: "it is a call that is right in everything",
      ask: async (session) => (await session.plain()).answer,
      read({ status, json }) {
        const row = json?.data ?? json ?? {};
        const missing = ["interactionId", "customerId", "outcome", "classification", "status", "timestamp"].filter(
          (name) => !(name in row),
        );
        return fact(
          missing.length === 0,
          missing.length === 0 ? `\`${status}\`, complete` : `\`${status}\`, lacks ${missing.join(", ")}`,
        );
      },
      ours: () => documented(true),
    }),
    rule("the same call again is answered as before and not recorded twice", OLDER, {
      record: "it is a call that is right in everything, sent twice",
      async ask(session) {
        const { answer, call: before } = await session.plain();
        return { first: answer, ...(await session.respond(sent(before), { meant: "taken" })) };
      },
      read(answer) {
        const id = ({ json }) => (json?.data ?? json)?.interactionId;
        if (!accepted(answer).taken) return fact(false, `refuses it: ${inWords(answer)}`);
        if (id(answer) === undefined) return unknown("the answers have no `interactionId`");
        return fact(
          id(answer) === id(answer.first),
          `\`${answer.status}\`, ${id(answer) === id(answer.first) ? "the same" : "another"} \`interactionId\``,
        );
      },
      ours: () => documented(true),
    }),
    rule("a type is usable in the call that follows its creation", "S", {
      record: "it is a call that is right in everything",
      async ask(session) {
        await session.plain();
        const { key } = await session.shared("at_once");
        const document = sent(session.call(key));
        return { ...(await session.respond(document, { meant: "taken" })), document };
      },
      read: (answer) => accepted(answer),
      ours: ({ registry }, _, { document }) => (registry.checkRespond(document).ok ? taken("takes it") : fact(false)),
    }),
  ],
};

/** A day to come, counted from now. */
const days = (count) => new Date(Date.now() + count * 86_400_000).toISOString();
