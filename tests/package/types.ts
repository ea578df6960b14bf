/** What the package's types promise: this file only has to compile (and each `@ts-expect-error` has to be one). */
import {
  CATEGORIES,
  checkKey,
  CLASSIFICATIONS,
  InternalError,
  InvalidRegistryError,
  ISSUE_CODES,
  issuesFromResponse,
  OutcomeRegistry,
  SYSTEM_OUTCOME_TYPES,
  toKey,
} from "kaireon-outcomes";
import type {
  BulkAnswer,
  BulkBody,
  BulkItem,
  Category,
  Checked,
  Classification,
  Issue,
  IssueCode,
  LineResult,
  NewOutcomeType,
  OutcomeKey,
  OutcomeSchema,
  OutcomeType,
  OutcomeTypeDraft,
  OutcomeTypePatch,
  RegistryDocument,
  RespondAnswer,
  RespondCall,
  RespondInput,
  Rules,
  StandardJSONSchemaV1,
  StandardSchemaV1,
  SystemOutcomeKey,
  Validated,
} from "kaireon-outcomes";
import { createRegistryClient, createRegistryPool, denoKvStore, kvStore, memoryStore, RegistryLoadError } from "kaireon-outcomes/client";
import type { LoadFailure, RegistryClient, RegistryClientOptions, RegistryEvent, RegistryPool, RegistryState, RegistryStore } from "kaireon-outcomes/client";
import { withJsonSchema } from "kaireon-outcomes/json-schema";

