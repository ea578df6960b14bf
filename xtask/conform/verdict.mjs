// The verdict on a rule, from what the server does and what the package says.

import { isDeepStrictEqual } from "node:util";

/** Every verdict with what it means. */
export const VERDICTS = {
  agree: "the server and the package say the same",
  stricter: "the server refuses what the package takes",
  looser: "the server takes what the package refuses",
  different:
    "nothing is refused or taken here, but the server does otherwise: a status, a number, an order, a stored value",
  unknown: "could not be told; the row says why",
};

/** @returns {keyof typeof VERDICTS} */
export function verdict(server, ours) {
  if (server.unknown !== undefined || ours.unknown !== undefined) return "unknown";
  if (server.taken === undefined) return isDeepStrictEqual(server.value, ours.value) ? "agree" : "different";
  if (server.taken === ours.taken) return "agree";
  return server.taken ? "looser" : "stricter";
}
