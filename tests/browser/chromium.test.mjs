// The page in Chromium.

import { pageIn } from "./page.mjs";

pageIn("Chromium");
