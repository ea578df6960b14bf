// WebKit, as Debian's webkit2gtk-driver has it: a display without a screen, and a driver spoken to over HTTP.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { freePort } from "./port.mjs";

const START = 20_000;
/** The longest that a page's answer may take. */
const PATIENCE = 300_000;

/** Starts both: `{ newSession, close }`. */
export async function startWebKit({ driver, display }) {
  // Without a display a new session waits for ever. It says its number once it is ready.
  const screen = spawn(display, ["-displayfd", "3", "-nolisten", "tcp"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const [number] = await Promise.race([once(screen.stdio[3], "data"), gone(screen, display)]);
  const port = await freePort();
  const driven = spawn(driver, [`--port=${port}`], { stdio: "ignore", env: { ...process.env, DISPLAY: `:${String(number).trim()}` } });
  const close = () => [driven, screen].forEach((child) => child.kill());
  // However this process ends, neither is left behind.
  process.once("exit", close);
  const url = `http://127.0.0.1:${port}`;
  try {
    await Promise.race([listening(url), gone(driven, driver)]);
  } catch (error) {
    close();
    throw error;
  }
  return { newSession: () => newSession(url), close };
}

/** A window: `visit` an address, `evaluate` an expression in its page, which may be a promise; `close`. */
async function newSession(url) {
  const { sessionId } = await command(url, "POST", "/session", { capabilities: { alwaysMatch: {} } });
  const path = `/session/${sessionId}`;
  const send = (method, end, body) => command(url, method, `${path}${end}`, body);
  await send("POST", "/timeouts", { script: PATIENCE, pageLoad: PATIENCE });
  return {
    visit: (address) => send("POST", "/url", { url: address }),
    evaluate: (expression) => send("POST", "/execute/sync", { script: `return ${expression}`, args: [] }),
    close: () => send("DELETE", ""),
  };
}

async function command(url, method, path, body) {
  const response = await fetch(`${url}${path}`, { method, body: body && JSON.stringify(body), signal: AbortSignal.timeout(PATIENCE) });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

async function listening(url) {
  for (const until = Date.now() + START; ; ) {
    try {
      return await command(url, "GET", "/status");
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}

/** Throws once a program cannot be started, or has ended. */
async function gone(child, program) {
  const [code] = await once(child, "exit");
  throw new Error(`${program} ended with ${code}`);
}
