/**
 * The checks as Standard Schemas, for form, RPC and router libraries that take one.
 * @module
 */

import { checkBulk } from "./bulk.js";
import { checkKeyIn, create, edit, outcome } from "./checks.js";
import { parse } from "./document.js";
import { FORM } from "./flags.js";
import type { RegistryImage } from "./image.js";
import { readAs, readCount, readMessage, readNow, readOptions, readRules, show } from "./options.js";
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
  readonly validate: (value: unknown) => Checked<Output>;
}

type Validate = (value: unknown) => Checked<unknown>;

/** The schema of a kind. @internal */
export function schemaOf(image: RegistryImage, kind: keyof Schemas, given: object | undefined): unknown {
  // A copy: what is asked for stays as it was when the schema was made.
  const options = copyOf(readOptions(given) ?? {});
  if (typeof kind !== "string" || !Object.hasOwn(VALIDATORS, kind)) {
    throw new TypeError(`There is no schema ${show(kind)}: it is one of ${Object.keys(VALIDATORS).join(", ")}`);
  }
  if (kind === "edit" && typeof options.key !== "string") throw new TypeError("The edit schema needs `key`");
  const validate = VALIDATORS[kind](image, options);
  return Object.freeze({ "~standard": Object.freeze({ version: 1, vendor: "kaireon-outcomes", validate }) });
}

type Options = RespondOptions & BulkOptions & Partial<EditOptions>;

/** The options, tried out: misuse shows where the schema is made, not where it is first used. */
function copyOf(given: Options): Options {
  readRules(given.rules);
  const options: Options = { ...given, ...(given.rules && { rules: { ...given.rules } }) };
  readMessage(options.message, undefined);
  readCount(options.maxIssues, "maxIssues", 1);
  readCount(options.maxBytes, "maxBytes", 1);
  readNow(options.now);
  readAs(options.as);
  return options;
}

const VALIDATORS: { readonly [Kind in keyof Schemas]: (image: RegistryImage, options: Options) => Validate } = {
  create: (image, options) => (value) => create(image, value, options, FORM),
  edit: (image, options) => (value) => edit(image, options.key, value, options),
  respond: (image, options) => (value) => readRespond(image, value, options),
  bulk: (image, options) => (value) => readBulk(image, value, options),
  outcome: (image, options) => (value) => outcome(image, value, options),
  key: (image, options) => (value) => checkKeyIn(image, value, options),
};

function readBulk(image: RegistryImage, value: unknown, options: BulkOptions): Checked<BulkBody> {
  const { ok, body, issues: faults, refused, warnings } = checkBulk(image, value, options);
  // What passed is what is handed on: the bytes that were checked, not the value that may say otherwise now.
  if (ok && body !== undefined) return { ok, value: parse(body) as BulkBody, warnings };
  const issues: Issue[] = [...faults];
  for (const item of refused) issues.push(...item.issues);
  return { ok: false, issues: issues as unknown as readonly [Issue, ...Issue[]], warnings };
}
