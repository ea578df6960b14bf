// What can be asked of the core. It has few exports, since each costs bytes (src/wasm/mod.rs): here they get
// their many names, and its numbers their meaning. A refused document is a negative verdict; `issues` and its
// like then explain the last check.

/** The core's functions, and the memory that documents and images are written into. */
export interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };

  /** Makes the input buffer hold so many bytes, and says where it is. */
  input_reserve(capacity: number): number;
  /** Where the severities of `rules` go, one byte a code. */
  rules_address(): number;
  /** Where the last panic left its words: their length in four bytes, then UTF-8. */
  panic_address(): number;
  /** Where registry images are cached. */
  arena_address(): number;
  /** Makes room for an image; offset 0 says that every earlier one is gone. */
  arena_place(length: number): number;

  respond(registry: number, length: number, extraLength: number, flags: number, maxIssues: number, maxBytes: number, now: number): number;
  bulk(registry: number, length: number, flags: number, maxIssues: number, maxBytes: number, now: number): number;
  load(length: number, flags: number, maxIssues: number, maxBytes: number, maxTypes: number, maxDepth: number): number;
  create(registry: number, length: number, flags: number, maxIssues: number): number;
  edit(registry: number, length: number, extraLength: number, flags: number, maxIssues: number): number;
  remove(registry: number, length: number, flags: number, maxIssues: number): number;
  key(registry: number, length: number, flags: number, maxIssues: number): number;
  outcome(registry: number, length: number, flags: number, maxIssues: number): number;
  lines(registry: number, length: number, flags: number, maxIssues: number, maxLine: number, now: number, line: number, offset: number, dropped: number, mark: number): number;

  issues(): unknown;
  value(): string;
  word(): string | undefined;
  image(): Uint8Array;
  bulk_answer(): unknown;
  bulk_body(): Uint8Array;
  line_answers(): unknown;
  lines_state(): unknown;

  defaults_image(): Uint8Array;
  with_row(registry: number, length: number, flags: number): number;
  without_key(registry: number, length: number, extraLength: number): number;
  find(registry: number, length: number): number;
  row(registry: number, row: number): unknown;
  rows(registry: number, filter: number): readonly number[];
  size(registry: number): number;
  complete(registry: number): boolean;
  suggest(registry: number, length: number): string | undefined;
  propose_key(registry: number, length: number): string;
  to_key(length: number): string;
}

/** The exports as they are: few, with plain numbers. */
export interface Raw {
  reserve(capacity: number): number;
  place(length: number): number;
  address(of: number): number;
  check(asked: number, registry: number, length: number, extraLength: number, flags: number, maxIssues: number, maxBytes: number, now: number): number;
  lines: Exports["lines"];
  answer(which: number, registry: number, argument: number): unknown;
}

/** Keys are looked up whatever their length: who asks has bounded it. */
const NO_LIMIT = 0xffffffff;

/** The core by its many names. */
export function named(raw: Raw, memory: Exports["memory"]): Exports {
  const { check, answer } = raw;
  const parsed = (which: number, registry: number, argument: number) => JSON.parse(answer(which, registry, argument) as string);
  const simply = (asked: number) => (registry: number, length: number, flags: number, maxIssues: number) =>
    check(asked, registry, length, 0, flags, maxIssues, 0, NaN);
  const ask = (asked: number, registry: number, length: number, extraLength: number) =>
    check(asked, registry, length, extraLength, 0, 0, NO_LIMIT, NaN);
  const made = () => answer(7, 0, 0) as Uint8Array;
  return {
    memory,

    input_reserve: raw.reserve,
    arena_place: raw.place,
    arena_address: () => raw.address(0),
    rules_address: () => raw.address(1),
    panic_address: () => raw.address(2),

    respond: (registry, length, extraLength, flags, maxIssues, maxBytes, now) =>
      check(0, registry, length, extraLength, flags, maxIssues, maxBytes, now),
    bulk: (registry, length, flags, maxIssues, maxBytes, now) => check(1, registry, length, 0, flags, maxIssues, maxBytes, now),
    load: (length, flags, maxIssues, maxBytes, maxTypes, maxDepth) =>
      check(2, maxTypes, length, maxDepth, flags, maxIssues, maxBytes, NaN),
    create: simply(3),
    edit: (registry, length, extraLength, flags, maxIssues) => check(4, registry, length, extraLength, flags, maxIssues, 0, NaN),
    remove: simply(5),
    key: simply(6),
    outcome: simply(7),
    lines: raw.lines,

    issues: () => parsed(0, 0, 0),
    value: () => answer(1, 0, 0) as string,
    word: () => answer(2, 0, 0) as string | undefined,
    image: made,
    bulk_answer: () => parsed(3, 0, 0),
    bulk_body: () => answer(4, 0, 0) as Uint8Array,
    line_answers: () => parsed(5, 0, 0),
    lines_state: () => parsed(6, 0, 0),

    defaults_image: () => (ask(13, 0, 0, 0), made()),
    with_row: (registry, length, flags) => check(8, registry, length, 0, flags, 0, 0, NaN),
    without_key: (registry, length, extraLength) => ask(9, registry, length, extraLength),
    find: (registry, length) => ask(10, registry, length, 0),
    size: (registry) => ask(11, registry, 0, 0),
    complete: (registry) => ask(12, registry, 0, 0) > 0,
    row: (registry, row) => parsed(8, registry, row),
    rows: (registry, filter) => parsed(9, registry, filter),
    suggest: (registry, length) => answer(10, registry, length) as string | undefined,
    propose_key: (registry, length) => answer(11, registry, length) as string,
    to_key: (length) => answer(12, 0, length) as string,
  };
}
