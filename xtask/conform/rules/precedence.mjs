// Which of two counts where they differ.

import { accepted, fact, inWords, unknown } from "../reading.mjs";
import { call, rule, sent } from "../rule.mjs";

const DIFFER = "D: Which name counts when two differ?";
const KEY = "D: Which idempotency key counts?";

const idOf = ({ json }) => (json?.data ?? json)?.interactionId;

/** The direction of what was recorded, from the answer or else from the history. */
async function directionOf(session, answer) {
  const row = answer.json?.data ?? answer.json ?? {};
  if (typeof row.direction === "string") return row.direction;
  const history = await session.tenant.ask("GET", `/interaction-history?customerId=${session.mark}&limit=1`);
  return (history.json?.data ?? [])[0]?.direction;
}

const byDefault = (category) =>
  rule(`the direction of ${category === "impression" ? "an impression" : "a response"} without one`, "A RESP-2", {
    record: "it is a call that is right in everything",
    async ask(session) {
      await session.plain();
      const { key } = await session.shared(`of_${category}`, { category });
      const document = sent(session.call(key));
      const answer = await session.respond(document, { meant: "taken" });
      return {
        ...answer,
        document,
        direction: accepted(answer).taken ? await directionOf(session, answer) : undefined,
      };
    },
    read(answer) {
      if (!accepted(answer).taken) return unknown(inWords(answer));
      return answer.direction === undefined
        ? unknown("neither the answer nor the history has a `direction`")
        : fact(answer.direction);
    },
    ours: ({ registry }, _, { document }) => fact(registry.readRespond(document).value?.direction),
  });

export const precedence = {
  title: "Which counts where two differ, and what is the direction?",
  rules: [
    call(
      "`outcome` and `interactionType` that differ",
      DIFFER,
      (base, other) => ({ ...base, interactionType: other }),
      { telling: true },
    ),
    call("`outcome` and `interactionType` that are the same", "A RESP-1", (base) => ({
      ...base,
      interactionType: base.outcome,
    })),
    call("`creativeId` and `treatmentId` that differ", DIFFER, (base) => ({ ...base, treatmentId: "another" })),
    call("an idempotency key in the body and another in the header", KEY, (base) => base, {
      headers: ({ mark }) => ({ "Idempotency-Key": `${mark}-of-the-header` }),
    }),
    rule("of two idempotency keys the body's counts", KEY, {
      record: "it is a call that is right in everything, sent twice",
      async ask(session) {
        await session.plain();
        const { key } = await session.shared("plain");
        const document = session.call(key);
        const header = session.fresh();
        const first = await session.respond(sent(document), { headers: { "Idempotency-Key": header }, meant: "taken" });
        // What the header says is now the only key: the same interaction, if that was what counted.
        const again = await session.respond(sent({ ...document, idempotencyKey: header }), { meant: "taken" });
        return { first, again, document: sent(document), header };
      },
      read({ first, again }) {
        if (!accepted(first).taken) return unknown(inWords(first));
        if (!accepted(again).taken) return unknown(inWords(again));
        if (idOf(first) === undefined) return unknown("the answers have no `interactionId`");
        return idOf(first) === idOf(again) ? fact("header", "the header's counts") : fact("body", "the body's counts");
      },
      ours({ registry }, _, { document, header }) {
        const { value } = registry.readRespond(document, { idempotencyKey: header });
        return value.idempotencyKey === header
          ? fact("header", "the header's counts")
          : fact("body", "the body's counts");
      },
    }),
    rule("of a creative and a recommendation with a rank the recommendation counts", "A RESP-2", {
      record: "it is a call that is right in everything but for its recommendation",
      async ask(session) {
        await session.plain();
        const { key } = await session.shared("plain");
        const document = sent(session.call(key, { recommendationId: `${session.mark}_recommendation`, rank: 1 }));
        return { ...(await session.respond(document, { meant: "taken" })), document };
      },
      read(answer) {
        if (!accepted(answer).taken) return unknown(`no recommendation that the tenant made: ${inWords(answer)}`);
        const { recommendationId } = answer.json?.data ?? answer.json ?? {};
        if (recommendationId === undefined) return unknown("the answer has no `recommendationId`");
        return fact(recommendationId === null ? "creative" : "recommendation");
      },
      ours: ({ registry }, _, { document }) => fact(registry.checkRespond(document).value?.target),
    }),
    byDefault("impression"),
    byDefault("response"),
  ],
};
