/**
 * A guard in front of the API: what is certainly wrong is refused with a reason, all else goes upstream as it came.
 * @module
 */

import { OutcomeRegistry } from "kaireon-outcomes";
import type { BulkAnswer, Issue } from "kaireon-outcomes";
import type { WebHeadersShape, WebRequest, WebRequestShape, WebResponse, WebResponseShape, WebStreamShape } from "../web.js";
import { readBody } from "./body.js";
import { answerToAll, answerToNone, bulkRules, isSealed, issuesOf, itemsOf } from "./bulk.js";
import { PASSES, TOO_LARGE, clientOf, count, isTooLarge, judgeCall, refresh } from "./call.js";
import type { Finding } from "./call.js";
import { post } from "./letters.js";
import { MODES, readGuardOptions } from "./options.js";
import type { Asked, GuardMode, RespondGuardOptions } from "./options.js";
import { refuse, withoutKeys } from "./refusal.js";
import { Tally } from "./tally.js";
import type { UnknownKey } from "./tally.js";
import { UpstreamError, forwardedHeaders, passedOn, questionOf, within } from "./upstream.js";
import { Visit } from "./visit.js";
import type { ExecutionLike, GuardedPath } from "./visit.js";

declare const Request: new (url: string, init: object) => WebRequestShape;
declare const Headers: new (init: WebHeadersShape) => WebHeadersShape;
declare const Response: new (body: unknown, init: WebResponseShape) => WebResponseShape;

/** What a request turned out to be, for whoever goes on with it. */
export type GuardChecked =
  | {
      /** It goes on. */
      readonly ok: true;
      /** The request to go on with, its body unread: that of a bulk call is without what was withheld. */
      readonly request: WebRequest;
      /** The places of the items that were withheld. */
      readonly withheld: readonly number[];
      /** The answer to the request that came, made of the answer to {@link GuardChecked.request}. */
      readonly answer: (response: WebResponse) => Promise<WebResponse>;
    }
  | {
      /** It goes no further. */
      readonly ok: false;
      /** What its caller gets. */
      readonly response: WebResponse;
    };

/** How a request is checked. */
export interface GuardCheckOptions {
  /** Whether a bulk body may go on without what is malformed; else it is refused as a whole. Default: `true`. */
  readonly part?: boolean;
}

/** What {@link createRespondGuard} makes. Its functions are bound. */
export interface RespondGuard<Env = unknown> {
  /** Checks a request and forwards it. Never rejects. */
  readonly fetch: (request: WebRequest, env?: Env, context?: ExecutionLike) => Promise<WebResponse>;
  /**
   * Checks a request for whoever goes on with it. Its body is read; `request` of the answer has it again.
   *
   * @throws {TypeError} The body was read before.
   */
  readonly check: (request: WebRequest, env?: Env, context?: ExecutionLike, options?: GuardCheckOptions) => Promise<GuardChecked>;
  /** Whether a request is one that is checked. */
  readonly guards: (request: WebRequest) => boolean;
  /** The keys that no registry knew, the most frequent first, a hundred at most. */
  readonly unknownKeys: () => readonly UnknownKey[];
}

/** The most bytes that are checked, unless `maxBytes` says so. */
const MOST: Readonly<Record<GuardedPath, number>> = { "/respond": 1 << 20, "/capture": 1 << 20, "/respond/bulk": 16 << 20 };

/** Seconds after which a caller may come again while nothing but the ten is known. */
const RETRY_AFTER = "5";

const UNACKNOWLEDGED = "whether it was recorded is not known, so send it again with the same idempotency key";

/** What goes on, or the answer that ends it. */
interface Examined {
  readonly _refusal?: WebResponseShape;
  readonly _body: Uint8Array<ArrayBuffer> | WebStreamShape | null;
  /** What the answer is to be made with, where something was withheld of these bytes. */
  readonly _parted?: { readonly _answer: BulkAnswer; readonly _bytes: Uint8Array<ArrayBuffer> };
}

