// The endpoints that name outcome types. They keep a registry and what was recorded; every decision is the package's.

import { InvalidRegistryError, OutcomeRegistry } from "../pkg/dist/index.js";
import { createInteractions } from "./interactions.mjs";
import { page } from "./page.mjs";

// How much of a body is worth reading. What is too large is the package's word: it gets one byte more than this.
const CALL = 1 << 20;
const BATCH = 1 << 24;
const ANY_SIZE = 2 ** 31 - 1;

// Statuses that the platform's documentation leaves open, each chosen once:
/** 200, as a bulk call has it; a call that is repeated is answered the same. */
const RECORDED = 200;
/** 403 rather than 409: no change of anything would make it possible. */
const SYSTEM = 403;

/** Said in the log, for the answer does not show it. */
const KNOWN = "this idempotency key is known: not recorded again, answered as before";

/** Refusals are 400, but for these; which of them may occur is up to the check. */
const TOO_LARGE = { too_large: 413 };
const TAKEN = { ...TOO_LARGE, duplicate_key: 409 };
const UNCHANGEABLE = { ...TOO_LARGE, unknown_outcome_type: 404, retired_outcome_type: 404, system_type: SYSTEM };

const NAMES = {
  400: "BAD_REQUEST",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  405: "METHOD_NOT_ALLOWED",
  408: "REQUEST_TIMEOUT",
  409: "CONFLICT",
  413: "PAYLOAD_TOO_LARGE",
  431: "REQUEST_HEADER_FIELDS_TOO_LARGE",
  500: "INTERNAL_SERVER_ERROR",
};

/** The platform's error envelope; `issues`, where there are any, say more. */
export function refusal(status, message, issues) {
  const error = { code: NAMES[status], message, status };
  return { status, body: issues === undefined ? { error } : { error, issues } };
}

/** What a check refused, under the status that its issues ask for. */
function refused(issues, statuses = TOO_LARGE) {
  const status = issues.map(({ code }) => statuses[code]).find((found) => found !== undefined) ?? 400;
  return refusal(status, issues[0].message, issues);
}

/**
 * Endpoints with a memory of their own, as a function from a path to the methods there: `answer` takes
 * `{ key, query, bytes, idempotencyKey, place }` and gives `{ status, body, text, warnings, note }`; `reads` is how
 * much of a body it wants.
 */
export function createEndpoints() {
  let registry = OutcomeRegistry.defaults();
  const interactions = createInteractions();

  /** Keeps a row; one that is too large to be listed again is refused like any other document. */
  function keep(status, row, warnings) {
    try {
      registry = registry.with(row);
    } catch (error) {
      if (error instanceof InvalidRegistryError) return refused(error.issues);
      throw error;
    }
    return { status, body: row, warnings };
  }

  const list = {
    answer({ query }) {
      const deleted = query.get("includeDeleted") === "true";
      return { status: 200, body: { data: registry.list({ retired: deleted ? "both" : false }) } };
    },
  };

  const create = {
    reads: CALL,
    answer({ bytes }) {
      const { ok, value, issues, warnings } = registry.checkCreate(bytes);
      if (!ok) return refused(issues, TAKEN);
      return keep(201, { ...value, isSystem: false, createdAt: now() }, warnings);
    },
  };

  const edit = {
    reads: CALL,
    answer({ key, bytes }) {
      const { ok, value, issues, warnings } = registry.checkEdit(key, bytes);
      if (!ok) return refused(issues, UNCHANGEABLE);
      return keep(200, { ...registry.get(key), ...value, updatedAt: now() }, warnings);
    },
  };

  const remove = {
    answer({ key }) {
      const { ok, issues, warnings } = registry.checkDelete(key);
      if (!ok) return refused(issues, UNCHANGEABLE);
      registry = registry.without(key);
      return { status: 204, warnings };
    },
  };

  const respond = {
    reads: CALL,
    answer({ bytes, idempotencyKey }) {
      const { ok, value, issues, warnings } = registry.readRespond(bytes, { idempotencyKey, now: Date.now() });
      if (!ok) return refused(issues);
      const { interaction, known } = interactions.record(value, registry.get(value.outcome));
      return { status: RECORDED, body: interaction, warnings, note: known ? KNOWN : undefined };
    },
  };

  const bulk = {
    reads: BATCH,
    answer({ bytes }) {
      const answer = registry.checkBulk(bytes, { now: Date.now() });
      const { size, passed, refused: failures, body, issues, warnings } = answer;
      // One malformed item refuses the whole request; what only the registry says concerns its item alone.
      const malformed = failures.flatMap((item) => item.issues).filter(({ basis }) => basis === "document");
      const faults = [...issues, ...malformed];
      if (faults.length > 0) return refused(faults);
      // A decoder, for it takes a byte-order mark away.
      const { outcomes } = passed.length > 0 ? JSON.parse(new TextDecoder().decode(body)) : { outcomes: [] };
      for (const item of outcomes) {
        // It has passed: whatever its size, here it is only brought into its current form.
        const { value } = registry.readRespond(item, { as: "bulk-item", maxBytes: ANY_SIZE });
        interactions.record(value, registry.get(value.outcome));
      }
      const errors = failures.map((item) => ({ index: item.index, error: item.issues[0].message }));
      const counts = { processed: size, succeeded: passed.length, failed: errors.length };
      return { status: passed.length > 0 ? 200 : 422, body: { ...counts, errors }, warnings };
    },
  };

  const front = { answer: ({ place }) => ({ status: 200, text: page(place) }) };

  const paths = new Map([
    ["/", { GET: front }],
    ["/api/v1/outcome-types", { GET: list, POST: create }],
    ["/api/v1/respond", { POST: respond }],
    ["/api/v1/capture", { POST: respond }], // an alias
    ["/api/v1/respond/bulk", { POST: bulk }],
  ]);
  const ofOneType = { PUT: edit, DELETE: remove };

  return (path) => {
    const methods = paths.get(path);
    if (methods !== undefined) return { methods };
    const key = keyIn(path);
    return key === undefined ? { methods: {} } : { methods: ofOneType, key };
  };
}

/** The key in `/api/v1/outcome-types/:key`; none where the path is another or its escapes are broken. */
function keyIn(path) {
  const escaped = /^\/api\/v1\/outcome-types\/([^/]+)$/.exec(path)?.[1];
  try {
    return escaped && decodeURIComponent(escaped);
  } catch {
    return undefined;
  }
}

/** As the platform writes it, without milliseconds: `2026-03-10T14:30:00Z`. */
function now() {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}
