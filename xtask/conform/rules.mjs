// The table: every rule that a tenant is asked for, in sections, in the order of asking.

import { bulk } from "./rules/bulk.mjs";
import { calls } from "./rules/calls.mjs";
import { deletes } from "./rules/deletes.mjs";
import { drafts } from "./rules/drafts.mjs";
import { edits } from "./rules/edits.mjs";
import { keys } from "./rules/keys.mjs";
import { list } from "./rules/list.mjs";
import { lookups } from "./rules/lookups.mjs";
import { precedence } from "./rules/precedence.mjs";

export const SECTIONS = [list, keys, drafts, edits, deletes, lookups, calls, precedence, bulk];
