// One run from end to end: leftovers, every rule, the clean-up, whatever happens in between.

import { OutcomeRegistry } from "../../pkg/dist/index.js";
import { TYPES } from "./creations.mjs";
import { inWords } from "./reading.mjs";
import { SECTIONS } from "./rules.mjs";
import { createSession } from "./session.mjs";
import { Unanswered, Untold } from "./tenant.mjs";
import { verdict } from "./verdict.mjs";

/**
 * Asks a tenant for every rule.
 *
 * @param signal stops the asking; what was made is deleted all the same
 * @param show takes each section's title, then each result
 * @returns `{ results, left, recorded, stopped }`; `left` are keys that could not be deleted
 * @throws Untold where the API cannot be reached or answers in no documented shape
 */
export async function run({ tenant, signal, show = () => {}, say = () => {}, ...options }) {
  await reached(tenant);
  const session = createSession({ tenant, say, ...options });
  await sweep(session, say);
  const results = [];
  let stopped;
  let left = [];
  try {
    await session.refresh();
    for (const { title, rules } of SECTIONS) {
      show(title);
      for (const rule of rules) {
        stopped ??= signal?.aborted
          ? "it was stopped"
          : (await session.lost())
            ? "the server stopped answering"
            : undefined;
        const result = { title, name: rule.name, source: rule.source, ...(await judge(rule, session, stopped)) };
        results.push(result);
        show(result);
      }
    }
  } finally {
    left = await session.creations.clear();
  }
  return { results, left, recorded: session.interactions(), stopped };
}

/** The list is asked for before anything else: without it nothing can be compared, and nothing cleaned up. */
async function reached(tenant) {
  const answer = await tenant.ask("GET", TYPES).catch((error) => {
    throw error instanceof Unanswered ? new Untold(`The API cannot be reached: ${error.message}.`) : error;
  });
  const { status, text } = answer;
  if (status === 401 || status === 403) {
    throw new Untold(
      `The API lets nobody in with these headers (${inWords(answer)}): set KAIREON_API_KEY and KAIREON_TENANT_ID.`,
    );
  }
  const { ok, issues } = status === 200 ? OutcomeRegistry.load(text) : { ok: false };
  if (!ok) {
    const why = issues === undefined ? inWords(answer) : issues[0].message;
    throw new Untold(
      `The API answers in no documented shape: GET ${TYPES} should give a list of outcome types (${why}).`,
    );
  }
}

/** What an earlier run could not delete. */
async function sweep(session, say) {
  const left = await session.creations.leftovers();
  if (left.length === 0) return;
  say(`Deleting what an earlier run left behind: ${left.map(({ key }) => `\`${key}\``).join(", ")}`);
  await session.creations.clear();
}

/** One rule: what the server does, what the package says, and the verdict. */
async function judge(rule, session, stopped) {
  let server;
  let ours = { said: "–" };
  try {
    if (stopped !== undefined) throw new Untold(`not asked: ${stopped}`);
    if (rule.record !== undefined && !session.record) throw new Untold(`asked only with --record: ${rule.record}`);
    const prepared = await rule.prepare?.(session);
    const document = rule.document?.(session, prepared);
    const answer = await rule.ask(session, document);
    server = rule.read(answer, session);
    ours = rule.ours(session, document, answer);
  } catch (error) {
    // A rule that meets an answer which nobody thought of must not cost the others, nor the clean-up.
    server = {
      unknown: error instanceof Untold ? error.message : `an answer that this does not understand: ${error.message}`,
    };
  }
  // What cannot be deleted now is at the end, and a server that is gone is no news.
  if (stopped === undefined) await session.creations.tidy().catch(() => {});
  const said = ({ unknown, said: words }) => (unknown === undefined ? words : unknown);
  return { verdict: verdict(server, ours), server: said(server), ours: said(ours) };
}
