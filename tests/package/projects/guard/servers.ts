/** With the types of Node, Hono and Express: the adapters are what these take. */
import http from "node:http";
import express from "express";
import { Hono } from "hono";
import { OutcomeRegistry } from "kaireon-outcomes";
import { respondGuard as honoGuard } from "kaireon-outcomes/hono";
import { respondGuard as nodeGuard } from "kaireon-outcomes/node";

interface Bindings {
  readonly MODE: "enforce" | "report";
}

const registry = OutcomeRegistry.defaults();
const app = new Hono<{ Bindings: Bindings }>();
app.use("/api/v1/*", honoGuard<Bindings>({ registry, mode: (_, env) => env.MODE }));
app.use(honoGuard({ registry }));
app.post("/api/v1/respond", honoGuard({ registry }), (c) => c.json({}));

express().use(nodeGuard({ registry }));
express().post("/api/v1/respond", nodeGuard({ registry }), (req, res) => void res.json(req.body));
http.createServer(nodeGuard({ registry, upstream: "https://api.example.com/api/v1" }));
