// One run: the tenant, its registry, the types that were made, and what its Respond calls are measured by.

import { OutcomeRegistry } from "../../pkg/dist/index.js";
import { createCreations, everyRow, TYPES } from "./creations.mjs";
import { accepted, essence, inWords, texts } from "./reading.mjs";
import { Unanswered, Untold } from "./tenant.mjs";
import { newMark } from "./words.mjs";

/** After this many requests in a row without an answer, or with a failure of the server, the run ends. */
const MOST_FAILURES = 4;

/** Where an edit may be addressed; the first that is there is used. */
const EDITED_AT = [
  { name: "/outcome-types/:key", place: ({ key }) => [`${TYPES}/${encodeURIComponent(key)}`, {}] },
  { name: "/outcome-types/:id", place: ({ id }) => id && [`${TYPES}/${encodeURIComponent(id)}`, {}] },
  { name: "/outcome-types, with the id in the body", place: ({ id }) => id && [TYPES, { id }] },
];

/**
 * @param tenant what answers
 * @param record whether calls may be sent that leave history
 * @param creativeId a creative that the tenant has; without one a made-up one is named, which a tenant may refuse
 * @param say takes a line that has to be seen
 */
export function createSession({ tenant: line, record = false, creativeId, offerId, say = () => {} }) {
  const mark = newMark();
  let failures = 0;
  let calls = 0;
  let drafts = 0;
  let recorded = 0;
  let editedAt;
  const memo = new Map();

  /** Counts failures, so that a server that is gone is not asked a hundred times more. */
  const tenant = {
    async ask(...request) {
      try {
        const answer = await line.ask(...request);
        failures = answer.status >= 500 ? failures + 1 : 0;
        return answer;
      } catch (error) {
        if (error instanceof Unanswered) failures += 1;
        throw error;
      }
    },
  };
  const creations = createCreations(line);

  /** What is asked once and wanted by many. What was refused is not asked again: the reason is the same for all. */
  async function once(name, ask) {
    if (!memo.has(name)) memo.set(name, ask());
    try {
      return await memo.get(name);
    } catch (error) {
      if (error instanceof Unanswered) memo.delete(name);
      throw error;
    }
  }

  const session = {
    mark,
    record,
    creations,
    tenant,
    registry: OutcomeRegistry.defaults(),
    /** An outcome that no tenant has; what is sent under it is refused, whatever else may be right with it. */
    unknownOutcome: `${mark}_unknown`,
    creativeId: creativeId ?? `${mark}_creative`,
    offerId: offerId ?? `${mark}_offer`,
    interactions: () => recorded,

    /** Whether the server has failed too often in a row; some documents may make a server fail that is well. */
    async lost() {
      if (failures < MOST_FAILURES) return false;
      const alive = await line.ask("GET", TYPES).then(
        ({ status }) => status < 500,
        () => false,
      );
      if (alive) failures = 0;
      return !alive;
    },

    key: (name) => `${mark}_${name}`,
    /** A name for a key that no other rule has: a deleted key may not be free again. */
    unused: () => `draft_${[...String((drafts += 1))].map((digit) => "abcdefghij"[digit]).join("")}`,
    /** An idempotency key that was never used. */
    fresh: () => `${mark}-${(calls += 1)}`,
    draft: (name, more) => ({
      key: `${mark}_${name}`,
      name: `${mark} ${name}`,
      classification: "neutral",
      category: "response",
      ...more,
    }),

    /** Loads the tenant's list anew, with the deleted types where it shows them. */
    async refresh() {
      const all = await everyRow(tenant, { includeDeleted: "true" }).catch(() => everyRow(tenant));
      session.registry = OutcomeRegistry.from(all);
      return session.registry;
    },

    /** Asks for a new type; whatever comes of it is deleted again. */
    async create(document) {
      const sent = keyIn(document);
      creations.note(sent);
      const answer = await tenant.ask("POST", TYPES, { body: document });
      const { taken, unknown } = accepted(answer);
      if (taken) creations.take(sent, answer.json?.data ?? answer.json);
      else if (unknown === undefined) creations.gone(sent);
      return answer;
    },

    /** A type that several rules stand on; it stays until the end. */
    shared(name, more) {
      return once(`type ${name}`, async () => {
        const draft = session.draft(name, more);
        const answer = await session.create(JSON.stringify(draft));
        if (!accepted(answer).taken) throw missing("created", answer);
        creations.keep(creations.row(draft.key)?.key ?? draft.key);
        await session.refresh();
        return creations.row(draft.key) ?? draft;
      });
    },

    /** A type that was there and was deleted. */
    retired() {
      return once("retired", async () => {
        const row = await session.shared("retired");
        const answer = await session.remove(row.key);
        if (!accepted(answer).taken) throw missing("deleted", answer);
        await session.refresh();
        return row;
      });
    },

    /** Edits a row in the first place where there is something; an answer has `at`, the name of the place. */
    async edit(row, patch) {
      const places = editedAt === undefined ? EDITED_AT : [editedAt];
      let last;
      for (const at of places) {
        const [path, more] = at.place(row) ?? [];
        if (path === undefined) continue;
        const body = typeof patch === "string" ? patch : JSON.stringify({ ...patch, ...more });
        const answer = { ...(await tenant.ask("PUT", path, { body })), at: at.name };
        if (accepted(answer).taken) editedAt = at;
        if (![404, 405].includes(answer.status)) return answer;
        last ??= answer;
      }
      if (last === undefined) throw new Untold(`edits go to ${editedAt.name} here, and this type has no id`);
      return last;
    },

    async remove(key) {
      const answer = await tenant.ask("DELETE", `${TYPES}/${encodeURIComponent(key)}`);
      if (accepted(answer).taken) creations.gone(key);
      return answer;
    },

    /** Puts back what should never have gone. */
    async restore({ key, name, description, classification, category }) {
      const body = JSON.stringify({ key, name, description, classification, category });
      const back = accepted(await tenant.ask("POST", TYPES, { body })).taken === true;
      say(
        `LOOSER: the system type \`${key}\` was deleted, and ${back ? "was made again as a custom one" : "COULD NOT BE MADE AGAIN"}`,
      );
    },

    /** A call that has nothing wrong with it but its outcome. */
    call: (outcome, more) => ({
      customerId: mark,
      creativeId: session.creativeId,
      outcome,
      idempotencyKey: session.fresh(),
      ...more,
    }),
    item: (outcome, more) => ({ customerId: mark, offerId: session.offerId, outcome, ...more }),

    /** Sends a call; `meant` is what it was meant for: a call that was meant to be refused and is not is no small thing. */
    async respond(body, { headers, meant = "refused", path = "/respond" } = {}) {
      const answer = await tenant.ask("POST", path, { body, headers });
      if (accepted(answer).taken) noteRecorded(1, meant);
      return answer;
    },

    async bulk(body, { meant = "refused" } = {}) {
      const answer = await tenant.ask("POST", "/respond/bulk", { body });
      const count = answer.json?.succeeded ?? (accepted(answer).taken ? 1 : 0);
      if (count > 0) noteRecorded(count, meant);
      return answer;
    },

    /**
     * What a call is answered that is wrong in its outcome alone. Where a call that lacks its customer too is answered
     * otherwise, documents are looked at before outcomes: then any document can be asked about and none is recorded.
     */
    guard() {
      return once("guard", async () => {
        const plain = await session.respond(JSON.stringify(session.call(session.unknownOutcome)));
        const { taken, unknown } = accepted(plain);
        if (unknown !== undefined) throw new Untold(unknown);
        const guard = { answer: plain, works: false, essence: essence(plain), texts: texts(plain) };
        if (taken)
          return { ...guard, open: true, why: "this server takes unknown outcomes, so the call would be recorded" };
        const { customerId, ...without } = session.call(session.unknownOutcome);
        const control = await session.respond(JSON.stringify(without));
        // The same again: a refusal that never reads the same twice cannot be told from another.
        const again = await session.respond(JSON.stringify(session.call(session.unknownOutcome)));
        if (essence(again) !== guard.essence)
          return { ...guard, why: "this server words the same refusal otherwise each time" };
        const works = accepted(control).taken === false && essence(control) !== guard.essence;
        return {
          ...guard,
          works,
          why: "this server says of a call without `customerId` what it says of an unknown outcome",
        };
      });
    },

    /** The same for bulk: an item of an unknown outcome fails by itself, a malformed one costs the whole request. */
    bulkGuard() {
      return once("bulk guard", async () => {
        const answer = await session.bulk(JSON.stringify({ outcomes: [session.item(session.unknownOutcome)] }));
        return { answer, open: (answer.json?.succeeded ?? 0) > 0 };
      });
    },

    /** With `record`: what a call is answered that is right in everything. */
    plain() {
      return once("plain", async () => {
        const { key } = await session.shared("plain");
        const call = session.call(key);
        const answer = await session.respond(JSON.stringify(call), { meant: "taken" });
        if (!accepted(answer).taken) {
          const advice = creativeId === undefined ? "; name one that the tenant has with --creative ID" : "";
          throw new Untold(
            `the plain call with the creative \`${session.creativeId}\` was not taken: ${inWords(answer)}${advice}`,
          );
        }
        return { answer, call };
      });
    },
  };

  function noteRecorded(count, meant) {
    recorded += count;
    if (meant !== "refused") return;
    const what = count === 1 ? "one interaction was recorded" : `${count} interactions were recorded`;
    say(`LOOSER: a call that was meant to be refused was taken, and ${what} (customer \`${mark}\`)`);
  }

  return session;
}

/** A refusal stands; a server that has failed may be asked again. */
function missing(what, answer) {
  const Reason = answer.status >= 500 ? Unanswered : Untold;
  return new Reason(`the type that this needs was not ${what}: ${inWords(answer)}`);
}

/** The key of a draft, however it is written; none where it has none. */
function keyIn(document) {
  try {
    return JSON.parse(document).key;
  } catch {
    return undefined;
  }
}
