// The table of contents of `kaireon-outcomes/interactions`: what the classification of an outcome type is for.

export { InternalError } from "kaireon-outcomes";
export { checkDefinition, checkDelete } from "./definitions.js";
export { Interactions } from "./interactions.js";

export type { AskableRegistry, DeletableRegistry } from "./registry.js";
export type {
  Candidate,
  DefinitionKind,
  DefinitionOptions,
  DeleteOptions,
  ExperimentOptions,
  LinesReadOptions,
  MetricOptions,
  ReadOptions,
  SuppressionOptions,
  TallyOptions,
} from "./options.js";
export type {
  Experiment,
  InteractionsRead,
  LeftOut,
  Metric,
  MetricGroup,
  Reference,
  Suppression,
  Tally,
  TallyCount,
  Uplift,
  Variant,
} from "./types.js";
