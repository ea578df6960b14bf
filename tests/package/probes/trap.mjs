// A trap is an InternalError with its cause, and the same objects work on after it

import assert from "node:assert/strict";
import * as api from "kaireon-outcomes";
import { runTrap } from "./suite/trap.mjs";

const { count, failures } = runTrap(api);
assert.deepEqual(failures, []);
assert.equal(count, 6);
