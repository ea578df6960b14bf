// On Node.

import { serve } from "@hono/node-server";
import app from "./app.mjs";

serve({ fetch: app.fetch, hostname: process.env.HOST, port: Number(process.env.PORT) });
