// Timing: all peers of a row in one process, in turn, in another order each round. Noise that comes and goes meets all
// of them, so what is compared are pairs of the same round.

import { chance, shuffled } from "./bodies.mjs";

const ROUNDS = 41;
/** How long one peer runs in a round, in milliseconds: long beside a clock's tick, short beside a machine's moods. */
const SLICE = 12;
const WARM_UP = 250;
/** After this many milliseconds a row ends with the rounds it has. */
const LONGEST = 30_000;

/** The middle of some numbers. */
export function median(numbers) {
  const sorted = numbers.toSorted((one, other) => one - other);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/**
 * A loop over inputs, compiled by itself: the engine learns nothing in it from another peer's run.
 * The expression is the verdict on `input`; its tools are what it names.
 */
export function loop(label, expression, tools) {
  // The label makes the text unlike any other: engines share what they learn between functions of the same text.
  const body = `return (inputs) => { // ${label}
    let good = 0;
    for (const input of inputs) if (${expression}) good += 1;
    return good;
  }`;
  return new Function(...Object.keys(tools), body)(...Object.values(tools));
}

/** Runs a row: nanoseconds an operation, one number a round, by peer. */
export async function timed({ runs, inputs, count }) {
  const names = Object.keys(runs);
  const passes = {};
  const expected = await pass(runs[names[0]], inputs);
  for (const name of names) {
    let done = 0;
    const start = performance.now();
    while (done === 0 || performance.now() - start < WARM_UP) {
      const good = await pass(runs[name], inputs);
      if (good !== expected) throw new Error(`${name} takes ${good} inputs, ${names[0]} ${expected}`);
      done += 1;
    }
    passes[name] = Math.max(1, Math.round((SLICE * done) / (performance.now() - start)));
  }
  const times = Object.fromEntries(names.map((name) => [name, []]));
  const random = chance(ROUNDS);
  const end = performance.now() + LONGEST;
  for (let round = 0; round < ROUNDS && performance.now() < end; round += 1) {
    for (const name of shuffled(names, random)) {
      // What the one before left behind is not this one's to clear away.
      globalThis.gc?.({ type: "minor" });
      const start = performance.now();
      for (let left = passes[name]; left > 0; left -= 1) {
        const good = runs[name](inputs);
        if (good instanceof Promise) await good;
      }
      times[name].push(((performance.now() - start) * 1e6) / passes[name] / count);
    }
  }
  return times;
}

const pass = async (run, inputs) => run(inputs);

/** How often one number of a pair goes into the other: the median over rounds. */
export function ratio(upper, lower) {
  return median(upper.map((time, round) => time / lower[round]));
}
