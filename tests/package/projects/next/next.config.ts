// Two builders share this folder: each has a place of its own for what it makes.
import type { NextConfig } from "next";

export default { distDir: process.env.BUILT ?? ".next" } satisfies NextConfig;
