// Each build has a place of its own, as several are served one after the other. The package needs nothing here.
import type { NextConfig } from "next";

export default { distDir: process.env.BUILT ?? ".next" } satisfies NextConfig;
