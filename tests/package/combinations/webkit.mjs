// WebKit: see matrix/browser.mjs.

import { inBrowser } from "../matrix/browser.mjs";

export default inBrowser("WebKit", false);
