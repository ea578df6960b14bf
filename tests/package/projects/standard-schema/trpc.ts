// tRPC: a procedure whose input is ours, called in the server and by a client, with the error as the client gets it.

import { TRPCClientError, createTRPCClient, httpLink } from "@trpc/client";
import { StandardSchemaV1Error, TRPCError, initTRPC } from "@trpc/server";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import assert from "node:assert/strict";
import type { NewOutcomeType, OutcomeTypeDraft } from "kaireon-outcomes";
import { CHOOSE, LETTERS, TAKEN, after, before, body, check, claim, draft, message, same } from "./fixture.js";
import type { Same } from "./fixture.js";

let registry = before;
/** The router is made once, the list is loaded again and again: each call asks for the schema of the list in hand. */
const schema = {
  get "~standard"() {
    return registry.schema("create", { message })["~standard"];
  },
};

const { router, procedure, createCallerFactory } = initTRPC.create({
  // By itself an error has the first message only; a form wants to know the field too.
  errorFormatter({ shape, error: { cause } }) {
    const issues = cause instanceof StandardSchemaV1Error ? cause.issues : [];
    return { ...shape, data: { ...shape.data, issues } };
  },
});
const app = router({ create: procedure.input(schema).mutation(({ input }) => input) });
claim<Same<inferRouterInputs<typeof app>["create"], OutcomeTypeDraft>>();
claim<Same<inferRouterOutputs<typeof app>["create"], NewOutcomeType>>();

const caller = createCallerFactory(app)({});
const endpoint: typeof fetch = (input, init) => fetchRequestHandler({ endpoint: "/trpc", req: new Request(input, init), router: app });
const client = createTRPCClient<typeof app>({ links: [httpLink({ url: "https://app.example/trpc", fetch: endpoint })] });

const pairs = (issues: StandardSchemaV1Error["issues"]) => issues.map((issue) => [issue.path?.join("."), issue.message]);

/** What is said of each field: to a caller in the server, and the same to a client. */
async function faults(input: object): Promise<unknown> {
  const inside = await caller.create(input as OutcomeTypeDraft).catch((error: unknown) => error);
  assert.ok(inside instanceof TRPCError && inside.cause instanceof StandardSchemaV1Error);
  const outside = await client.create.mutate(input as OutcomeTypeDraft).catch((error: unknown) => error);
  assert.ok(outside instanceof TRPCClientError);
  const { code, httpStatus, issues } = outside.data;
  same([inside.code, code, httpStatus, outside.message], ["BAD_REQUEST", "BAD_REQUEST", 400, issues[0].message]);
  same(pairs(issues), pairs(inside.cause.issues));
  return pairs(issues);
}

await check("another language on the right field", async () => {
  same(await faults({ ...draft, key: "Call back" }), [["key", LETTERS]]);
});
await check("an untouched choice refused", async () => {
  const { classification, ...untouched } = draft;
  same(await faults(untouched), [["classification", CHOOSE]]);
  same(await faults({ ...draft, classification: "" }), [["classification", CHOOSE]]);
});
await check("checked again when the list is loaded again", async () => {
  same(await client.create.mutate(draft), body);
  registry = after;
  same(await faults(draft), [["key", TAKEN]]);
  registry = before;
});
await check("the body is the schema's", async () => {
  same(await caller.create(draft), body);
  same(await client.create.mutate(draft), body);
});
