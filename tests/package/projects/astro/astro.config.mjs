// Astro for Node or for Cloudflare, whichever ADAPTER names; each has a folder of its own.

import cloudflare from "@astrojs/cloudflare";
import node from "@astrojs/node";
import { defineConfig } from "astro/config";

const adapters = { cloudflare: () => cloudflare(), node: () => node({ mode: "standalone" }) };
const { ADAPTER } = process.env;

export default defineConfig({ output: "server", outDir: ADAPTER, adapter: adapters[ADAPTER]() });
