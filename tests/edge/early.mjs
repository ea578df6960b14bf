// Rows of the fault matrix: requests that end before what they began, and clocks that go back.

import { gated, hangs, lists, type } from "./api.mjs";
import { bulk, call, clock, gets, nobodys, opens, quote, refused, until, waits } from "./sent.mjs";

const V1 = lists([type("quote_requested")], '"1"');
const V2 = lists([type("quote_requested"), type("callback")], '"2"');
const callback = { outcome: "callback" };
const SHORT = { timeoutDuration: 400, revalidateTimeout: 200 };

/** A request that ends before its load: later ones are answered all the same, and soon. Where there is no list it waits for one. */
const endsEarly = (way, status) =>
  ["cold", "warm"].map((start) => ({
    name: `a request of a ${start} edge ends early, without waitUntil: it ${way}`,
    list: start === "cold" ? [gated(V2), V2] : [V1, gated(V2), V2],
    client: { cooldownDuration: 0, timeoutDuration: 800, revalidateTimeout: 400 },
    guard: { onUnavailable: "reject" },
    steps: [
      ...(start === "cold" ? [] : [gets(call(), 200), until("list loaded"), waits(5)]),
      gets(call(callback, { way, ...(way === "leaves" && { leaves: 150 }) }), status),
      gets(call(callback), 200),
      [gets(call(), 200), gets(call(quote), 200), gets(bulk(2), 200)],
      opens,
      waits(1_000),
      gets(call(), 200),
      [gets(call(callback), 200), gets(call(quote), 200), gets(bulk(2), 200)],
      waits(5),
      refused(call(nobodys), 400, "unknown_outcome_type"),
    ],
    asked: [2, 9],
    reached: start === "cold" ? [8, 9] : [9, 10],
    letters: 1,
    most: 2_500,
    // Whoever waits for another's load asks for none, and learns nothing.
    ...(start === "warm" && { never: ["unconfirmed_outcome_type"] }),
  }));

export default [
  {
    name: "a refresh dies with its request: after its time the list is asked for again",
    list: [V1, hangs, V2],
    client: { cooldownDuration: 0, cacheMaxAge: 200, timeoutDuration: 600 },
    steps: [
      gets(call(), 200),
      until("list loaded"),
      waits(300),
      gets(call({}, { way: "answers" }), 202),
      waits(800),
      gets(call(), 200),
      until("list loaded 2"),
      gets(call(callback), 200),
    ],
    asked: [3, 4],
    reached: 4,
    letters: 0,
    most: 1_500,
  },
  ...endsEarly("answers", 202),
  ...endsEarly("throws", 500),
  ...endsEarly("leaves", "breaks"),
  ...endsEarly("floats", 202),
  {
    name: "the clock goes back an hour, and on again: nobody waits, new keys are found",
    alone: true,
    list: [V1, V2],
    client: { cooldownDuration: 5_000 },
    steps: [
      gets(call(quote), 200),
      until("list loaded"),
      clock(-3_600_000),
      gets(call(quote), 200),
      until("list loaded 2"),
      gets(call(callback), 200),
      clock(3_600_000),
      gets(call(callback), 200),
      gets(call(nobodys), [200, 400]),
    ],
    asked: [2, 4],
    reached: [4, 5],
    most: 1_500,
  },
  {
    name: "the clock goes back while a load hangs: later calls do not wait for it",
    alone: true,
    list: [V1, hangs, V2],
    client: { cooldownDuration: 0, ...SHORT },
    steps: [
      gets(call(), 200),
      until("list loaded"),
      waits(5),
      gets(call(callback), 200),
      clock(-3_600_000),
      gets(call(callback), 200),
      gets(call(quote), 200),
      clock(3_600_000),
      waits(500),
      gets(call(callback), 200),
    ],
    asked: [3, 5],
    reached: 5,
    letters: 0,
    most: 1_500,
  },
];
