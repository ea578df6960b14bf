// A server of Hono that records interactions itself: what is malformed does not reach its routes.

import { Hono } from "hono";
import { createRegistryClient } from "kaireon-outcomes/client";
import { respondGuard } from "kaireon-outcomes/hono";

const registry = createRegistryClient({ url: process.env.API + "/outcome-types" });
const app = new Hono();

app.use("/api/v1/*", respondGuard({ registry }));
app.post("/api/v1/respond", async (c) => c.json({ status: "recorded", outcome: (await c.req.json()).outcome }));
app.post("/api/v1/respond/bulk", async (c) => {
  const { length } = (await c.req.json()).outcomes; // those that are good; the answer will name the others as well
  return c.json({ processed: length, succeeded: length, failed: 0, errors: [] });
});

export default app;
