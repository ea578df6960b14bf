import { respond } from "../answer";

export const POST = respond;
