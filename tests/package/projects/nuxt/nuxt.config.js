// Nuxt; what it is built for is in the environment: NITRO_PRESET, OUTPUT its folder, WASM whether the line is there.

const { OUTPUT, WASM } = process.env;

/** The one line that Cloudflare needs. */
const line = { experimental: { wasm: true } };

export default defineNuxtConfig({
  compatibilityDate: "2026-10-01",
  app: { head: { title: "kaireon-outcomes", link: [{ rel: "icon", href: "data:," }] } },
  nitro: { output: { dir: OUTPUT }, ...(WASM === "true" && line) },
});
