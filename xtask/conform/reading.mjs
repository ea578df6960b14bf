// What an answer, or the package, says of a document: taken or refused, a fact, or nothing that can be told.

import { issuesFromResponse } from "../../pkg/dist/index.js";
import { clean, hidden } from "./words.mjs";

/** @typedef {{ taken?: boolean, value?: unknown, unknown?: string, said?: string }} Reading */

export const taken = (said) => ({ taken: true, said });
export const refused = (said) => ({ taken: false, said });
export const unknown = (why) => ({ unknown: why });

/** What is neither taken nor refused: a status, a number, an order, a stored value. */
export const fact = (value, said = `\`${clean(JSON.stringify(value) ?? "nothing")}\``) => ({ value, said });

/** What the documentation names, where the package has no say: a status, mostly. */
export const documented = (value) => fact(value, `documented: \`${JSON.stringify(value)}\``);

/** What a check of the package says. `counts` leaves out issues that are beside the question. */
export function checked({ issues = [], warnings = [] }, counts = () => true) {
  const errors = issues.filter(counts);
  const codes = (list) => [...new Set(list.map(({ code }) => `\`${code}\``))].join(", ");
  if (errors.length > 0) return refused(`refuses it: ${codes(errors)}`);
  return taken(warnings.length > 0 ? `takes it; warns: ${codes(warnings)}` : "takes it");
}

/** Statuses that say nothing of a document: who asks, how often, and what the server is busy with. */
const ABOUT_THE_CALLER = new Set([401, 403, 405, 407, 408, 429]);

/** Whether a request was taken. `forbids`: here a 403 is about what was asked for, not about who asks. */
export function accepted(answer, { forbids = false } = {}) {
  const { status } = answer;
  if (status >= 200 && status < 300) return taken(`takes it: ${status}`);
  const enveloped = answer.json?.error !== undefined;
  const refusal = status >= 400 && status < 500 && !ABOUT_THE_CALLER.has(status);
  // Without the platform's envelope a 404 may well be another server's, about the address.
  if ((refusal && (enveloped || status !== 404)) || (forbids && enveloped && status === 403)) {
    return refused(`refuses it: ${inWords(answer)}`);
  }
  if (status >= 500) return unknown(`the server failed: ${inWords(answer)}`);
  return unknown(`the answer says nothing of the document: ${inWords(answer)}`);
}

/** An answer's status, code and text. `beside`: texts that are said of every call here, and left out if there are others. */
export function inWords(answer, beside = []) {
  const { status, json, text, type } = answer;
  if (json?.error === undefined) return `${status}, ${type}, in no documented envelope`;
  const issues = issuesFromResponse(status, text);
  const { message, serverMessage, serverCode } =
    issues.find((issue) => !beside.includes(issue.serverMessage ?? issue.message)) ?? issues[0] ?? {};
  const code = json.error?.code ?? serverCode;
  return [status, ...(code === undefined ? [] : [clean(code)]), `“${clean(serverMessage ?? message ?? "")}”`].join(" ");
}

/** Texts of a refusal, one a fault. */
export function texts({ status, text }) {
  return issuesFromResponse(status, text).map(({ serverMessage, message }) => serverMessage ?? message);
}

/** Members that differ from one refusal to the next though the same is refused. */
const PASSING = /^(offset|position|line|column|timestamp|path|stack|.*id)$/i;

/** What two refusals for the same reason have in common, as text. */
export function essence({ status, json, text }) {
  const plain = (name, value) => {
    if (PASSING.test(name)) return undefined;
    return typeof value === "string" ? hidden(value).replaceAll(/\d+/g, "#") : value;
  };
  return `${status} ${json === undefined ? hidden(text) : JSON.stringify(json, plain)}`;
}
