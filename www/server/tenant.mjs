// All that the server remembers, brought back from its journal.

import { createInteractions } from "./interactions.mjs";
import { JournalError } from "./journal.mjs";
import { createTypes } from "./types.mjs";

/** Types and interactions of a journal; `cut` is how many bytes of an unfinished line it had. */
export function createTenant(journal) {
  const types = createTypes(journal);
  const interactions = createInteractions(journal);
  const { cut } = journal.replay((record, place) => {
    const { outcomeType, interactions: records } = Object(record);
    if (outcomeType !== undefined) types.read(outcomeType);
    else if (records !== undefined) interactions.read(records, place);
    else throw new Error("it is no record of this server");
  });
  try {
    types.ready();
  } catch ({ message }) {
    throw new JournalError(`The types in the data file are no list: ${message}.`);
  }
  return { types, interactions, cut };
}
