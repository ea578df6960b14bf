/**
 * `Interactions`: a log of what happened to customers, and every question about it.
 * @module
 */

import type { Bytes, Checked, Document, LineSource } from "kaireon-outcomes";
import { bytesOf, open } from "../document.js";
import { LIST_LIMIT } from "../limits.js";
import { choice, misuse, readCount, readOptions } from "../options.js";
import { needed, readCandidate, readKeys, readText, readTime, readWindow, settingsOf } from "./options.js";
import type { Candidate, ExperimentOptions, LinesReadOptions, MetricOptions, ReadOptions, SuppressionOptions, TallyOptions } from "./options.js";
import { ask, askOf, EXPERIMENT, METRIC, SUPPRESSION, TALLY } from "./question.js";
import type { Question } from "./question.js";
import { joined, Log, readList, readLines, readStream, restored } from "./reading.js";
import type { LogRead } from "./reading.js";
import { imageOf } from "./registry.js";
import type { AskableRegistry } from "./registry.js";
import type { Experiment, InteractionsRead, Metric, Suppression, Tally } from "./types.js";

/**
 * Interactions, read once and kept as bytes. Immutable, without a handle: nothing has to be freed. It holds the outcomes
 * as they were named; what they mean the registry says that is asked with.
 *
 * ```ts
 * const { value: log, leftOut } = Interactions.read(rows);
 * log?.tally(registry).classification.positive;
 * ```
 */
export class Interactions {
  readonly #log: Log;

  private constructor(log: Log) {
    // Nobody else can have a log.
    if (!(log instanceof Log)) throw new TypeError("Use Interactions.read, readLines or fromBytes");
    this.#log = log;
    Object.freeze(this);
  }

  /**
   * Reads rows: an array of objects, the same in `data`, or with `as: "lines"` NDJSON. Respond calls and the rows of the
   * platform's history are read as they are. A bad row is left out and reported.
   *
   * @throws {TypeError} Options that make no sense, and with `as: "lines"` what is neither bytes nor text. Never for any
   * other document.
   */
  static read(document: Document, options?: ReadOptions): InteractionsRead {
    const isLines = choice("as", readOptions(options)?.as, ["list", "lines"]) === 2;
    return Interactions.#made(isLines ? readLines(document, options) : readList(document, options));
  }

  /**
   * Reads NDJSON as it streams past: a line is read when its end has come, and a row that was read takes some 16 bytes.
   *
   * @throws {TypeError} At once: options or a source that make no sense. The promise is rejected where a chunk is neither
   * bytes nor text, and with whatever the source throws.
   */
  static readLines(source: LineSource, options?: LinesReadOptions): Promise<InteractionsRead> {
    return readStream(source, options).then(Interactions.#made);
  }

  static #made({ _log, ...said }: LogRead): InteractionsRead {
    return Object.freeze(_log ? { ...said, ok: true, value: new Interactions(_log) } : { ...said, ok: false }) as InteractionsRead;
  }

  /** A log that was kept; `undefined` where these bytes are none, or of another version. */
  static fromBytes(bytes: ArrayBufferView | ArrayBuffer): Interactions | undefined {
    const log = restored((bytesOf(bytes) ?? misuse("bytes", "bytes", bytes)).slice());
    return log && new Interactions(log);
  }

  /** The log's bytes, to keep. */
  toBytes(): Bytes {
    return this.#log._bytes.slice();
  }

  /** How many interactions there are. */
  get size(): number {
    return this.#log._size;
  }

  /** These and, behind them, others. */
  with(others: Interactions): Interactions {
    if (!(others instanceof Interactions)) misuse("others", "Interactions", others);
    return new Interactions(joined(this.#log, others.#log));
  }

  #beside(registry: AskableRegistry): Question {
    return { _registry: imageOf(registry), _log: this.#log._bytes };
  }

  /**
   * The report: how many there are of each key, classification and category.
   *
   * @throws {TypeError} No registry, or options that make no sense.
   */
  tally(registry: AskableRegistry, options?: TallyOptions): Tally {
    const window = readWindow(readOptions(options) ?? {});
    return ask(TALLY, this.#beside(registry), window, settingsOf(undefined, LIST_LIMIT)) as Tally;
  }

  /**
   * What a contact policy says of a candidate: whether it suppresses now, since which interaction, and until when.
   *
   * ```ts
   * log.suppression(registry, policy, { customerId: "C1", offerId: "o1" }, { now: Date.now() }).value?.suppressed;
   * ```
   *
   * @throws {TypeError} No registry, no candidate, or options that make no sense. Never for any policy.
   */
  suppression(
    registry: AskableRegistry,
    policy: Document,
    candidate: Candidate,
    options: SuppressionOptions,
  ): Checked<Suppression> {
    const settings = settingsOf(needed(options), LIST_LIMIT);
    const asked = { ...readCandidate(candidate), now: readTime("now", options.now) };
    return askOf(SUPPRESSION, open(policy, settings._limit), this.#beside(registry), asked, settings);
  }

  /**
   * What a behavioral metric comes to, now, of one customer where one is given.
   *
   * @throws {TypeError} No registry, or options that make no sense. Never for any definition.
   */
  metric(registry: AskableRegistry, definition: Document, options: MetricOptions): Checked<Metric> {
    const settings = settingsOf(needed(options), LIST_LIMIT);
    const { now, customerId } = options;
    const asked = { now: readTime("now", now), customerId: readText("customerId", customerId) };
    return askOf(METRIC, open(definition, settings._limit), this.#beside(registry), asked, settings);
  }

  /**
   * What an experiment says: the rate of each variant, and what that is against the control.
   *
   * @throws {TypeError} Options that make no sense.
   */
  experiment(options?: ExperimentOptions): Experiment {
    const given = readOptions(options) ?? {};
    choice("unit", given.unit, ["customer", "interaction"]);
    const asked = {
      ...readWindow(given),
      exposure: readKeys("exposure", given.exposure),
      conversion: readKeys("conversion", given.conversion),
      unit: given.unit,
      control: readText("control", given.control),
      minSamples: given.minSamples === undefined ? undefined : readCount(given.minSamples, "minSamples", 0),
    };
    return ask(EXPERIMENT, { _log: this.#log._bytes }, asked, settingsOf(undefined, LIST_LIMIT)) as Experiment;
  }
}
