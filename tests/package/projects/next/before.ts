// What stands in front of the routes: as `proxy.ts` it runs in Node, as `middleware.ts`, its older name, at the edge.
import { respond } from "./app/answer";

export default respond;
export const config = { matcher: "/before" };
