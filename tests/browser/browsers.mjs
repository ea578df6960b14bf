// Browsers as the tests start them: Debian's Chromium and Firefox, without a window.

import { existsSync } from "node:fs";
import puppeteer from "puppeteer-core";

const QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

const BROWSERS = {
  Chromium: {
    browser: "chrome",
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", ...QUIET],
  },
  Firefox: {
    browser: "firefox",
    protocol: "webDriverBiDi",
    executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
    extraPrefsFirefox: { "privacy.reduceTimerPrecision": false },
  },
};

/** What starts each browser that is installed, by its name. */
export const starts = new Map(
  Object.entries(BROWSERS)
    .filter(([, { executablePath }]) => existsSync(executablePath))
    .map(([name, options]) => [name, () => puppeteer.launch({ headless: true, ...options })]),
);
