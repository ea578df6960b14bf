// The server route: gets the vectors, gives the answer.

import * as api from "kaireon-outcomes";
import { answer } from "~~/suite/answer.mjs";

// `readBody` refuses a document in which `__proto__` is a name, as some vectors have it.
export default defineEventHandler(async (event) => answer(api, JSON.parse(await readRawBody(event))));
