// An application with the packed package in it: a folder of projects/, copied out of the repository's sources, its
// tools installed as its lock file says and kept for the next time, the package and the suite put in anew each time.

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { NAME, putSuite } from "../../runtimes/packed.mjs";
import { freePort } from "../../browser/port.mjs";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const SOURCES = at("../projects");
const TOOLS = at("../../node_modules");
const BUILDERS = at("../../../pkg/node_modules");
const KEPT = at("../../../target/projects");
/** The longest that a build, an installation or the start of a server may take. */
const PATIENCE = 600_000;
/** What none of the tools is to do: ask home. */
const QUIET = {
  NEXT_TELEMETRY_DISABLED: "1",
  NUXT_TELEMETRY_DISABLED: "1",
  ASTRO_TELEMETRY_DISABLED: "1",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_HIDE_BANNER: "true",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  CI: "1",
  NO_COLOR: "1",
};

/** What an installation leaves in node_modules beside the packages. */
const INSTALLED = new Set([".bin", ".lock-hash", ".package-lock.json"]);

/** What ends with this process, however it ends. */
const running = new Set();
process.once("exit", () => running.forEach(end));
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

export class Project {
  /** `path` is the project's folder, `package` the folder of the package in it. */
  constructor(path) {
    this.path = path;
    this.package = join(path, "node_modules", NAME);
  }

  /** The project of that name, with the package of this tarball. A name without a folder in projects/ is an empty project. */
  static async open(name, tarball) {
    const path = join(KEPT, name);
    const project = new Project(path);
    mkdirSync(path, { recursive: true });
    for (const old of readdirSync(path)) if (old !== "node_modules") rmSync(join(path, old), { recursive: true });
    writeFileSync(join(path, "package.json"), '{ "private": true, "type": "module" }\n');
    if (existsSync(join(SOURCES, name))) cpSync(join(SOURCES, name), path, { recursive: true });
    await project.#install();
    rmSync(project.package, { recursive: true, force: true });
    mkdirSync(project.package, { recursive: true });
    project.#forget();
    await project.run("tar", ["xzf", tarball, "--strip-components=1", "-C", project.package]);
    putSuite(path);
    return project;
  }

  /** `npm ci`, unless what is there is what the lock file says. */
  async #install() {
    const lock = join(this.path, "package-lock.json");
    if (!existsSync(lock)) return;
    const stamp = join(this.path, "node_modules/.lock-hash");
    const wanted = createHash("sha256").update(readFileSync(lock)).digest("hex");
    if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
    await this.run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    writeFileSync(stamp, wanted);
  }

  /** Takes away what tools keep of the packages that they have seen: development servers would go on with the package before. */
  #forget() {
    const folder = join(this.path, "node_modules");
    for (const name of readdirSync(folder)) if (name.startsWith(".") && !INSTALLED.has(name)) rmSync(join(folder, name), { recursive: true });
  }

  /** The version of a tool: the project's own, else of those in tests/ or pkg/. */
  version(tool) {
    const place = [join(this.path, "node_modules"), TOOLS, BUILDERS].find((folder) => existsSync(join(folder, tool, "package.json")));
    if (place === undefined) throw new Error(`${tool} is not installed in ${this.path}`);
    return JSON.parse(readFileSync(join(place, tool, "package.json"), "utf8")).version;
  }

  /** Where one of the tools of tests/ is. */
  tool(path) {
    return join(TOOLS, path);
  }

  /** What a child process sees: the project's programs first; `node: "22"` gives it another Node. */
  #environment({ node, env = {} }) {
    const folders = [join(this.path, "node_modules/.bin"), ...(node === undefined ? [] : [join(TOOLS, `node-${node}/bin`)]), process.env.PATH];
    const { NODE_OPTIONS, NODE_ENV, ...rest } = process.env;
    return { ...rest, ...QUIET, PATH: folders.join(delimiter), ...env };
  }

  #spawn(program, words, options) {
    const child = spawn(program, words, { cwd: this.path, env: this.#environment(options), stdio: ["ignore", "pipe", "pipe"], detached: true });
    running.add(child);
    child.once("close", () => running.delete(child));
    const said = { out: "", all: "" };
    child.stdout.setEncoding("utf8").on("data", (text) => ((said.out += text), (said.all += text)));
    child.stderr.setEncoding("utf8").on("data", (text) => (said.all += text));
    return { child, said };
  }

  /** Runs a program to its end; what it printed, or an error with everything it said. */
  run(program, words, options = {}) {
    const { child, said } = this.#spawn(program, words, options);
    const line = `${program} ${words.join(" ")}`;
    const late = setTimeout(() => end(child), options.patience ?? PATIENCE);
    return new Promise((done, fail) => {
      child.once("error", (error) => fail(new Error(`cannot run ${line}: ${error.message}`)));
      child.once("close", (code, signal) => {
        clearTimeout(late);
        code === 0 ? done(said.out) : fail(new Error(`${line} ended with ${code ?? signal}\n${said.all}`));
      });
    });
  }

  /**
   * Starts a server and waits until it answers `ready`. `words` may be a function of the port, which is free;
   * `PORT` and `HOST` are in its environment.
   */
  async start(program, words, options = {}) {
    const port = await freePort();
    const given = typeof words === "function" ? words(port) : words;
    const env = { PORT: String(port), HOST: "127.0.0.1", HOSTNAME: "127.0.0.1", ...options.env };
    const { child, said } = this.#spawn(program, given, { ...options, env });
    const line = `${program} ${given.join(" ")}`;
    let gone;
    child.once("error", (error) => (gone = error.message));
    child.once("close", (code, signal) => (gone ??= `ended with ${code ?? signal}`));
    const server = {
      url: `http://127.0.0.1:${port}`,
      pid: child.pid,
      said: () => said.all,
      stop: () => end(child),
      /** Sends the vectors to a route that hands them to the suite; the text of its answer. */
      async answer(path, files) {
        const response = await fetch(`${server.url}${path}`, { method: "POST", headers: { "Content-Type": "application/json", Origin: server.url }, body: files, signal: AbortSignal.timeout(PATIENCE) });
        const text = await response.text();
        if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text.slice(0, 3000)}\n${said.all.slice(-6000)}`);
        return text;
      },
    };
    for (const until = Date.now() + (options.patience ?? PATIENCE); Date.now() < until && gone === undefined; ) {
      try {
        await (await fetch(`${server.url}${options.ready ?? "/"}`, { signal: AbortSignal.timeout(60_000) })).arrayBuffer();
        return server;
      } catch {
        // It is not listening yet.
        await new Promise((done) => setTimeout(done, 100));
      }
    }
    end(child);
    throw new Error(`${line} ${gone ?? "does not answer"}\n${said.all}`);
  }
}

/** What is built when the first claim asks for it, and kept for the next. */
export const once = (build) => {
  let building;
  return () => (building ??= build());
};

/** A claim: starts a server for one question, by itself the vectors at `/`. */
export const asked = (start, ask = (server, files) => server.answer("/", files)) => async (_, project, files) => {
  const server = await start(project);
  try {
    return await ask(server, files);
  } finally {
    server.stop();
  }
};

/** Ends a process and what it started. */
function end(child) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    child.kill("SIGKILL");
  }
}
