/**
 * `OutcomeRegistry`: the outcome types of a tenant, and every question about them.
 * @module
 */

import type { SystemOutcomeKey } from "../wasm/defaults.js";
import { CATEGORIES, CLASSIFICATIONS } from "../wasm/defaults.js";
import { NONE, pass } from "./answer.js";
import { checkBulk } from "./bulk.js";
import * as checks from "./checks.js";
import { InvalidRegistryError } from "./errors.js";
import { defaultsImage, RegistryImage } from "./image.js";
import { keyFor } from "./key.js";
import { checkLines } from "./lines.js";
import type { LineSource } from "./lines.js";
import { choice, readMessage, readOptions } from "./options.js";
import type { BulkOptions, CheckOptions, DefaultsOptions, LinesOptions, LoadOptions, RespondOptions } from "./options.js";
import { checkRespond, readRespond } from "./respond.js";
import { schemaOf } from "./schema.js";
import type { OutcomeSchema, Schemas } from "./schema.js";
import type {
  BulkAnswer,
  BulkItem,
  Category,
  Checked,
  Classification,
  Document,
  Issue,
  LineResult,
  ListFilter,
  NewOutcomeType,
  OutcomeType,
  OutcomeTypePatch,
  RegistryDocument,
  RespondAnswer,
  RespondCall,
} from "./types.js";
import { COMPLETE, LISTED, PROPOSE, SIZE, SUGGEST } from "./wasm/exports.js";

/** A lookup by key: the ten are always there, others may not be. */
export interface Lookup<Found> {
  /** What there is for one of the ten. */
  (key: SystemOutcomeKey): Found;
  /** What there is for any key; `undefined` where it is unknown. */
  (key: string): Found | undefined;
}

let defaults: OutcomeRegistry | undefined;

/**
 * The outcome types of a tenant. Immutable: loading, {@link OutcomeRegistry.with} and
 * {@link OutcomeRegistry.without} make new ones.
 *
 * ```ts
 * const registry = OutcomeRegistry.from(await response.text());
 * registry.get("click")?.classification;     // "positive"
 * registry.checkRespond(body).ok;
 * ```
 */
export class OutcomeRegistry implements Iterable<OutcomeType> {
  readonly #image: RegistryImage;

  /** Whether a key names a type, live or retired. Bound: `keys.filter(registry.has)`. */
  readonly has: (key: string) => boolean;
  /** The type of a key, live or retired: frozen, the same object at each call. Bound. */
  readonly get: Lookup<OutcomeType>;
  /** The classification of a key's type. Bound. */
  readonly classification: Lookup<Classification>;
  /** The category of a key's type. Bound. */
  readonly category: Lookup<Category>;
  /** Whether a key names a system type, which can be neither changed nor deleted. Bound. */
  readonly isSystem: (key: string) => boolean;
  /** The live key that an unknown word may have meant. Bound. */
  readonly suggest: (word: string) => string | undefined;

  private constructor(image: RegistryImage) {
    // Nobody else can have an image.
    if (!(image instanceof RegistryImage)) throw new TypeError("Use OutcomeRegistry.load, from or defaults");
    this.#image = image;
    const known = image._keys;
    const find = (key: string) => known.get(key) ?? image._find(key);
    this.get = find as Lookup<OutcomeType>;
    this.has = (key) => !!find(key);
    this.classification = ((key: string) => find(key)?.classification) as Lookup<Classification>;
    this.category = ((key: string) => find(key)?.category) as Lookup<Category>;
    this.isSystem = (key) => !!find(key)?.isSystem;
    this.suggest = (word) => keyFor(SUGGEST, image, word);
    // Frozen, so that reactive frameworks take it as a value and wrap no proxy around it.
    Object.freeze(this);
  }

  /** The ten system types alone. Without options it is the same object at each call. */
  static defaults(options?: DefaultsOptions): OutcomeRegistry {
    const message = readMessage(readOptions(options)?.message);
    const make = () => new OutcomeRegistry(new RegistryImage(defaultsImage(), NONE, message));
    return message ? make() : (defaults ??= make());
  }

  /**
   * Loads what `GET /api/v1/outcome-types` answers: `{"data":[…]}` or a bare array, as bytes, text or value.
   * One bad row never costs the others: it is repaired or left out, with a warning.
   *
   * @throws {TypeError} Options that make no sense. Never for any document.
   */
  static load(document: Document, options?: LoadOptions): Checked<OutcomeRegistry> {
    const checked = checks.load(document, options);
    return checked.ok ? pass(new OutcomeRegistry(checked.value), checked.warnings) : checked;
  }

  /**
   * {@link OutcomeRegistry.load}, for a document that must be good.
   *
   * @throws {InvalidRegistryError} The document is no list of outcome types; `issues` says why.
   */
  static from(document: Document, options?: LoadOptions): OutcomeRegistry {
    const checked = OutcomeRegistry.load(document, options);
    if (!checked.ok) throw new InvalidRegistryError(checked.issues, checked.warnings);
    return checked.value;
  }

  /** What was repaired or left out while this registry was made. */
  get warnings(): readonly Issue[] {
    return this.#image._warnings;
  }

  /** The number of live types. */
  get size(): number {
    return this.#image._ask(SIZE);
  }

  /** Whether the list was whole; where it was not, an unknown key is a warning and no error. */
  get complete(): boolean {
    return this.#image._ask(COMPLETE) > 0;
  }

  /** The live types, in the list's order. */
  [Symbol.iterator](): IterableIterator<OutcomeType> {
    return this.list()[Symbol.iterator]();
  }

