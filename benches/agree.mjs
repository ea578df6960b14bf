// Before anything is timed: every peer says the same of the same inputs, good and bad, and so does every door of ours.

const encoder = new TextEncoder();

/** Throws at the first verdict that differs; else says how many inputs were compared. */
export async function agree(ours, peers, { calls, plain, badCalls, items, badItems }) {
  let compared = 0;
  const compare = (kind, values, good) => {
    for (const value of values) {
      const text = JSON.stringify(value);
      const verdicts = Object.entries(peers).map(([name, peer]) => [name, peer[kind](JSON.parse(text))]);
      for (const [door, document] of [["object", value], ["text", text], ["bytes", encoder.encode(text)]])
        verdicts.push([`ours, by ${door}`, ours[kind](document)]);
      expect(verdicts, good, text);
      compared += 1;
    }
  };
  compare("call", [...calls, ...plain], true);
  compare("call", badCalls, false);
  compare("item", items, true);
  compare("item", badItems, false);

  // A good call has no warnings either: what is timed is the clean pass.
  for (const call of [...calls, ...plain]) {
    const [warning] = ours.registry.checkRespond(call).warnings;
    if (warning) throw new Error(`a good call has a warning: ${warning.message}: ${JSON.stringify(call)}`);
  }
  // Items one by one, in one body and in lines.
  const mixed = items.slice(0, 400).flatMap((item, at) => [item, badItems[at]]);
  const bulk = ours.bulk(JSON.stringify({ outcomes: mixed }));
  const refused = new Set(bulk.refused.map((item) => item.index));
  const lines = [];
  for await (const results of ours.lines(encoder.encode(mixed.map((item) => JSON.stringify(item)).join("\n"))))
    lines.push(...results);
  mixed.forEach((item, at) => {
    const verdicts = [["ours, in a bulk body", !refused.has(at)], ["ours, in lines", lines[at]?.ok]];
    expect(verdicts, at % 2 === 0, JSON.stringify(item));
  });
  return compared;
}

function expect(verdicts, good, text) {
  const wrong = verdicts.filter(([, verdict]) => verdict !== good).map(([name]) => name);
  if (wrong.length > 0) throw new Error(`${wrong.join(", ")} should ${good ? "take" : "refuse"} ${text}`);
}
