// A route in Node.
import { respond } from "../answer";

export const POST = respond;
