// On Bun, which serves what is exported.

import app from "./app.mjs";

export default { fetch: app.fetch, hostname: process.env.HOST, port: process.env.PORT };
