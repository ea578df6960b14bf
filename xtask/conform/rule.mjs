// A row of the table of rules, and the usual ways to ask one.
//
// A rule is `{ name, source, record, document, ask, read, ours }`:
//   name      the question, as the words of a claim
//   source    what it rests on: S the outcome types page, `A PAGE` another page of the platform, `D: question` of DESIGN.md
//   record    why it is asked only with --record; left out where it leaves nothing behind
//   prepare   (session) → what the document needs: a type that is there, say
//   document  (session, prepared) → the document that is sent, as text or bytes
//   ask       (session, document) → the answer
//   read      (answer, session) → what the server does, as a reading
//   ours      (session, document, answer) → what the package says of the very same document, as a reading

import { accepted, checked, documented, essence, fact, inWords, unknown } from "./reading.mjs";
import { Untold } from "./tenant.mjs";

/** A document as it is sent: objects as JSON, text and bytes as they are. */
export const sent = (document) =>
  typeof document === "string" || document instanceof Uint8Array ? document : JSON.stringify(document);

/** A rule of one's own, that is about a fact. */
export const rule = (name, source, parts) => ({ name, source, read: (reading) => reading, ...parts });

/** Is a draft of a new type taken? `change(session)` gives what is not as usual in it, or all of it as text or bytes. */
export function draft(name, source, change) {
  return {
    name,
    source,
    document: (session) => {
      const changed = change(session);
      const whole = typeof changed === "string" || changed instanceof Uint8Array;
      return whole ? changed : sent(session.draft(session.unused(), changed));
    },
    ask: (session, document) => session.create(document),
    read: (answer) => accepted(answer),
    ours: ({ registry }, document) => checked(registry.checkCreate(document)),
  };
}

/** What becomes of a member of a draft: the server's row beside the body that the package would send. */
export function stored(name, source, member, change, expected) {
  return {
    ...draft(name, source, change),
    read: (answer) => {
      const { taken } = accepted(answer);
      const row = answer.json?.data ?? answer.json;
      if (!taken) return unknown(`the type was not created: ${inWords(answer)}`);
      if (row?.[member] === undefined) return unknown(`the answer has no \`${member}\``);
      return fact(row[member]);
    },
    // What the package leaves to the server the documentation names.
    ours: ({ registry }, document) =>
      expected === undefined ? fact(registry.checkCreate(document).value?.[member]) : documented(expected),
  };
}

/** What the package says of a call, whatever it says of the outcome. */
const ofDocument = (session, document, headers) =>
  checked(
    session.registry.checkRespond(document, { idempotencyKey: headers?.["Idempotency-Key"], now: Date.now() }),
    ({ basis }) => basis === "document",
  );

/**
 * Is a call's document taken? It names an outcome that nobody has, so nothing is recorded: what is answered as the
 * unknown outcome alone is answered was taken as far as it goes. Where that does not tell, the call is sent with a type
 * of ours, if the package refuses it or calls may be recorded. `change(call, other)` gives the document; `other` is one
 * more outcome, as known or unknown as the call's own; `telling`: the answer's words tell which of the two counted.
 */
export function call(name, source, change, { headers: named = () => undefined, bare = false, telling = false } = {}) {
  const write = (session, outcome, other) => sent(change(session.call(outcome), other));
  return {
    name,
    source,
    document: (session) => write(session, session.unknownOutcome, `${session.unknownOutcome}_too`),
    async ask(session, document) {
      const headers = named(session);
      const refuses = !ofDocument(session, document, headers).taken;
      // It is the outcome itself that is at fault: there is nothing to hide behind.
      if (bare) return session.respond(document, { headers });
      const guard = await session.guard();
      if (guard.works) {
        const answer = { ...(await session.respond(document, { headers })), guard, telling };
        // Taken where the package refuses: some faults may be looked for behind the outcome.
        const doubtful = refuses && session.record && read(answer).taken;
        if (!doubtful) return answer;
      }
      if (!refuses && !session.record) throw new Untold(`${guard.why}; asked only with --record`);
      if (!refuses) await session.plain();
      const { key } = await session.shared("plain");
      const { key: other } = await session.shared("plain_too");
      const answer = await session.respond(write(session, key, other), {
        headers,
        meant: refuses ? "refused" : "taken",
      });
      return { ...answer, instead: guard };
    },
    read,
    ours: (session, document) => ofDocument(session, document, named(session)),
  };
}

