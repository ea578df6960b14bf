// A server of Express in front of the platform: node express.mjs

import express from "express";
import { createRegistryClient } from "kaireon-outcomes/client";
import { respondGuard } from "kaireon-outcomes/node";

const { API, API_KEY, TENANT } = process.env;
const headers = { "X-API-Key": API_KEY, "X-Tenant-Id": TENANT };
const registry = createRegistryClient({ url: `${API}/outcome-types`, tenant: TENANT, headers });

export const app = express();

// In front of express.json(), which leaves nothing to read.
app.use(respondGuard({ registry, upstream: API, headers, onEvent: (event) => console.log(event.type) }));
app.use(express.json());
app.get("/health", (req, res) => res.json({ outcomeTypes: registry.state }));
