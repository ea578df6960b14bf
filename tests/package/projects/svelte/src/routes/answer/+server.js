// The endpoint: gets the vectors, gives the answer.

import * as api from "kaireon-outcomes";
import { answer } from "../../../suite/answer.mjs";

export const POST = async ({ request }) => new Response(await answer(api, await request.json()));
