// What stands in front of the routes: as `proxy.ts` it runs in Node, as `middleware.ts`, its older name, at the edge.
import { respond } from "./app/answer";
import { askInteractions } from "./interactions.mjs";

export default async (request: Request) => (request.url.endsWith("/interactions") ? new Response(await askInteractions()) : respond(request));
export const config = { matcher: ["/before", "/before/interactions"] };
