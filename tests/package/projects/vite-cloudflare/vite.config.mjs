// A worker by the Cloudflare plugin; wrangler.jsonc says what it is.

import { cloudflare } from "@cloudflare/vite-plugin";

export default { plugins: [cloudflare()] };
