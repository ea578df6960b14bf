// What every place of the application does: it hands the package to the suite.
import * as api from "kaireon-outcomes";
import { answer } from "../suite/answer.mjs";
import { watch } from "../suite/core.mjs";

// The suite counts the core's instances, and a component may call the package before the suite does.
watch();

export const ask = (vectors: unknown): Promise<string> => answer(api, vectors);

/** A request brings the vectors along. */
export const respond = async (request: Request): Promise<Response> => new Response(await ask(await request.json()));
