// The one application: no line of it knows where it runs.

import { Hono } from "hono";
import * as api from "kaireon-outcomes";
import { answer } from "./suite/answer.mjs";

const app = new Hono();
app.get("/", (context) => context.text("ready"));
app.post("/", async (context) => context.text(await answer(api, await context.req.json())));

export default app;