/** Two types are the same, not merely assignable. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function claim<_Claim extends true>(): void {}

declare const text: string;
declare const anything: unknown;
const registry = OutcomeRegistry.defaults();

// Lookups: the ten are always there, others may not be.
const click = registry.get("click");
claim<Same<typeof click, OutcomeType>>();
const found = registry.get(text);
claim<Same<typeof found, OutcomeType | undefined>>();
const classification = registry.classification("opt_out");
claim<Same<typeof classification, Classification>>();
const category = registry.category(text);
claim<Same<typeof category, Category | undefined>>();
const live: string[] = ["click", "custom"].filter(registry.has);
const kinds: (OutcomeType | undefined)[] = [text].map(registry.get);
// @ts-expect-error A type is frozen.
click.name = "";
for (const type of registry) claim<Same<typeof type, OutcomeType>>();
const listed: readonly OutcomeType[] = registry.list({ category: "response", system: false, retired: "both" });
// @ts-expect-error There is no such category.
registry.list({ category: "reply" });
const json: RegistryDocument = registry.toJSON();

// Keys: editors offer the ten, every text is taken.
const key: OutcomeKey = "anything";
const system: SystemOutcomeKey = "click";
// @ts-expect-error Not one of the ten.
const stranger: SystemOutcomeKey = "expired";
const checkedKey: Checked<string> = checkKey(anything);
const made: string = toKey(anything);

// An answer is told apart by `ok`.
const checked = registry.checkRespond(anything, { idempotencyKey: null, now: new Date(), as: "call" });
if (checked.ok) {
  claim<Same<typeof checked.value, RespondAnswer>>();
  const none: undefined = checked.issues;
} else {
  const none: undefined = checked.value;
  const first: Issue = checked.issues[0];
  if (first.code === "unknown_outcome_type") {
    const word: string = first.key;
    const suggestion: string | undefined = first.suggestion;
  }
  // @ts-expect-error Only some codes have a limit.
  first.limit;
  const place: readonly (string | number)[] = first.path;
}
const warnings: readonly Issue[] = checked.warnings;
const code: IssueCode = "too_many_issues";

const call = registry.readRespond(text);
if (call.ok) {
  claim<Same<typeof call.value, RespondCall>>();
  const id: string = call.value.idempotencyKey;
  const member: unknown = call.value["anythingElse"];
}
const item = registry.readRespond(text, { as: "bulk-item" });
if (item.ok) claim<Same<typeof item.value, BulkItem>>();

const created = registry.checkCreate(anything, { rules: { defaulted: "error" } });
if (created.ok) {
  claim<Same<typeof created.value, NewOutcomeType>>();
  const next: OutcomeRegistry = registry.with(created.value).without("custom");
}
const removed = registry.checkDelete(text);
if (removed.ok) claim<Same<typeof removed.value, OutcomeType | undefined>>();

// Bulk: always partitioned.
const bulk: BulkAnswer = registry.checkBulk(anything);
const send: Uint8Array | undefined = bulk.body;
for (const { index, issues } of bulk.refused) {
  const at: number = index;
  const first: Issue = issues[0];
}

// Lines: from whatever gives bytes or text.
declare const stream: {
  getReader(): {
    read(): Promise<{ done: boolean; value?: Uint8Array }>;
    cancel(): Promise<void>;
    releaseLock(): void;
  };
};
declare const chunks: AsyncIterable<Uint8Array>;
const lines: AsyncIterable<readonly LineResult[]> = registry.checkLines(chunks, { as: "bulk-item" });
registry.checkLines(stream);
registry.checkLines(["{}\n", "{}"]);
registry.checkLines(new Uint8Array(1));
// @ts-expect-error Numbers are no chunks.
registry.checkLines([1, 2]);

// Rules: every code but those of reading.
const rules: Rules = { unknown_field: "off", timestamp_form: "error" };
// @ts-expect-error A code of reading cannot be overridden.
registry.checkBulk(anything, { rules: { invalid_json: "off" } });
// @ts-expect-error There is no such severity.
registry.checkBulk(anything, { rules: { unknown_field: "info" } });
registry.checkRespond(anything, { message: (issue) => (issue.code === "required" ? "Fehlt" : undefined) });

// Schemas infer their input and output.
const create = registry.schema("create");
claim<Same<StandardSchemaV1.InferInput<typeof create>, OutcomeTypeDraft>>();
claim<Same<StandardSchemaV1.InferOutput<typeof create>, NewOutcomeType>>();
const standard: StandardSchemaV1<OutcomeTypeDraft, NewOutcomeType> = create;
// Libraries infer by what `validate` answers, too: what passed is there.
declare function inferred<Input, Output>(schema: StandardSchemaV1<Input, Output>): [Input, Output];
const both = inferred(create);
claim<Same<typeof both, [OutcomeTypeDraft, NewOutcomeType]>>();
const edit = registry.schema("edit", { key: "custom" });
claim<Same<StandardSchemaV1.InferOutput<typeof edit>, OutcomeTypePatch>>();
// @ts-expect-error The edit schema needs the key.
registry.schema("edit");
const respond = registry.schema("respond", { idempotencyKey: "k1" });
claim<Same<StandardSchemaV1.InferInput<typeof respond>, RespondInput>>();
claim<Same<StandardSchemaV1.InferOutput<typeof respond>, RespondCall>>();
const body = registry.schema("bulk");
claim<Same<StandardSchemaV1.InferOutput<typeof body>, BulkBody>>();
const outcome = registry.schema("outcome");
claim<Same<StandardSchemaV1.InferOutput<typeof outcome>, OutcomeKey>>();
const free: OutcomeSchema<string, string> = registry.schema("key");
const validated = free["~standard"].validate(anything);
claim<Same<typeof validated, Validated<string>>>();
const asChecked: Checked<string> = validated;
// @ts-expect-error There is no such schema.
registry.schema("policy");
const described: StandardJSONSchemaV1<RespondInput, RespondCall> = withJsonSchema(registry, "respond", { idempotencyKey: "k1" });
const target: Record<string, unknown> = described["~standard"].jsonSchema.input({ target: "draft-07" });
// @ts-expect-error There is no JSON Schema of a key.
withJsonSchema(registry, "key");

// Loading.
const loaded = OutcomeRegistry.load(anything, { maxTypes: 10, maxDepth: 10, maxBytes: 1000 });
if (loaded.ok) claim<Same<typeof loaded.value, OutcomeRegistry>>();
// @ts-expect-error Registries are loaded, not made.
new OutcomeRegistry();
try {
  OutcomeRegistry.from(text);
} catch (error) {
  if (error instanceof InvalidRegistryError) {
    const first: Issue = error.issues[0];
    const rest: readonly Issue[] = error.warnings;
  }
  if (error instanceof InternalError) error.message;
}

// Data and the rest.
const codes: readonly IssueCode[] = ISSUE_CODES;
const classifications: readonly Classification[] = CLASSIFICATIONS;
const categories: readonly Category[] = CATEGORIES;
const ten: readonly OutcomeType[] = SYSTEM_OUTCOME_TYPES;
const refused: readonly Issue[] = issuesFromResponse(400, anything);

// A client: its options, what it answers, what it tells.
const options: RegistryClientOptions = { url: new (class { href = "" })(), headers: async () => ({ "X-API-Key": text }), initial: registry, cacheMaxAge: 60_000 };
const client: RegistryClient = createRegistryClient(options);
// @ts-expect-error There is no client without an address.
createRegistryClient({});
// @ts-expect-error Times are numbers.
createRegistryClient({ url: text, cacheMaxAge: "60s" });
const current: OutcomeRegistry = client.current;
const state: RegistryState = client.state;
// @ts-expect-error It is put there by `set`.
client.current = registry;
async function asks(context: { waitUntil(promise: Promise<unknown>): void }): Promise<void> {
  const got = await client.get({ waitUntil: (promise) => context.waitUntil(promise) });
  claim<Same<typeof got, OutcomeRegistry>>();
  const confirmed = await client.confirm(Date.now());
  claim<Same<typeof confirmed, OutcomeRegistry | undefined>>();
  await client.reload().catch((error: unknown) => {
    if (error instanceof RegistryLoadError) {
      const why: LoadFailure = error.reason;
      const at: number | undefined = error.retryAt;
    }
  });
}
// As React's useSyncExternalStore takes it.
declare function external<T>(subscribe: (changed: () => void) => () => void, snapshot: () => T): T;
const shown = external(client.subscribe, () => client.current);
claim<Same<typeof shown, OutcomeRegistry>>();
const told = (event: RegistryEvent): number | string => {
  if (event.type === "failed") return event.retryAt + event.failures;
  if (event.type === "loaded") return event.warnings.length;
  return event.type === "store_failed" ? event.operation : event.type;
};
declare const namespace: { get(key: string): Promise<string | null>; put(key: string, value: string): Promise<void> };
declare const deno: { get(key: readonly string[]): Promise<{ value: unknown }>; set(key: readonly string[], value: unknown): Promise<{ ok: true }> };
const stores: RegistryStore[] = [memoryStore(), kvStore(namespace), denoKvStore(deno), { get: () => undefined, set() {} }];
const pool: RegistryPool<{ key: string }> = createRegistryPool({
  tenant: (name, { key }: { key: string }) => ({ url: text, headers: { "X-API-Key": key, "X-Tenant-Id": name }, store: stores[0]!, onEvent: told }),
  max: 10,
});
const ofTenant: RegistryClient = pool.get("t_001", { key: text });
// @ts-expect-error The context is asked for.
pool.get("t_001");
