// What the cases share: samples, and the words that they are written in.

import { same } from "../compare.mjs";

export const CALL = Object.freeze({ customerId: "CUST001", recommendationId: "rec_1", rank: 1, outcome: "click", idempotencyKey: "k1" });
export const ITEM = Object.freeze({ customerId: "C", offerId: "o", outcome: "click" });
export const QUOTE = Object.freeze({ key: "quote_requested", name: "Quote Requested", classification: "positive", category: "response" });
export const bytesOf = (text) => new TextEncoder().encode(text);
export const textOf = (bytes) => new TextDecoder().decode(bytes);
export const codes = (list) => (list ?? []).map(({ code }) => code);
export const paths = (list) => (list ?? []).map(({ code, path }) => [code, ...path]);

/** The words of a case: `is`, `ok`, `throws`, `unwritable`. */
export function tools(api, fail) {
  const registry = api.OutcomeRegistry.defaults();
  const is = (actual, expected) => {
    if (!same(expected, actual)) fail(expected, actual);
  };
  const ok = (condition, what) => {
    if (!condition) fail(what, "not so");
  };
  const throws = (run, kind) => {
    try {
      fail(`throws ${kind.name}`, run());
    } catch (error) {
      if (!(error instanceof kind)) fail(kind.name, String(error?.stack ?? error));
      return error;
    }
    return undefined;
  };
  /** A check of a value that cannot be written: one issue, and the registry works on. */
  const unwritable = (value, path) => {
    const { ok: passed, issues, warnings } = registry.checkRespond(value);
    is(passed, false);
    is(issues?.map(({ code }) => code), ["not_serializable"]);
    is(warnings, []);
    const [{ severity, basis, message, offset } = {}] = issues ?? [];
    is([severity, basis, message, offset], ["error", "document", "This value cannot be written as JSON", undefined]);
    if (path !== undefined) is(issues?.[0].path, path);
    is(registry.checkRespond(CALL).ok, true);
  };
  return { api, registry, is, ok, throws, unwritable, fail };
}
