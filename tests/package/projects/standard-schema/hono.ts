// Hono: a validator in an app that is asked by requests; its schema is that of the list in hand.

import { sValidator } from "@hono/standard-validator";
import { Hono } from "hono";
import { hc } from "hono/client";
import type { InferRequestType } from "hono/client";
import type { NewOutcomeType, OutcomeTypeDraft } from "kaireon-outcomes";
import { CHOOSE, LETTERS, TAKEN, after, before, body, check, claim, draft, message, same } from "./fixture.js";
import type { Same } from "./fixture.js";

let registry = before;
/** The route is made once, the list is loaded again and again: each request asks for the schema of the list in hand. */
const schema = {
  get "~standard"() {
    return registry.schema("create", { message })["~standard"];
  },
};

const app = new Hono().post("/outcome-types", sValidator("json", schema), (context) => {
  const value = context.req.valid("json");
  claim<Same<typeof value, NewOutcomeType>>();
  return context.json(value, 201);
});

const client = hc<typeof app>("https://app.example", { fetch: app.request });
claim<Same<InferRequestType<(typeof client)["outcome-types"]["$post"]>["json"], OutcomeTypeDraft>>();

/** What is said of each field. */
async function faults(json: object): Promise<unknown> {
  const headers = { "Content-Type": "application/json" };
  const answer = await app.request("/outcome-types", { method: "POST", headers, body: JSON.stringify(json) });
  same(answer.status, 400);
  const { error } = (await answer.json()) as { error: { path: string[]; message: string }[] };
  return error.map((issue) => [issue.path.join("."), issue.message]);
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
  same((await client["outcome-types"].$post({ json: draft })).status, 201);
  registry = after;
  same(await faults(draft), [["key", TAKEN]]);
  registry = before;
});
await check("the body is the schema's", async () => {
  const answer = await client["outcome-types"].$post({ json: draft });
  same(answer.status, 201);
  same(await answer.json(), body);
});
