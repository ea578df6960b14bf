// Identity, and what a registry is as an object.

import { CALL, QUOTE, codes, paths } from "./tools.mjs";

export default [
  // ---- identity
  ["defaults is the same object at each call", ({ api, ok }) => ok(api.OutcomeRegistry.defaults() === api.OutcomeRegistry.defaults(), "one object")],
  ["lookups are bound", ({ registry, is }) => {
    is(["click", "nope", "save"].filter(registry.has), ["click", "save"]);
    is(["click", "impression"].map(registry.category), ["response", "impression"]);
    const { get, classification, isSystem, suggest } = registry;
    is([get("click").name, classification("click"), isSystem("click"), suggest("clik")], ["Click", "positive", true, "click"]);
  }],
  ["types are frozen and the same at each call", ({ api, registry, ok }) => {
    ok(registry.get("click") === registry.get("click"), "the same object");
    ok(registry.get("click") === registry.list().find(({ key }) => key === "click"), "the list's object");
    ok(registry.list().every(Object.isFrozen), "frozen");
    ok(registry.checkRespond(CALL).value.outcome === registry.get("click"), "the answer's object");
    ok(Object.isFrozen(api.SYSTEM_OUTCOME_TYPES) && api.SYSTEM_OUTCOME_TYPES.every(Object.isFrozen), "frozen constants");
  }],
  ["an answer is frozen, and one object for one meaning", ({ registry, ok }) => {
    const [first, second] = [registry.checkRespond(CALL), registry.checkRespond({ ...CALL, customerId: "other" })];
    ok(Object.isFrozen(first.value), "frozen");
    ok(first.value === second.value, "the same answer");
    ok(first.value !== registry.checkRespond({ ...CALL, direction: "outbound" }).value, "another answer");
  }],
  ["lists are the caller's own", ({ registry, is }) => {
    registry.list().pop();
    is([registry.list().length, registry.size], [10, 10]);
  }],
  ["a registry cannot be made or changed by hand", ({ api, registry, throws, ok }) => {
    throws(() => new api.OutcomeRegistry(), TypeError);
    ok(Object.isFrozen(registry), "frozen");
    throws(() => { "use strict"; registry.get("click").name = "x"; }, TypeError);
  }],
  ["lookups of what is no string", ({ registry, is }) => {
    for (const key of [undefined, null, 5, {}, [], Symbol("x"), ["click"], new String("click")]) is([registry.has(key), registry.get(key)], [false, undefined]);
  }],
  ["a key with half a character is no key", ({ api, is }) => {
    const registry = api.OutcomeRegistry.from([{ ...QUOTE, key: "a\ufffd" }]);
    is([registry.has("a\ufffd"), registry.has("a\ud800")], [true, false]);
  }],
  ["the constants", ({ api, is }) => {
    is(api.CLASSIFICATIONS, ["positive", "negative", "neutral"]);
    is(api.CATEGORIES, ["impression", "response"]);
    is(api.SYSTEM_OUTCOME_TYPES.map(({ key }) => key), ["impression", "click", "conversion", "not_interested", "opt_out", "defer", "dismiss", "share", "save", "complaint"]);
    is(new Set(api.ISSUE_CODES).size, api.ISSUE_CODES.length);
  }],
  ["the codes are those of the contract", ({ api, is }) => {
    is([...api.ISSUE_CODES].sort(), CONTRACT.split(" ").sort());
  }],
  // ---- registries
  ["from throws with the issues", ({ api, is, throws }) => {
    const error = throws(() => api.OutcomeRegistry.from({ nope: 1 }), Error);
    is([error?.name, codes(error?.issues)], ["InvalidRegistryError", ["not_a_registry"]]);
  }],
  ["a registry keeps its warnings", ({ api, is }) => {
    is(codes(api.OutcomeRegistry.from({ data: [null], hasMore: true }).warnings), ["row_skipped", "incomplete_list"]);
    is(api.OutcomeRegistry.defaults().warnings, []);
  }],
  ["toJSON is the source page's envelope", ({ api, registry, is }) => {
    is(JSON.parse(JSON.stringify(api.OutcomeRegistry.from({ data: [] }))), { data: [] });
    const loaded = api.OutcomeRegistry.from({ data: [QUOTE, null] });
    is(JSON.parse(JSON.stringify(loaded)), { data: [{ ...QUOTE, description: "", isSystem: false }], hasMore: true });
    is(api.OutcomeRegistry.from(JSON.stringify(registry)).size, 10);
  }],
  ["verdicts are the same after toJSON and load", ({ api, is }) => {
    const one = api.OutcomeRegistry.from([QUOTE, { ...QUOTE, key: "gone", deletedAt: "2026-03-01T00:00:00Z" }, { ...QUOTE, key: "asleep", status: "paused" }, { ...QUOTE, key: "theirs", isSystem: true }]);
    const two = api.OutcomeRegistry.from(one.toJSON());
    for (const outcome of ["quote_requested", "gone", "asleep", "theirs", "click", "nope"]) {
      const verdict = (registry) => { const { ok, issues, warnings } = registry.checkRespond({ ...CALL, outcome }); return [ok, paths(issues), paths(warnings)]; };
      is(verdict(two), verdict(one));
    }
    is(two.checkDelete("theirs").issues[0].code, "system_type");
  }],
  ["the next registry knows what was created and forgets what was deleted", ({ registry, is }) => {
    const call = { ...CALL, outcome: "quote_requested" };
    const created = registry.with(QUOTE);
    is([registry.checkRespond(call).ok, created.checkRespond(call).ok, registry.size, created.size], [false, true, 10, 11]);
    const deleted = created.without("quote_requested", "2026-03-01T00:00:00Z");
    is([codes(deleted.checkRespond(call).issues), deleted.size, deleted.has("quote_requested")], [["retired_outcome_type"], 10, true]);
    is(codes(deleted.checkRespond({ ...call, timestamp: "2026-02-01T00:00:00Z" }).warnings), ["retired_outcome_type"]);
    is(deleted.get("quote_requested").deletedAt, "2026-03-01T00:00:00Z");
    is(codes(deleted.with(QUOTE).checkRespond(call).issues), []);
  }],
  ["without an unknown key is the same registry", ({ registry, ok }) => ok(registry.without("nope") === registry, "the same")],
  ["with and without throw on system keys", ({ registry, throws }) => {
    throws(() => registry.with({ ...QUOTE, key: "click" }), TypeError);
    throws(() => registry.without("click"), TypeError);
    throws(() => registry.with({ name: "no key" }), Error);
    throws(() => registry.with("{"), Error);
  }],
  ["two registries do not mix", ({ api, is }) => {
    const many = Array.from({ length: 40 }, (_, index) => api.OutcomeRegistry.from([{ ...QUOTE, key: `key_${index}`, classification: index % 2 ? "negative" : "neutral" }]));
    for (const round of [0, 1]) for (const [index, one] of many.entries()) {
      is([round, one.classification(`key_${index}`), one.has(`key_${index + 1}`)], [round, index % 2 ? "negative" : "neutral", false]);
      is(one.checkRespond({ ...CALL, outcome: `key_${index}` }).value?.outcome?.key, `key_${index}`);
    }
  }],
];

const CONTRACT = "invalid_json invalid_utf8 lone_surrogate duplicate_field too_large too_deep not_serializable required invalid_type empty too_long invalid_value out_of_range invalid_character invalid_start not_a_registry too_many_types unknown_outcome_type retired_outcome_type duplicate_key immutable system_type missing_target conflicting_fields empty_batch too_many_items refused_by_server too_many_issues unknown_field null_field read_only defaulted byte_order_mark deprecated_field legacy_target timestamp_form future_timestamp idempotency_mismatch repeated_idempotency_key unconfirmed_outcome_type inactive_outcome_type not_listed row_skipped row_repaired odd_key repeated_key system_type_conflict incomplete_list retired_key history_kept still_referenced unknown_reference retired_reference inactive_reference";
