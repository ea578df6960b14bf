/**
 * `kaireon-outcomes/json-schema`: the schemas of forms and calls, in JSON Schema as well.
 *
 * What is taken, its JSON Schema takes too. It is no gate: much that is refused it cannot say, such as that a key is free.
 * @module
 */

import type {
  IssueCode,
  NewOutcomeType,
  OutcomeRegistry,
  OutcomeSchema,
  RespondCall,
  RespondInput,
  RespondOptions,
  Schemas,
  StandardJSONSchemaV1,
} from "kaireon-outcomes";
import { CALL, CREATE, ITEM } from "../wasm/json-schema.js";
import type { Says } from "../wasm/json-schema.js";

/** The kinds of schema that there is a JSON Schema of. */
export type JsonSchemaKind = "create" | "respond";

/** What {@link withJsonSchema} gives: a Standard Schema, and a Standard JSON Schema. */
export type JsonOutcomeSchema<Input, Output> = OutcomeSchema<Input, Output> & StandardJSONSchemaV1<Input, Output>;

/** What a target calls itself in a document; OpenAPI's has no word for it. */
const DIALECTS = new Map([
  ["draft-2020-12", { $schema: "https://json-schema.org/draft/2020-12/schema" }],
  ["draft-07", { $schema: "http://json-schema.org/draft-07/schema#" }],
  ["openapi-3.0", {}],
]);

// What the tables leave to the checks, which judge it once they know the whole object.

/** The names of a call's outcome: one is enough. */
const NAMES = ["outcome", "interactionType", "outcomeType", "eventType"] satisfies (keyof RespondInput)[];
/** What a call may be about: all members of one of these. */
const TARGETS = [
  ["recommendationId", "rank"],
  ["creativeId"],
  ["treatmentId"],
  ["interactionId"],
  ["offerId"],
] satisfies (keyof RespondInput)[][];
/** Older names: none of them comes out. */
const OLDER: readonly string[] = [...NAMES.slice(1), "treatmentId"];
/** What a person has to choose. */
const CHOSEN = ["classification", "category"] satisfies (keyof NewOutcomeType)[];
/** What comes out of a form, chosen or not; and of a call, by whichever name and from its header. */
const FILLED_IN = ["description", ...CHOSEN] satisfies (keyof NewOutcomeType)[];
const NAMED = ["outcome", "idempotencyKey"] satisfies (keyof RespondCall)[];

/**
 * A schema of the registry that describes itself in JSON Schema as well: a
 * {@link https://standardschema.dev/json-schema Standard JSON Schema}.
 *
 * `input` is what the schema takes, older names of a call included. `output` is what comes of it, the body to POST or the
 * call in its current form, and what a language model is best asked for. The targets are `draft-2020-12`, `draft-07` and
 * `openapi-3.0`. Where the registry is complete, the `outcome` of a call is one of its keys. What `rules` do not refuse is
 * not refused here.
 *
 * ```ts
 * const schema = withJsonSchema(registry, "respond");
 * schema["~standard"].jsonSchema.output({ target: "draft-2020-12" }); // { $schema: "https://…", type: "object", … }
 * ```
 *
 * @throws {TypeError} Another kind, or options that make no sense; from `input` and `output`: another target.
 */
export function withJsonSchema<Kind extends JsonSchemaKind>(
  registry: OutcomeRegistry,
  kind: Kind,
  options?: Schemas[Kind]["options"],
): JsonOutcomeSchema<Schemas[Kind]["input"], Schemas[Kind]["output"]>;
export function withJsonSchema(registry: OutcomeRegistry, kind: JsonSchemaKind, options: RespondOptions = {}): unknown {
  if (kind !== "create" && kind !== "respond") throw new TypeError("`kind` must be one of create, respond");
  const { "~standard": standard } = registry.schema(kind, options);
  const table = kind === "create" ? CREATE : options.as === "bulk-item" ? ITEM : CALL;
  const rules: { readonly [Code in IssueCode]?: string | undefined } = { ...options.rules };
  const refuses = (code: IssueCode) => (rules[code] ?? "error") === "error";

  const isWhole = refuses("required");
  const required = isWhole ? table.required : [];
  const chosen = kind === "create" && refuses("defaulted") ? CHOSEN : [];
  const named = table === CALL && isWhole ? NAMED.slice(0, refuses("empty") ? 2 : 1) : [];
  const filledIn = kind === "create" ? FILLED_IN : named;

  function describe(target: string, needed: readonly string[], isOutput: boolean): Record<string, unknown> {
    const dialect = DIALECTS.get(target);
    if (dialect === undefined) throw new TypeError(`\`target\` must be one of ${[...DIALECTS.keys()].join(", ")}`);
    if (!refuses("invalid_type")) return { ...dialect };
    const properties: Record<string, unknown> = {};
    for (const [name, { says, codes }] of Object.entries(table.rules)) {
      if (isOutput && (says.readOnly || OLDER.includes(name))) continue;
      const narrowed = name === "outcome" && refuses("unknown_outcome_type") ? { ...says, ...keysOf(registry) } : says;
      // `null` is as absent, and does not come out.
      const isNullable = !isOutput && !needed.includes(name);
      properties[name] = codes.every(refuses) ? valueOf(narrowed, isNullable, target) : {};
    }
    // OpenAPI takes no list of none.
    return { ...dialect, type: "object", properties, ...(needed.length > 0 && { required: needed }) };
  }

  const jsonSchema: StandardJSONSchemaV1.Converter = {
    input({ target }) {
      const described = describe(target, [...required, ...chosen], false);
      if (table !== CALL || !isWhole || !refuses("invalid_type")) return described;
      const anyOf = (groups: readonly string[][]) => ({ anyOf: groups.map((group) => ({ required: [...group] })) });
      const allOf = [anyOf(NAMES.map((name) => [name])), ...(refuses("missing_target") ? [anyOf(TARGETS)] : [])];
      return { ...described, allOf };
    },
    // No `allOf` here: the tools of language models take none at the top.
    output: ({ target }) => describe(target, [...required, ...filledIn], true),
  };
  return Object.freeze({ "~standard": Object.freeze({ ...standard, jsonSchema: Object.freeze(jsonSchema) }) });
}

/** The keys that a call may name, and what they mean; nothing where there may be others. */
function keysOf(registry: OutcomeRegistry): Says {
  if (!registry.complete) return {};
  // A call from before may name a type that is retired now.
  const types = registry.list({ retired: "both" });
  const lines = types.map(({ key, name, description, deletedAt }) => {
    return `${key}: ${name}${deletedAt === undefined ? "" : " (retired)"}${description && `. ${description}`}`;
  });
  return { enum: types.map(({ key }) => key), description: lines.join("\n") };
}

/** What is said of a value, as a copy; OpenAPI 3.0 has a word of its own for `null`. */
function valueOf({ type, enum: words, ...says }: Says, isNullable: boolean, target: string): object {
  if (type === undefined) return says;
  const isOpenApi = target === "openapi-3.0";
  return {
    type: isNullable && !isOpenApi ? [type, "null"] : type,
    ...(isNullable && isOpenApi && { nullable: true }),
    ...says,
    ...(words && { enum: isNullable ? [...words, null] : [...words] }),
  };
}
