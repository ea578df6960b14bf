// The page in Firefox.

import { pageIn } from "./page.mjs";

pageIn("Firefox");
