/**
 * The checks as Standard Schemas, for form, RPC and router libraries that take one.
 * @module
 */

import { pass } from "./answer.js";
import { checkBulk } from "./bulk.js";
import { checkKeyIn, create, edit, outcome } from "./checks.js";
import { parse } from "./document.js";
import { FORM } from "./flags.js";
import type { RegistryImage } from "./image.js";
import { choice, misuse, readSettings } from "./options.js";
import type { BulkOptions, CheckOptions, EditOptions, RespondOptions } from "./options.js";
import { readRespond } from "./respond.js";
import type { StandardSchemaV1 } from "./standard-schema.js";
import type {
  BulkBody,
  Checked,
  Issue,
  NewOutcomeType,
  OutcomeKey,
  OutcomeTypeDraft,
  OutcomeTypePatch,
  RespondCall,
  RespondInput,
} from "./types.js";

/** What each schema takes and gives. */
export interface Schemas {
  /** A form for a new type; the output is the body to POST. */
  create: { input: OutcomeTypeDraft; output: NewOutcomeType; options: CheckOptions };
  /** A form for the type of `key`; the output is the body that changes it. */
  edit: { input: OutcomeTypePatch; output: OutcomeTypePatch; options: EditOptions };
  /** A Respond call; the output is its current form. */
  respond: { input: RespondInput; output: RespondCall; options: RespondOptions };
  /** A bulk body; refused where one item is. */
  bulk: { input: BulkBody; output: BulkBody; options: BulkOptions };
  /** The key of an existing type that is not retired. */
  outcome: { input: string; output: OutcomeKey; options: CheckOptions };
  /** A key that is free. */
  key: { input: string; output: string; options: CheckOptions };
}

/** A Standard Schema whose `validate` answers at once, with the whole {@link Checked}: warnings too. */
export interface OutcomeSchema<Input, Output> extends StandardSchemaV1<Input, Output> {
  /** The Standard properties. */
  readonly "~standard": OutcomeSchemaProps<Input, Output>;
}

/** The Standard properties of an {@link OutcomeSchema}. */
export interface OutcomeSchemaProps<Input, Output> extends StandardSchemaV1.Props<Input, Output> {
  /** Validates synchronously; never throws for any value. */
  readonly validate: (value: unknown) => Validated<Output>;
}

/**
 * A {@link Checked} whose refusing half has no `value`, not even one of `undefined`: libraries infer what a schema
 * gives from what `validate` answers, and would take it that a value that passed may be missing.
 */
export type Validated<Output> =
  | Extract<Checked<Output>, { ok: true }>
  | Omit<Extract<Checked<Output>, { ok: false }>, "value">;

type Options = RespondOptions & BulkOptions & Partial<EditOptions>;

/** The schema of a kind. @internal */
export function schemaOf(image: RegistryImage, kind: keyof Schemas, given: Options = {}): unknown {
  // Tried out: misuse shows where the schema is made, not where it is first used.
  readSettings(given);
  // A copy: what is asked for stays as it was when the schema was made.
  const options: Options = { ...given, ...(given.rules && { rules: { ...given.rules } }) };
  choice("kind", kind ?? null, Object.keys(VALIDATORS));
  if (kind === "edit" && typeof options.key !== "string") misuse("key", "a string", options.key);
  const validate = (value: unknown) => VALIDATORS[kind](image, value, options);
  return Object.freeze({ "~standard": Object.freeze({ version: 1, vendor: "kaireon-outcomes", validate }) });
}

type Validator = (image: RegistryImage, value: unknown, options: Options) => Checked<unknown>;

const VALIDATORS: { readonly [Kind in keyof Schemas]: Validator } = {
  create: (image, value, options) => create(image, value, options, FORM),
  edit: (image, value, options) => edit(image, options.key, value, options),
  respond: readRespond,
  bulk: readBulk,
  outcome,
  key: checkKeyIn,
};

function readBulk(image: RegistryImage, value: unknown, options: BulkOptions): Checked<BulkBody> {
  const { ok, body, issues: faults, refused, warnings } = checkBulk(image, value, options);
  // What passed is what is handed on: the bytes that were checked, not the value that may say otherwise now.
  if (ok) return pass(parse(body as Uint8Array) as BulkBody, warnings);
  const issues = [...faults, ...refused.flatMap((item) => item.issues)];
  return { ok, issues: issues as unknown as readonly [Issue, ...Issue[]], warnings };
}
