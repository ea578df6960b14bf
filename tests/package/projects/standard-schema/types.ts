// Our schemas are what the specification's own types call one, and say what goes in and comes out.

import type { StandardSchemaV1 } from "@standard-schema/spec";
import { OutcomeRegistry } from "kaireon-outcomes";
import type { BulkBody, NewOutcomeType, OutcomeKey, OutcomeTypeDraft, OutcomeTypePatch, RespondCall, RespondInput } from "kaireon-outcomes";
import { claim } from "./fixture.js";
import type { Same } from "./fixture.js";

const registry = OutcomeRegistry.defaults();

/** What a consumer knows of a schema: by the types it names, and by what its `validate` answers. */
declare function known<Schema extends StandardSchemaV1>(schema: Schema): [StandardSchemaV1.InferInput<Schema>, StandardSchemaV1.InferOutput<Schema>];
declare function inferred<Input, Output>(schema: StandardSchemaV1<Input, Output>): [Input, Output];

const create = registry.schema("create");
const edit = registry.schema("edit", { key: "custom" });
const respond = registry.schema("respond");
const bulk = registry.schema("bulk");
const outcome = registry.schema("outcome");
const key = registry.schema("key");

claim<Same<ReturnType<typeof known<typeof create>>, [OutcomeTypeDraft, NewOutcomeType]>>();
claim<Same<ReturnType<typeof known<typeof edit>>, [OutcomeTypePatch, OutcomeTypePatch]>>();
claim<Same<ReturnType<typeof known<typeof respond>>, [RespondInput, RespondCall]>>();
claim<Same<ReturnType<typeof known<typeof bulk>>, [BulkBody, BulkBody]>>();
claim<Same<ReturnType<typeof known<typeof outcome>>, [string, OutcomeKey]>>();
claim<Same<ReturnType<typeof known<typeof key>>, [string, string]>>();

const ofCreate = inferred(create);
const ofEdit = inferred(edit);
const ofRespond = inferred(respond);
const ofBulk = inferred(bulk);
const ofOutcome = inferred(outcome);
const ofKey = inferred(key);
claim<Same<typeof ofCreate, [OutcomeTypeDraft, NewOutcomeType]>>();
claim<Same<typeof ofEdit, [OutcomeTypePatch, OutcomeTypePatch]>>();
claim<Same<typeof ofRespond, [RespondInput, RespondCall]>>();
claim<Same<typeof ofBulk, [BulkBody, BulkBody]>>();
claim<Same<typeof ofOutcome, [string, OutcomeKey]>>();
claim<Same<typeof ofKey, [string, string]>>();

// @ts-expect-error A key is no number.
const wrong: StandardSchemaV1<number> = key;
void wrong;