/** A call's answer, beside the one that an unknown outcome alone is given. */
function read(answer) {
  const { guard, instead } = answer;
  const reading = accepted(answer);
  if (reading.taken !== false) return reading;
  if (instead !== undefined && essence(answer) === instead.essence) {
    return unknown(`every call is answered so: ${inWords(answer)}`);
  }
  if (guard === undefined) return reading;
  if (essence(answer).replaceAll("_unknown_too", "_unknown") === guard.essence) {
    return {
      taken: true,
      said: `takes it, as far as the unknown outcome${answer.telling ? `: ${inWords(answer)}` : ""}`,
    };
  }
  return { taken: false, said: `refuses it: ${inWords(answer, guard.texts)}` };
}

/** Is an outcome taken? The rest of the call is as it should be. `outcome(session)` may make types first. */
export function lookup(name, source, outcome, { record, more = () => ({}) } = {}) {
  return {
    name,
    source,
    record,
    prepare: outcome,
    document: (session, word) => sent(session.call(word, more(session))),
    async ask(session, document) {
      const guard = await session.guard();
      if (record !== undefined) await session.plain();
      const answer = await session.respond(document, { meant: record === undefined ? "refused" : "taken" });
      return { ...answer, beside: guard };
    },
    read(answer) {
      const reading = accepted(answer);
      if (reading.taken !== false) return reading;
      // Refused, but for the outcome? A creative that is not there would be refused as well.
      const same = essence(answer) === answer.beside.essence;
      const named = /outcome|interaction.?type|retired|deleted/i;
      if (named.test(answer.text) || (same && named.test(answer.beside.answer.text))) return reading;
      return unknown(`refused, but not in words about the outcome: ${inWords(answer)}`);
    },
    ours: ({ registry }, document) => checked(registry.checkRespond(document, { now: Date.now() })),
  };
}

/** Is a bulk body taken as a document? Its items are of an unknown outcome, so none is recorded. */
export function batch(name, source, write) {
  const ofBatch = (session, document) => {
    const { issues, refused, warnings } = session.registry.checkBulk(document, { now: Date.now() });
    const all = [...issues, ...refused.flatMap((item) => item.issues)];
    return checked({ issues: all, warnings }, ({ basis }) => basis === "document");
  };
  return {
    name,
    source,
    document: (session) => sent(write((more) => session.item(session.unknownOutcome, more), session)),
    async ask(session, document) {
      const { open, answer } = await session.bulkGuard();
      const { unknown: why, taken } = readBatch(answer);
      if (why !== undefined) throw new Untold(why);
      if (!taken) throw new Untold(`a bulk of one unknown outcome is refused whole: ${inWords(answer)}`);
      if (open && ofBatch(session, document).taken && !session.record) {
        throw new Untold(
          "this server takes unknown outcomes, so the items would be recorded; asked only with --record",
        );
      }
      return session.bulk(document);
    },
    read: readBatch,
    ours: ofBatch,
  };
}

/** A bulk's answer: items counted one by one, or one envelope for the whole of it. */
function readBatch(answer) {
  const { status, json } = answer;
  if (!Array.isArray(json?.errors)) return accepted(answer);
  const { processed, succeeded, failed } = json;
  return { taken: true, said: `takes it: ${status}, ${processed} processed, ${succeeded} succeeded, ${failed} failed` };
}
