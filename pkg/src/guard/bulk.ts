/**
 * Bulk bodies: what is withheld of them, and the API's answer as one to the body that came.
 * @module
 */

import type { BulkAnswer, Issue, Rules } from "kaireon-outcomes";
import type { WebHeadersShape, WebResponseShape } from "../web.js";
import { elementsOf } from "./items.js";
import type { Refused } from "./letters.js";
import { json } from "./refusal.js";

/**
 * What only the registry says: the API says it too, of an item alone, and may know better. All codes that are of that basis,
 * as the core's table has them: one more or less does not compile.
 */
const DOUBTS: Readonly<Record<Extract<Issue, { readonly basis: "registry" }>["code"], "warning">> = {
  unknown_outcome_type: "warning",
  retired_outcome_type: "warning",
  unconfirmed_outcome_type: "warning",
  inactive_outcome_type: "warning",
  not_listed: "warning",
  duplicate_key: "warning",
  system_type: "warning",
  unknown_reference: "warning",
  retired_reference: "warning",
  inactive_reference: "warning",
};

/** The caller's rules, under which no item is malformed for what only the registry says. @internal */
export function bulkRules(rules: Rules = {}): Rules {
  const silenced = Object.entries(rules).filter(([, word]) => word === "off");
  return { ...rules, ...DOUBTS, ...Object.fromEntries(silenced) };
}

/** What vouches for the exact bytes of a body, or for what was answered to them. */
const SEALS = ["Content-Digest", "Repr-Digest", "Signature", "Signature-Input", "Idempotency-Key"];

/** Whether a body may not be rewritten. @internal */
export function isSealed(headers: WebHeadersShape): boolean {
  return SEALS.some((name) => headers.has(name));
}

/** All that is wrong with the items. @internal */
export function issuesOf({ issues, refused }: BulkAnswer): Issue[] {
  return [...issues, ...refused.flatMap((item) => item.issues)];
}

/** The items that are withheld, as they came. @internal */
export function* itemsOf(bytes: Uint8Array<ArrayBuffer>, { refused }: BulkAnswer): Iterable<Refused> {
  const [first] = refused;
  if (first === undefined) return;
  const items = elementsOf(bytes, String(first.issues[0].path[0]));
  for (const { index, issues } of refused) yield { bytes: items[index] as Uint8Array<ArrayBuffer>, issues, index };
}

/** The answer to a body of which every item was withheld. @internal */
export function answerToNone(parted: BulkAnswer, indexBase: number): WebResponseShape {
  return answered({ succeeded: 0 }, parted, indexBase, {});
}

/**
 * The API's answer to what was left, as one to all that came.
 *
 * @throws {TypeError | SyntaxError} It is no answer to a bulk body: what became of the items cannot be said. @internal
 */
export function answerToAll(text: string, sent: WebHeadersShape, parted: BulkAnswer, indexBase: number): WebResponseShape {
  const told: unknown = JSON.parse(text);
  const { succeeded } = (told ?? {}) as Told;
  if (!Number.isInteger(succeeded)) throw new TypeError("The API's answer to the bulk body does not say how many items succeeded");
  const headers: Record<string, string> = {};
  sent.forEach((value, name) => {
    if (!OF_THE_BODY.has(name)) headers[name] = value;
  });
  return answered(told as Told, parted, indexBase, headers);
}

/** Headers that speak of the body that the API sent, or of its connection. */
const OF_THE_BODY: ReadonlySet<string> = new Set(
  "content-length content-encoding content-type content-md5 content-digest repr-digest digest etag transfer-encoding connection keep-alive".split(" "),
);

/** What the API says of a bulk body. */
interface Told {
  readonly succeeded: number;
  readonly errors?: unknown;
}

function answered(told: Told, parted: BulkAnswer, base: number, headers: object): WebResponseShape {
  const { passed, refused, size } = parted;
  const placed = (entry: { readonly index?: unknown }) => {
    const index = passed[Number(entry?.index) - base];
    return index === undefined ? entry : { ...entry, index: index + base };
  };
  const errors = [
    ...(Array.isArray(told.errors) ? told.errors.map(placed) : []),
    ...refused.map(({ index, issues }) => ({ index: index + base, error: issues[0].message })),
  ].sort((one, other) => Number(one?.index) - Number(other?.index));
  const { succeeded } = told;
  const body = { ...told, processed: size, succeeded, failed: size - succeeded, errors, issues: issuesOf(parted) };
  return json(succeeded > 0 ? 200 : 422, body, headers);
}
