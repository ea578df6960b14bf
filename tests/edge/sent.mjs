// What the rows of the fault matrix send, and what they wait for.

export const CALL = { customerId: "CUST001", recommendationId: "rec_1", rank: 1, outcome: "click", idempotencyKey: "k1" };
export const ITEM = { customerId: "C", offerId: "o", outcome: "click" };
/** A key that is the tenant's own, and one that nobody has. */
export const quote = { outcome: "quote_requested" };
export const nobodys = { outcome: "nope" };

/** A call, as the one above but for these members; `more` are its `headers`, its `way` and the like. */
export const call = (members = {}, more = {}) => ({ path: "respond", body: JSON.stringify({ ...CALL, ...members }), ...more });
/** A bulk body of this many items, of which those at the places of `others` are other ones. */
export const bulk = (size, others = {}, more = {}) => {
  const items = Array.from({ length: size }, (_, at) => ({ ...ITEM, customerId: `C${at}`, ...others[at] }));
  return { path: "respond/bulk", body: JSON.stringify({ outcomes: items }), size, ...more };
};

/** What every call must get: a status, or `breaks` for no whole answer; and the codes of its issues. */
export const gets = (send, status, ...codes) => ({ send, status, codes });
/** The same of one that has to be refused: nothing of it may reach the API, and it has to be among the dead letters. */
export const refused = (send, status, ...codes) => ({ send: { ...send, bad: true }, status, codes });
/** The same of a bulk body of which the items at these places are malformed. */
export const withheld = (places, send, status) => ({ send: { ...send, bad: places }, status });

export const waits = (ms) => ({ wait: ms });
/** Until the worker has told this. */
export const until = (told) => ({ until: told });
export const opens = { open: true };
/** Sets the isolate's clock on, or back. */
export const clock = (ms) => ({ clock: ms });
