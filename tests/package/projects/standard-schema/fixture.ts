// What every consumer is tried with: a list before and after it is loaded again, words of another language, a draft.

import assert from "node:assert/strict";
import { OutcomeRegistry } from "kaireon-outcomes";
import type { Issue, NewOutcomeType, OutcomeTypeDraft } from "kaireon-outcomes";

/** The key of the draft is free in the first list and taken in the second. */
export const before = OutcomeRegistry.from({ data: [] });
export const after = OutcomeRegistry.from({ data: [{ key: "quote_requested", name: "Quote Requested" }] });

export const draft: OutcomeTypeDraft = { key: "quote_requested", name: "Quote Requested", classification: "positive", category: "response" };
/** The body to POST: the default is filled in, so it is no mere copy of the draft. */
export const body: NewOutcomeType = { key: "quote_requested", name: "Quote Requested", description: "", classification: "positive", category: "response" };

export const CHOOSE = "Bitte wählen";
export const LETTERS = "Nur Kleinbuchstaben, Ziffern und _; möglich wäre call_back";
export const TAKEN = "Der Schlüssel quote_requested ist vergeben";

/** The consumers keep the message alone, so it has to be in the right language when they get it. */
export function message(issue: Issue): string | undefined {
  switch (issue.code) {
    case "defaulted":
      return CHOOSE;
    case "invalid_character":
      return `Nur Kleinbuchstaben, Ziffern und _; möglich wäre ${issue.suggestion}`;
    case "duplicate_key":
      return `Der Schlüssel ${issue.key} ist vergeben`;
    default:
      return undefined;
  }
}

/** Two types are the same, not merely assignable. */
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
export function claim<_Claim extends true>(): void {}

/** One check: its name is printed once it holds. */
export async function check(name: string, run: () => unknown): Promise<void> {
  await run();
  console.log(name);
}

export const same: typeof assert.deepEqual = assert.deepEqual;
