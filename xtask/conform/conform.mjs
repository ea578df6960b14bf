// The command behind `cargo xtask conform`: asks a tenant for its rules and compares them with the package's.

import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { run } from "./run.mjs";
import { counts, lines, markdown, replaced, shown } from "./table.mjs";
import { baseOf, createTenant, headersFrom, Untold } from "./tenant.mjs";
import { VERDICTS } from "./verdict.mjs";

const USAGE = `cargo xtask conform --api URL   asks a tenant what its rules are, and compares them with the package's

  --api URL      the platform, with or without /api/v1
  --record       asks also what may leave history behind: calls that are right in everything
  --creative ID  a creative that the tenant has, for those calls; without it a made-up one is named
  --offer ID     an offer, for bulk
  --write        puts the table into CONFORMANCE.md
  --name NAME    what the table is called there; the host is never named

The environment's KAIREON_API_KEY and KAIREON_TENANT_ID go into the headers.
`;

const OPTIONS = {
  api: { type: "string" },
  record: { type: "boolean", default: false },
  creative: { type: "string" },
  offer: { type: "string" },
  write: { type: "boolean", default: false },
  name: { type: "string", default: "a tenant" },
  help: { type: "boolean", short: "h", default: false },
};

const PAPER = new URL(process.env.CONFORMANCE_MD ?? "../../CONFORMANCE.md", import.meta.url);

/** A shell's way to say that a signal ended it. */
const INTERRUPTED = 130;

const WORKING = `Asks about outcome types, which are made under \`conform_probe_…\` and deleted again, and sends Respond calls
that are meant to be refused, so that nothing is recorded. One edit names a system type and changes nothing in it.
`;

const RECORDING = `--record: besides, calls are sent that are right in everything. Each that is taken stays in the tenant's
history, under customers \`conform_probe_…\`, and counts in its reports. Nothing deletes them again. Two calls try
to change a system type; if the tenant lets them, it is put back as well as can be.
`;

function options() {
  let values;
  try {
    ({ values } = parseArgs({ options: OPTIONS }));
  } catch (error) {
    throw new Untold(`${error.message}\n\n${USAGE.trimEnd()}`);
  }
  if (!values.help && values.api === undefined) throw new Untold(`--api URL is missing.\n\n${USAGE.trimEnd()}`);
  if (/[<>\n]|--/.test(values.name)) throw new Untold("--name takes a few plain words.");
  return values;
}

/** Ctrl+C stops the asking and not the deleting; a second one stops that too. */
function stopper() {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(INTERRUPTED);
      console.log("\nStopping: what was made is being deleted (once more leaves it for the next run)\n");
      controller.abort();
    });
  }
  return controller.signal;
}

/** The table with its date and what it was asked with. */
function paper(name, results, { record, recorded }) {
  const date = new Date().toISOString().slice(0, 10);
  const meaning = Object.entries(VERDICTS).map(([verdict, words]) => `- **${verdict}**: ${words}`);
  const how = record ? `with \`--record\`; up to ${recorded} interactions were recorded` : "without `--record`";
  return [
    `## ${name}`,
    "",
    `Asked on ${date}, ${how}: ${counts(results)}.`,
    "",
    ...meaning,
    "",
    markdown(results),
  ].join("\n");
}

async function main() {
  const { api, record, creative, offer, write, name, help } = options();
  if (help) return console.log(USAGE);
  const tenant = createTenant({ base: baseOf(api), headers: headersFrom(process.env) });
  console.log(WORKING);
  if (record) console.log(RECORDING);
  const { results, left, recorded, stopped } = await run({
    tenant,
    signal: stopper(),
    record,
    creativeId: creative,
    offerId: offer,
    say: (words) => console.log(`\n${shown(words)}\n`),
    show: (part) => console.log(typeof part === "string" ? `\n${part}\n` : lines(part)),
  });
  console.log(`\n${results.length} rules: ${counts(results)}`);
  console.log(recorded === 0 ? "nothing was recorded" : `up to ${recorded} interactions were recorded`);
  if (write && stopped === undefined) {
    writeFileSync(PAPER, replaced(readFileSync(PAPER, "utf8"), name, paper(name, results, { record, recorded })));
    console.log("the table is in CONFORMANCE.md");
  }
  if (write && stopped !== undefined) console.log(`CONFORMANCE.md stays as it was: ${stopped}`);
  if (left.length > 0) {
    throw new Untold(
      `These types could not be deleted, and the next run will try again: ${left.map(shown).join(", ")}`,
    );
  }
  if (stopped === "it was stopped") process.exitCode = INTERRUPTED;
}

main().catch((error) => {
  if (!(error instanceof Untold)) throw error;
  console.error(`conform: ${error.message}`);
  process.exitCode = 1;
});
