// The package's table of contents.

export { OutcomeRegistry } from "./registry.js";
export { checkKey, toKey } from "./key.js";
export { issuesFromResponse } from "./response.js";
export { InternalError, InvalidRegistryError } from "./errors.js";
export { CATEGORIES, CLASSIFICATIONS, STATUSES, SYSTEM_OUTCOME_TYPES } from "../wasm/defaults.js";
export { ISSUE_CODES } from "../wasm/issue.js";

export type { Lookup } from "./registry.js";
export type * from "./types.js";
export type {
  BulkOptions,
  CallOptions,
  CheckOptions,
  DefaultsOptions,
  EditOptions,
  LinesOptions,
  LoadOptions,
  MessageFunction,
  RespondOptions,
  RuleCode,
  Rules,
} from "./options.js";
export type { Chunk, LineSource } from "./lines.js";
export type { OutcomeSchema, OutcomeSchemaProps, Schemas, Validated } from "./schema.js";
export type { StandardJSONSchemaV1, StandardSchemaV1, StandardTypedV1 } from "./standard-schema.js";
