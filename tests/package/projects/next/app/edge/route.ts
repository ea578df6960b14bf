import { respond } from "../answer";

export const runtime = "edge";
export const POST = respond;
