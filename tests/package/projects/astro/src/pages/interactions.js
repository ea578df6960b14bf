// The endpoint that asks for interactions.

import { askInteractions } from "../../interactions.mjs";

export const POST = async () => new Response(await askInteractions());
