// Vite 7: see matrix/vite.mjs.

import { withVite } from "../matrix/vite.mjs";

export default withVite("7", false);
