// Vite 6: see matrix/vite.mjs.

import { withVite } from "../matrix/vite.mjs";

export default withVite("6", false);