  /**
   * The types that a filter lets through, in the list's order; live ones unless it asks for `retired`.
   *
   * ```ts
   * registry.list({ category: "response", system: false });
   * ```
   *
   * @throws {TypeError} The filter has a value that it cannot have.
   */
  list(filter?: ListFilter): OutcomeType[] {
    return this.#image._list(readFilter(readOptions(filter)));
  }

  /** The registry as JSON: what loads again to a registry that says the same. */
  toJSON(): RegistryDocument {
    const data = this.#image._list(LISTED);
    return this.complete ? { data } : { data, hasMore: true };
  }

  /** A free key made from a display name: `"quote_requested_2"` where `"quote_requested"` is taken. */
  proposeKey(name: string): string {
    return keyFor(PROPOSE, this.#image, name) as string;
  }

  /**
   * Checks the body that creates a type; the value is the exact body to POST.
   * A missing classification or category is filled in and reported; the create schema refuses it.
   */
  checkCreate(draft: Document, options?: CheckOptions): Checked<NewOutcomeType> {
    return checks.create(this.#image, draft, options);
  }

  /** Checks the body that changes the type of a key; the value is the exact body to send. */
  checkEdit(key: string, patch: Document, options?: CheckOptions): Checked<OutcomeTypePatch> {
    return checks.edit(this.#image, key, patch, options);
  }

  /**
   * Checks whether the type of a key may be deleted; the value is that type, or `undefined` where the key is
   * unknown and that is no error: in an incomplete registry, or because `rules` say so.
   */
  checkDelete(key: string, options?: CheckOptions): Checked<OutcomeType | undefined> {
    return checks.remove(this.#image, key, options);
  }

  /**
   * Checks a Respond call, the body of `POST /api/v1/respond`.
   *
   * ```ts
   * const checked = registry.checkRespond(bytes, { idempotencyKey: request.headers.get("Idempotency-Key") });
   * if (checked.ok) checked.value.outcome?.classification;
   * ```
   *
   * @throws {TypeError} Options that make no sense. Never for any call.
   */
  checkRespond(call: Document, options?: RespondOptions): Checked<RespondAnswer> {
    return checkRespond(this.#image, call, options);
  }

  /** {@link OutcomeRegistry.checkRespond} with the call itself as the value, in its current form. */
  readRespond(call: Document, options: RespondOptions & { readonly as: "bulk-item" }): Checked<BulkItem>;
  readRespond(call: Document, options?: RespondOptions): Checked<RespondCall>;
  readRespond(call: Document, options?: RespondOptions): Checked<RespondCall | BulkItem> {
    return readRespond(this.#image, call, options) as Checked<RespondCall | BulkItem>;
  }

  /** Checks a bulk body and parts it into what passes and what does not: the server would refuse the whole. */
  checkBulk(body: Document, options?: BulkOptions): BulkAnswer {
    return checkBulk(this.#image, body, options);
  }

  /** Checks a key for a new type: its syntax, and that it is free. */
  checkKey(key: unknown, options?: CheckOptions): Checked<string> {
    return checks.checkKeyIn(this.#image, key, options);
  }

  /**
   * Checks NDJSON line by line, in bounded memory. Results come in batches; stop iterating, and the source
   * is told so.
   *
   * ```ts
   * for await (const results of registry.checkLines(createReadStream("calls.ndjson"), { as: "bulk-item" }))
   *   for (const { line, issues } of results) for (const issue of issues) console.log(line, issue.message);
   * ```
   *
   * @throws {TypeError} At once: options or a source that make no sense. While iterating: a chunk that is
   * neither bytes nor text, and whatever the source throws.
   */
  checkLines(source: LineSource, options?: LinesOptions): AsyncIterableIterator<readonly LineResult[]> {
    return checkLines(this.#image, source, options);
  }

  /**
   * The next registry, with a type put in, or in place of the one of the same key: for the row that the
   * server answered.
   *
   * @throws {InvalidRegistryError} The row is none.
   * @throws {TypeError} The key is a system type's.
   */
  with(row: Document): OutcomeRegistry {
    return new OutcomeRegistry(checks.withRow(this.#image, row));
  }

  /**
   * The next registry, with the type of a key retired; the same one where there is nothing to retire.
   *
   * @param deletedAt When (ISO 8601). Default: now.
   * @throws {TypeError} The key is a system type's.
   */
  without(key: string, deletedAt: string = new Date().toISOString()): OutcomeRegistry {
    const image = checks.withoutKey(this.#image, key, deletedAt);
    return image === this.#image ? this : new OutcomeRegistry(image);
  }

  /**
   * A check as a Standard Schema, for form, RPC and router libraries.
   *
   * ```ts
   * const schema = registry.schema("create", { message: (issue) => translate(issue) });
   * ```
   *
   * @throws {TypeError} An unknown kind, or options that make no sense.
   */
  schema<Kind extends keyof Schemas>(
    kind: Kind,
    ...options: Kind extends "edit" ? [options: Schemas[Kind]["options"]] : [options?: Schemas[Kind]["options"]]
  ): OutcomeSchema<Schemas[Kind]["input"], Schemas[Kind]["output"]>;
  schema(kind: keyof Schemas, options?: object): unknown {
    return schemaOf(this.#image, kind, options);
  }
}

/** A filter as the core's bits. */
function readFilter(filter: ListFilter = {}): number {
  return (
    choice("classification", filter.classification, CLASSIFICATIONS) |
    (choice("category", filter.category, CATEGORIES) << 2) |
    (choice("system", filter.system, [true, false]) << 4) |
    (choice("retired", filter.retired === false ? undefined : filter.retired, [true, "both"]) << 6)
  );
}
