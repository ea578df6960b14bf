// The server route that asks for interactions.

import { askInteractions } from "~~/interactions.mjs";

export default defineEventHandler(() => askInteractions());
