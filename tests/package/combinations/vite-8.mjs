// Vite 8: see matrix/vite.mjs.

import { withVite } from "../matrix/vite.mjs";

export default withVite("8", true);
