// SvelteKit; svelte.config.js says what for.

import { sveltekit } from "@sveltejs/kit/vite";

export default { plugins: [sveltekit()] };
