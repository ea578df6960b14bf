// Browsers as the tests start them: Debian's Chromium, Firefox and WebKit, without a window.

import { existsSync } from "node:fs";
import puppeteer from "puppeteer-core";
import { startWebKit } from "./webkit.mjs";

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

/** WebKit's driver starts it; the display is what its windows are on. */
const WEBKIT = { driver: process.env.WEBKIT ?? "/usr/bin/WebKitWebDriver", display: "/usr/bin/Xvfb" };

/** What starts each browser that is installed, by its name: puppeteer's, or WebKit as `webkit.mjs` has it. */
export const starts = new Map(
  Object.entries(BROWSERS)
    .filter(([, { executablePath }]) => existsSync(executablePath))
    .map(([name, options]) => [name, () => puppeteer.launch({ headless: true, ...options })]),
);
if (existsSync(WEBKIT.driver) && existsSync(WEBKIT.display)) starts.set("WebKit", () => startWebKit(WEBKIT));
