/** What the types of `kaireon-outcomes/interactions` promise: this file only has to compile. */
import { OutcomeRegistry } from "kaireon-outcomes";
import type { Category, Checked, Classification, OutcomeType } from "kaireon-outcomes";
import { checkDefinition, checkDelete, Interactions, InternalError } from "kaireon-outcomes/interactions";
import type {
  Candidate,
  DefinitionKind,
  Experiment,
  InteractionsRead,
  LeftOut,
  Metric,
  Reference,
  Suppression,
  Tally,
  Uplift,
} from "kaireon-outcomes/interactions";

/** Two types are the same, not merely assignable. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function claim<_Claim extends true>(): void {}

declare const anything: unknown;
declare const bytes: Uint8Array;
declare const stream: AsyncIterable<Uint8Array>;
const registry = OutcomeRegistry.defaults();

// Definitions: a registry of either module system will do.
const checked = checkDefinition(registry, "contact-policy", anything, { rules: { unknown_reference: "error" }, maxIssues: 5 });
claim<Same<typeof checked, Checked<readonly Reference[]>>>();
if (checked.ok) claim<Same<(typeof checked.value)[number]["path"], readonly (string | number)[]>>();
claim<Same<DefinitionKind, "contact-policy" | "behavioral-metric" | "experiment" | "summary-definition">>();
checkDefinition(registry, "experiment", bytes, { compared: ["impression", "quote_requested"] });
const deleted = checkDelete(registry, "quote", { definitions: { "contact-policy": [] } });
claim<Same<typeof deleted, Checked<OutcomeType | undefined>>>();
// @ts-expect-error another kind
checkDefinition(registry, "policy", anything);
// @ts-expect-error no registry
checkDefinition({ data: [] }, "experiment", anything);
// @ts-expect-error no definitions
checkDelete(registry, "quote", {});

// Reading: a log where it is taken, and what was left out either way.
const read = Interactions.read([{ customerId: "C1" }], { at: new Date() });
claim<Same<typeof read, InteractionsRead>>();
if (read.ok) claim<Same<typeof read.value, Interactions>>();
else claim<Same<typeof read.value, undefined>>();
claim<Same<typeof read.refused, readonly LeftOut[]>>();
claim<Same<typeof read.leftOut, number>>();
Interactions.read(bytes, { as: "lines" });
const streamed = Interactions.readLines(stream, { at: 0 });
claim<Same<typeof streamed, Promise<InteractionsRead>>>();
const kept = Interactions.fromBytes(bytes);
claim<Same<typeof kept, Interactions | undefined>>();
// @ts-expect-error made by reading only
new Interactions();

// Questions: the present is always given.
if (kept) {
  const again: Interactions | undefined = Interactions.fromBytes(kept.toBytes());
  const tally: Tally = kept.with(again ?? kept).tally(registry, { now: Date.now(), days: 7 });
  claim<Same<keyof Tally["classification"], Classification>>();
  claim<Same<keyof Tally["category"], Category>>();
  const candidate: Candidate = { customerId: "C1", offerId: undefined };
  const said: Checked<Suppression> = kept.suppression(registry, anything, candidate, { now: tally.total });
  const metric: Checked<Metric> = kept.metric(registry, anything, { now: new Date(), customerId: "C1" });
  const experiment: Experiment = kept.experiment({ unit: "interaction", conversion: ["convert"], control: "A" });
  const uplift: Uplift | null | undefined = experiment.variants[0]?.uplift;
  const until: number | undefined = said.value?.until;
  const value: number | null | undefined = metric.value?.groups[0]?.value;
  // @ts-expect-error without now
  kept.metric(registry, anything, {});
  // @ts-expect-error answers are frozen
  tally.total = 1;
  void [uplift, until, value];
}

const fault: Error = new InternalError("", undefined);
void fault;
