/**
 * Whether a single call goes on: what is certain refuses it at once, a doubt about its key on a newer list's word alone.
 * @module
 */

import { OutcomeRegistry } from "kaireon-outcomes";
import type { Checked, Issue, RespondAnswer, RespondOptions } from "kaireon-outcomes";
import type { RegistryClient } from "kaireon-outcomes/client";
import type { GuardRegistry, RespondGuardOptions } from "./options.js";
import type { Tally } from "./tally.js";
import type { Visit } from "./visit.js";

/** What came of a check; an empty one lets the request through. @internal */
export interface Finding {
  /** Why it is refused as a whole. */
  readonly _issues?: readonly Issue[];
  /** It is beyond a limit of ours: nobody knows. */
  readonly _tooLarge?: boolean;
  /** Nobody knows now. */
  readonly _unavailable?: boolean;
}

/** @internal */
export const PASSES: Finding = {};
/** @internal */
export const TOO_LARGE: Finding = { _tooLarge: true };

/** A list is asked for anew at most this often while there is none, by calls that do not wait for it: milliseconds. */
const AGAIN = 1_000;
const askedAt = new WeakMap<RegistryClient, number>();

/** The client, where it is one. @internal */
export function clientOf(found: GuardRegistry): RegistryClient | undefined {
  return "confirm" in found ? found : undefined;
}

/** Whether a body is refused for its size alone, which is no fault of its. @internal */
export function isTooLarge(issues: readonly Issue[]): boolean {
  return issues.some(({ code }) => code === "too_large" || code === "too_deep");
}

/** Has a newer list asked for, for the calls to come. @internal */
export function refresh<Env>(client: RegistryClient, visit: Visit<Env>): void {
  const { state } = client;
  if (state === "fresh") return;
  if (state === "defaults") {
    // Where nothing keeps a load alive, each of these would begin one of its own.
    const { _arrivedAt: now } = visit;
    const since = now - (askedAt.get(client) ?? -Infinity);
    if (since >= 0 && since < AGAIN) return;
    askedAt.set(client, now);
  }
  visit._keep(client.get({ waitUntil: visit._waitUntil }));
}

/** Holds a call against what is known. */
export async function judgeCall<Env>(
  visit: Visit<Env>,
  found: GuardRegistry,
  bytes: Uint8Array,
  asked: RespondOptions,
  { onUnavailable }: Pick<RespondGuardOptions<Env>, "onUnavailable">,
  keys: Tally,
): Promise<Finding> {
  const client = clientOf(found);
  const onlyTen = client?.state === "defaults";
  const isStrict = onlyTen && onUnavailable === "defaults";
  const registry = isStrict ? OutcomeRegistry.defaults() : (client?.current ?? (found as OutcomeRegistry));
  const checked = registry.checkRespond(bytes, asked);
  if (client === undefined) return conclude(visit, checked, keys);

  const certain = checked.issues?.filter(({ basis }) => basis === "document") ?? [];
  if (certain.length > 0) return isTooLarge(certain) ? TOO_LARGE : { _issues: certain };

  const isDoubted = !checked.ok || keyOf(checked) !== undefined;
  if (isDoubted && onlyTen && onUnavailable === "reject") {
    await client.get({ waitUntil: visit._waitUntil });
    return client.state === "defaults" ? { _unavailable: true } : judgeCall(visit, found, bytes, asked, {}, keys);
  }
  if (checked.ok || (onlyTen && !isStrict)) {
    refresh(client, visit);
    return checked.ok ? conclude(visit, checked, keys) : doubted(visit, checked.issues, keys);
  }
  // It asks for the list itself: so nobody has asked before.
  const confirmed = await client.confirm(visit._arrivedAt, { waitUntil: visit._waitUntil });
  if (confirmed) return conclude(visit, confirmed.checkRespond(bytes, asked), keys);
  return isStrict ? conclude(visit, checked, keys) : doubted(visit, checked.issues, keys);
}

/** The last word. */
function conclude<Env>(visit: Visit<Env>, checked: Checked<RespondAnswer>, keys: Tally): Finding {
  if (checked.ok) {
    const key = keyOf(checked);
    if (key !== undefined) unconfirmed(visit, key, keys);
    return PASSES;
  }
  if (isTooLarge(checked.issues)) return TOO_LARGE;
  for (const issue of checked.issues) count(keys, issue);
  return { _issues: checked.issues };
}

/** The word that no registry knows, of a call that passes all the same. */
function keyOf(checked: Checked<RespondAnswer>): string | undefined {
  return checked.ok && checked.value.outcome === undefined ? checked.value.key : undefined;
}

/** What is wrong is only what the registry says, and that may be of yesterday. */
function doubted<Env>(visit: Visit<Env>, issues: readonly Issue[], keys: Tally): Finding {
  for (const issue of issues) if ("key" in issue && issue.key !== undefined) unconfirmed(visit, issue.key, keys, issue);
  return PASSES;
}

function unconfirmed<Env>(visit: Visit<Env>, key: string, keys: Tally, issue?: Issue): void {
  if (issue === undefined) keys._add(key);
  else count(keys, issue);
  visit._tell({ type: "unconfirmed_outcome_type", key });
}

/** Counts the key that an issue says is unknown. @internal */
export function count(keys: Tally, issue: Issue): void {
  if (issue.code === "unknown_outcome_type" || issue.code === "unconfirmed_outcome_type") keys._add(issue.key);
}