/**
 * Makes a guard. An object with `fetch` is a Worker:
 *
 * ```ts
 * export default createRespondGuard<Env>({ registry: client, upstream: "https://api.example.com/api/v1" });
 * ```
 *
 * @throws {TypeError} Options that make no sense.
 */
export function createRespondGuard<Env = unknown>(given: RespondGuardOptions<Env>): RespondGuard<Env> {
  const options = readGuardOptions(given);
  const { rules, message, maxBytes, indexBase } = options;
  const shared = { ...(message && { message }), ...(maxBytes !== undefined && { maxBytes }) };
  // A check that is told of rules takes the longer way.
  const single = rules ? { ...shared, rules } : shared;
  const lowered = bulkRules(rules);
  const keys = new Tally();
  // What makes no sense is said now, and not at the first call.
  if (rules) OutcomeRegistry.defaults().checkRespond("{}", single);

  const asked = <T>(value: Asked<T, Env>, { _request, _env }: Visit<Env>): T | Promise<T> =>
    typeof value === "function" ? (value as (request: WebRequest, env: Env) => T | Promise<T>)(_request as never, _env) : value;

  const modeOf = async (visit: Visit<Env>): Promise<GuardMode> => {
    try {
      const mode = await asked<GuardMode>(options.mode, visit);
      if (MODES.includes(mode)) return mode;
      throw new TypeError(`\`mode\` must be one of ${MODES.join(", ")}`);
    } catch (error) {
      visit._tell({ type: "option_failed", option: "mode", error });
      return "report";
    }
  };

  /** What is wrong with a body, and of a bulk body what each item has. */
  const judge = async (visit: Visit<Env>, bytes: Uint8Array<ArrayBuffer>): Promise<Finding & { readonly _parted?: BulkAnswer }> => {
    let found;
    try {
      found = typeof options.registry === "function" ? await asked(options.registry, visit) : options.registry;
      if (!clientOf(found) && !("checkRespond" in found)) throw new TypeError("`registry` gave neither a client nor an OutcomeRegistry");
    } catch (error) {
      visit._tell({ type: "unchecked", reason: "registry", error });
      return PASSES;
    }
    const now = visit._arrivedAt;
    if (visit._place !== "/respond/bulk") {
      const idempotencyKey = visit._request.headers.get("Idempotency-Key");
      return judgeCall(visit, found, bytes, { ...single, idempotencyKey, now }, options, keys);
    }
    const client = clientOf(found);
    const parted = (client?.current ?? (found as OutcomeRegistry)).checkBulk(bytes, { ...shared, rules: lowered, now });
    if (client) refresh(client, visit);
    for (const issue of parted.warnings) count(keys, issue);
    if (parted.body === undefined) return isTooLarge(parted.issues) ? TOO_LARGE : { _issues: parted.issues };
    return parted.refused.length === 0 ? PASSES : { _parted: parted };
  };

  const examine = async (visit: Visit<Env>, mayPart: boolean): Promise<Examined> => {
    const { _request: request, _place: place } = visit;
    if (place === undefined) return { _body: request.body };
    const mode = options.mode === "enforce" ? "enforce" : await modeOf(visit);
    if (mode === "off") return { _body: request.body };

    const read = await readBody(request, maxBytes ?? MOST[place]);
    const { _bytes: bytes } = read;
    if (bytes === undefined) {
      if (read._stream !== undefined) {
        visit._tell({ type: "unchecked", reason: read._reason });
        return { _body: read._stream };
      }
      visit._tell({ type: "body_broken", error: read._error });
      return { _body: null, _refusal: refuse(400, "The body stopped half-way: nothing was forwarded") };
    }

    let finding;
    try {
      finding = await judge(visit, bytes);
    } catch (error) {
      visit._tell({ type: "unchecked", reason: "fault", error });
      return { _body: bytes };
    }
    const { _issues, _parted: parted, _tooLarge, _unavailable } = finding;
    if (_tooLarge) visit._tell({ type: "unchecked", reason: "too_large" });
    const issues = _issues ?? (parted && issuesOf(parted));
    if (issues === undefined && !_unavailable) return { _body: bytes };
    if (mode === "report") {
      visit._tell(issues ? { type: "reported", issues } : { type: "unavailable" });
      return { _body: bytes };
    }
    if (issues === undefined) {
      visit._tell({ type: "unavailable" });
      const headers = { "Retry-After": RETRY_AFTER };
      return { _body: null, _refusal: refuse(503, "The outcome types are not known at the moment: nothing was forwarded", undefined, headers) };
    }
    if (parted === undefined || !mayPart || isSealed(request.headers)) return { _body: null, _refusal: refused(visit, bytes, issues) };
    if (parted.passed.length > 0) return { _body: parted.body as Uint8Array<ArrayBuffer>, _parted: { _answer: parted, _bytes: bytes } };
    withheld(visit, bytes, parted);
    return { _body: null, _refusal: answerToNone(parted, indexBase) };
  };

  const refused = (visit: Visit<Env>, bytes: Uint8Array<ArrayBuffer>, issues: readonly Issue[]): WebResponseShape => {
    visit._tell({ type: "refused", issues });
    post(visit, options.onRefused, () => [{ bytes, issues }]);
    const { headers } = visit._request;
    const shown = options.suggest ? issues : withoutKeys(issues, bytes, { ...single, idempotencyKey: headers.get("Idempotency-Key"), now: visit._arrivedAt });
    return refuse(400, shown[0]?.message ?? "Refused", shown);
  };

  const withheld = (visit: Visit<Env>, bytes: Uint8Array<ArrayBuffer>, parted: BulkAnswer): void => {
    const indexes = parted.refused.map(({ index }) => index);
    visit._tell({ type: "withheld", indexes, issues: issuesOf(parted), size: parted.size });
    post(visit, options.onRefused, () => itemsOf(bytes, parted));
  };

  /** The API's answer as one to the request that came. Reads it only where something was withheld. */
  const answerOf = async (visit: Visit<Env>, { _parted }: Examined, response: WebResponseShape): Promise<WebResponseShape> => {
    // Any other answer says that nothing was recorded, so nothing has to be said of what was withheld.
    if (_parted === undefined || !(response.ok || response.status === 422)) return passedOn(response);
    const { _answer: parted, _bytes: bytes } = _parted;
    let text;
    try {
      text = await response.text();
    } catch (cause) {
      throw new UpstreamError("network", cause);
    }
    withheld(visit, bytes, parted);
    try {
      return answerToAll(text, response.headers, parted, indexBase);
    } catch (error) {
      visit._tell({ type: "upstream_failed", reason: "answer", error });
      const said = `The API's answer cannot be read: ${parted.refused.length} items were withheld, and of the others ${UNACKNOWLEDGED}`;
      return refuse(502, said, issuesOf(parted));
    }
  };

  /** What to say where there is no answer. */
  const unanswered = (visit: Visit<Env>, error: unknown): WebResponseShape => {
    if (!(error instanceof UpstreamError)) {
      visit._tell({ type: "failed", error });
      return refuse(500, `The guard failed: ${UNACKNOWLEDGED}`);
    }
    const { _reason: reason, cause } = error;
    visit._tell({ type: "upstream_failed", reason, error: cause ?? error });
    return reason === "timeout" ? refuse(504, `The API did not answer in time: ${UNACKNOWLEDGED}`) : refuse(502, `The API gave no answer: ${UNACKNOWLEDGED}`);
  };

  /** The headers of a body, or of what is left of it. */
  const headersOf = (headers: WebHeadersShape, { _parted }: Examined): WebHeadersShape => {
    if (_parted) for (const name of ["content-length", "content-md5", "digest"]) headers.delete(name);
    return headers;
  };

  const forward = async (visit: Visit<Env>, examined: Examined): Promise<WebResponseShape> => {
    const { _request: request, _place: place } = visit;
    let question;
    try {
      const upstream = options.upstream === undefined ? undefined : await asked(options.upstream, visit);
      const own = place && options.headers && (await asked(options.headers, visit));
      const headers = headersOf(forwardedHeaders(request, own), examined);
      const { _body: body } = examined;
      // What a beacon sends is JSON all the same, and the API asks that it be called so.
      const isBeacon = body instanceof Uint8Array && /^text\/plain\b/i.test(headers.get("content-type") ?? "");
      if (isBeacon && !headers.has("signature")) headers.set("content-type", "application/json");
      question = questionOf(visit, upstream, headers, body);
    } catch (error) {
      visit._tell({ type: "upstream_failed", reason: "options", error });
      return refuse(502, "The guard's options do not say how to reach the API: nothing was forwarded");
    }
    // Of what is passed on as it comes nobody knows how long it takes.
    const ms = examined._body instanceof Uint8Array ? options.timeoutDuration : Infinity;
    const answer = within(ms, question, (response) => answerOf(visit, examined, response));
    // A page that is left has sent its call all the same.
    if (place) visit._keep(answer);
    return answer;
  };

  const decorated = async (visit: Visit<Env>, response: WebResponseShape): Promise<WebResponse> => {
    const { decorate } = options;
    if (decorate === undefined) return response as WebResponse;
    try {
      // What came from afar cannot be changed, a copy of it can.
      const own = new Response(response.body, response);
      return (await decorate(own as WebResponse, visit._request as WebRequest)) ?? (own as WebResponse);
    } catch (error) {
      visit._tell({ type: "option_failed", option: "decorate", error });
      return response as WebResponse;
    }
  };

  const visitOf = (request: WebRequest, env: Env | undefined, context: ExecutionLike | undefined) =>
    new Visit<Env>(request as WebRequestShape, env as Env, context, options);

  const READ_BEFORE = "The request's body was read before the guard: call the guard first, or hand it a clone";

  return Object.freeze({
    async fetch(request: WebRequest, env?: Env, context?: ExecutionLike) {
      const visit = visitOf(request, env, context);
      let response: WebResponseShape;
      try {
        if (visit._place && visit._request.bodyUsed) response = refuse(500, `${READ_BEFORE}: nothing was forwarded`);
        else {
          const examined = await examine(visit, true);
          response = examined._refusal ?? (await forward(visit, examined));
        }
      } catch (error) {
        response = unanswered(visit, error);
      }
      return decorated(visit, response);
    },
    async check(request: WebRequest, env?: Env, context?: ExecutionLike, { part = true }: GuardCheckOptions = {}): Promise<GuardChecked> {
      const visit = visitOf(request, env, context);
      const { _request: shape, _place: place } = visit;
      if (place === undefined) return { ok: true, request, withheld: [], answer: async (response) => response };
      if (shape.bodyUsed) throw new TypeError(READ_BEFORE);
      const examined = await examine(visit, part);
      if (examined._refusal) return { ok: false, response: await decorated(visit, examined._refusal) };
      const { _body: body, _parted: parted } = examined;
      const init = { method: shape.method, headers: headersOf(new Headers(shape.headers), examined), body, signal: shape.signal, duplex: "half" };
      return {
        ok: true,
        request: new Request(shape.url, init) as WebRequest,
        withheld: parted?._answer.refused.map(({ index }) => index) ?? [],
        answer: async (response) =>
          decorated(visit, await answerOf(visit, examined, response as WebResponseShape).catch((error: unknown) => unanswered(visit, error))),
      };
    },
    guards: (request: WebRequest) => visitOf(request, undefined, undefined)._place !== undefined,
    unknownKeys: () => keys._list(),
  });
}
