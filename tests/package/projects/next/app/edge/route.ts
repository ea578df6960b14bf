// A route in the edge runtime.
import { respond } from "../answer";

export const runtime = "edge";
export const POST = respond;
