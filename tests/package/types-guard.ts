/** What the types of the guard and of its adapters promise: as types.ts, with the DOM and without. */
import { OutcomeRegistry } from "kaireon-outcomes";
import { createRegistryClient, createRegistryPool } from "kaireon-outcomes/client";
import { bucketSink, createRespondGuard, httpSink, queueSink } from "kaireon-outcomes/guard";
import type { GuardChecked, GuardEvent, GuardMode, RefusedLetter, RespondGuard, UnknownKey, WebRequest, WebResponse } from "kaireon-outcomes/guard";
import { respondGuard as honoGuard } from "kaireon-outcomes/hono";
import { respondGuard as nodeGuard } from "kaireon-outcomes/node";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function claim<_Claim extends true>(): void {}

interface Env {
  readonly API: string;
  readonly MODE: GuardMode;
  readonly QUEUE: { send(message: unknown): Promise<void> };
}

const registry = OutcomeRegistry.defaults();
const client = createRegistryClient({ url: "https://api.example.com/api/v1/outcome-types" });
const pool = createRegistryPool<Env>({ tenant: (_, { API }) => ({ url: API }) });

// Constants, or functions of the request and the environment.
createRespondGuard({ registry, upstream: "https://api.example.com/api/v1", mode: "report", indexBase: 1 });
createRespondGuard({ registry: client, upstream: { href: "https://api.example.com" }, rules: { unknown_field: "error" } });
const guard = createRespondGuard<Env>({
  registry: (request, env) => pool.get(request.url, env),
  upstream: (_, { API }) => API,
  headers: async () => ({ "X-API-Key": "krn" }),
  mode: (_, { MODE }) => MODE,
  onRefused: queueSink((env) => env.QUEUE),
  decorate: (response) => response.headers.set("X-Guard", "1"),
  onEvent(event, request, env) {
    claim<Same<typeof event, GuardEvent>>();
    if (event.type === "withheld") event.indexes.map((index) => index.toFixed());
    else if (event.type === "unconfirmed_outcome_type") event.key.trim();
    request.headers.get(env.API)?.trim();
  },
});
claim<Same<typeof guard, RespondGuard<Env>>>();
createRespondGuard({ registry, onRefused: httpSink("https://dead.example/") });
createRespondGuard({ registry, onRefused: bucketSink({ put: async () => undefined }) });
createRespondGuard({ registry, onRefused: ({ bytes, index, issues }: RefusedLetter) => [bytes.length, index?.toFixed(), issues[0]?.code] });

// @ts-expect-error Without a registry there is nothing to hold calls against.
createRespondGuard({ upstream: "https://api.example.com" });
// @ts-expect-error There are three modes.
createRespondGuard({ registry, mode: "on" });
// @ts-expect-error Codes of reading cannot be overridden.
createRespondGuard({ registry, rules: { invalid_json: "off" } });

declare const request: WebRequest;
declare const env: Env;
const answer: Promise<WebResponse> = guard.fetch(request, env, { waitUntil: (promise: Promise<unknown>) => void promise });
void answer;
async function goOn(checked: GuardChecked): Promise<number> {
  if (!checked.ok) return checked.response.status;
  const place: readonly number[] = checked.withheld;
  return (await checked.answer(await guard.fetch(checked.request, env))).status + place.length;
}
void guard.check(request, env, undefined, { part: false }).then(goOn);
const keys: readonly UnknownKey[] = guard.unknownKeys();
void keys;

// The adapters have the guard.
const [hono, node] = [honoGuard<Env>({ registry: client }), nodeGuard<Env>({ registry: client }, env)];
claim<Same<typeof hono.guard, RespondGuard<Env>>>();
claim<Same<typeof node.guard, RespondGuard<Env>>>();
