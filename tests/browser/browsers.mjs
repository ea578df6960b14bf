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

/** `[name, start]` of each browser; `start` is `undefined` where it is not installed. */
export const browsers = Object.entries(BROWSERS).map(([name, options]) => [
  name,
  existsSync(options.executablePath) ? () => puppeteer.launch({ headless: true, ...options }) : undefined,
]);
