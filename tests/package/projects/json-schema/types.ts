// Our schemas are what the specification's own types call a Standard JSON Schema, and a Standard Schema still.

import type { StandardJSONSchemaV1, StandardSchemaV1 } from "@standard-schema/spec";
import { OutcomeRegistry } from "kaireon-outcomes";
import type { NewOutcomeType, OutcomeTypeDraft, RespondCall, RespondInput, StandardJSONSchemaV1 as Ours } from "kaireon-outcomes";
import { withJsonSchema } from "kaireon-outcomes/json-schema";
import { OutcomeRegistry as Slim } from "kaireon-outcomes/slim";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function claim<_Claim extends true>(): void;
declare function described<Input, Output>(schema: StandardJSONSchemaV1<Input, Output>): [Input, Output];
declare function checked<Input, Output>(schema: StandardSchemaV1<Input, Output>): [Input, Output];

const registry = OutcomeRegistry.defaults();
const create = withJsonSchema(registry, "create", { maxIssues: 1 });
const respond = withJsonSchema(Slim.defaults(), "respond", { idempotencyKey: "k" });

const describedCreate = described(create);
const describedRespond = described(respond);
const checkedCreate = checked(create);
const checkedRespond = checked(respond);
claim<Same<typeof describedCreate, [OutcomeTypeDraft, NewOutcomeType]>>();
claim<Same<typeof describedRespond, [RespondInput, RespondCall]>>();
claim<Same<typeof checkedCreate, [OutcomeTypeDraft, NewOutcomeType]>>();
claim<Same<typeof checkedRespond, [RespondInput, RespondCall]>>();
claim<Same<StandardJSONSchemaV1.InferOutput<typeof respond>, RespondCall>>();

// Our copy of the specification says the same as the original, both ways.
const theirs: StandardJSONSchemaV1<RespondInput, RespondCall> = respond as Ours<RespondInput, RespondCall>;
const ours: Ours<RespondInput, RespondCall> = theirs;
claim<Same<Ours.Options, { readonly target: Ours.Target; readonly libraryOptions?: Record<string, unknown> | undefined }>>();
void ours;

// It answers at once, as other schemas of ours do.
const { ok } = respond["~standard"].validate({});
claim<Same<typeof ok, boolean>>();

// @ts-expect-error There is none of this kind.
withJsonSchema(registry, "key");
// @ts-expect-error A form has no header.
withJsonSchema(registry, "create", { idempotencyKey: "k" });
