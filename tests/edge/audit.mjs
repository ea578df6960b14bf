// The sum over a run of the fault matrix, from what was sent, what each caller was told, what reached the API and what was
// kept: it knows nothing of what the rows expect but which calls are malformed.

/** What does not add up, and the numbers. */
export function audited(calls, api) {
  const faults = [];
  const sums = { calls: 0, items: 0, recorded: 0, refused: 0, toldOtherwise: 0, letters: 0, unacknowledged: 0 };
  const reached = grouped(api.calls, ({ headers }) => headers["x-request-id"]);
  const letters = grouped(api.letters, ({ headers }) => headers["x-request-id"]);
  for (const call of calls) {
    const fault = (what) => faults.push(`${call.title}: ${call.id}: ${what}`);
    const there = reached.get(call.id) ?? [];
    const kept = letters.get(call.id) ?? [];
    // Whoever writes such a worker may well send a call twice.
    if (there.length > 1 && call.way !== "floats") fault(`reached the API ${there.length} times`);
    sums.calls += 1;
    sums.letters += kept.length;
    (call.path === "respond/bulk" && call.size > 0 && Array.isArray(call.bad ?? []) ? bulk : single)(call, there, kept, fault, sums);
    letters.delete(call.id);
  }
  for (const id of letters.keys()) faults.push(`a letter of ${id}, which nobody sent`);
  if (sums.refused !== sums.letters) faults.push(`${sums.refused} were refused and ${sums.letters} kept`);
  return { faults, sums };
}

/** A call, or a bulk body that is taken or refused as a whole. */
function single(call, there, kept, fault, sums) {
  const { got, bad, body } = call;
  const bytes = Buffer.from(body);
  const answer = parsed(got.text);
  const isRefused = got.status === 400 && answer?.issues !== undefined;
  for (const one of there) if (!one.bytes.equals(bytes)) fault("other bytes reached the API");
  for (const one of kept) if (!bytesOf(one).equals(bytes) || one.issues.length === 0) fault("other bytes were kept");
  if (bad && there.length > 0) fault("is malformed and reached the API");
  if (isRefused && there.length > 0) fault("was refused and reached the API");
  if (isRefused && kept.length !== 1) fault(`was refused and kept ${kept.length} times`);
  if (!isRefused && got.status !== undefined && kept.length > 0) fault("was kept and not refused");
  // A key that nobody has: the rows let it be refused or not.
  if (isRefused && !bad && !answer.issues.every(({ basis, key }) => basis === "registry" && key === "nope"))
    fault(`is good and was refused: ${JSON.stringify(answer.issues[0])}`);
  const isAcknowledged = got.status >= 200 && got.status < 300 && !call.way;
  if (isAcknowledged && there.length !== 1) fault("was acknowledged and did not reach the API");
  // Who has left is told nothing.
  if (isRefused || kept.length === 1) sums.refused += 1;
  else if (there.length === 1 && isAcknowledged) sums.recorded += 1;
  else if (there.length === 0) sums.toldOtherwise += 1;
  else sums.unacknowledged += 1;
}

/** A bulk body, item by item. */
function bulk(call, there, kept, fault, sums) {
  const { got, bad = [], size } = call;
  const items = itemsOf(call.body);
  const malformed = new Set(bad);
  const answer = parsed(got.text);
  const isWhole = (got.status === 200 || got.status === 422) && Number.isInteger(answer?.processed);
  sums.items += size;
  const arrived = there.flatMap(({ text }) => itemsOf(text));
  if (bad.length === 0) for (const { text } of there) if (text !== call.body) fault("other bytes reached the API");
  const times = counted(arrived.map((item) => JSON.stringify(item)));
  const named = counted(isWhole ? answer.errors.map(({ index }) => index) : []);
  if (isWhole && (answer.processed !== size || answer.succeeded + answer.failed !== size || answer.failed !== answer.errors.length))
    fault(`the numbers of the answer are wrong: ${got.text.slice(0, 200)}`);
  const letters = new Map(kept.map((letter) => [letter.index, bytesOf(letter).toString()]));
  if (letters.size !== kept.length) fault("an item was kept twice");
  items.forEach((item, index) => {
    const text = JSON.stringify(item);
    const count = times.get(text) ?? 0;
    if (malformed.has(index)) {
      if (count > 0 && item.offerId === "") fault(`item ${index} is malformed and reached the API`);
      if (isWhole && named.get(index) !== 1) fault(`item ${index} was withheld and not named`);
      if (isWhole && letters.get(index) !== text) fault(`item ${index} was withheld and not kept: ${letters.get(index)}`);
      sums[isWhole || letters.get(index) === text ? "refused" : "toldOtherwise"] += 1;
      return;
    }
    if (letters.has(index)) fault(`item ${index} is good and was kept`);
    const isFailed = item.outcome === "nope";
    if (isWhole && count !== 1) fault(`item ${index} was acknowledged and reached the API ${count} times`);
    if (isWhole && (named.get(index) ?? 0) !== (isFailed ? 1 : 0)) fault(`item ${index} is named ${named.get(index) ?? 0} times`);
    if (count > 1) fault(`item ${index} reached the API ${count} times`);
    sums[count === 0 ? "toldOtherwise" : isWhole ? "recorded" : "unacknowledged"] += 1;
  });
}

/** A byte-order mark may stand before them. */
const itemsOf = (text) => JSON.parse(text.replace(/^\ufeff/, "")).outcomes;

const counted = (values) => values.reduce((counts, value) => counts.set(value, (counts.get(value) ?? 0) + 1), new Map());

function grouped(byRow, keyOf) {
  const groups = new Map();
  for (const entries of byRow.values()) for (const entry of entries) groups.set(keyOf(entry), [...(groups.get(keyOf(entry)) ?? []), entry]);
  return groups;
}

function bytesOf({ body, base64 }) {
  return body === undefined ? Buffer.from(base64, "base64") : Buffer.from(body);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
