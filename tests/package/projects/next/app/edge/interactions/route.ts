// A route in the edge runtime that asks for interactions.
import { askInteractions } from "../../../interactions.mjs";

export const runtime = "edge";
export const POST = async () => new Response(await askInteractions());
