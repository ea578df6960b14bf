// What the guard costs in workerd, beside a bare proxy: `node edge.mjs [ROUNDS] [CALLS]` after a build; writes EDGE.md.
// Nothing fails because it is slow. Pairs of the same run are compared, in turn, in another order each round.

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { emptyFolder, tarball } from "../tests/runtimes/packed.mjs";
import { Project } from "../tests/package/matrix/project.mjs";
import { serveWorker } from "../tests/package/matrix/workerd.mjs";
import { chance, shuffled } from "./bodies.mjs";
import { asked, connect, cpuOf, memoryOf, requestOf } from "./edge/load.mjs";
import { API, BARE, GUARD, READING } from "./edge/workers.mjs";
import { median } from "./rounds.mjs";

const [rounds = 9, soak = 500_000] = process.argv.slice(2).map(Number);
const CONNECTIONS = 16;
const DATE = "2026-10-01";
const random = chance(9);

const CALL = JSON.stringify({
  customerId: "CUST001",
  recommendationId: "rec_7f3a2b1c-9d4e-5f6a-8b7c-0d1e2f3a4b5c",
  rank: 1,
  outcome: "custom_a_a",
  idempotencyKey: "click-cust001-offer001-1710590400",
  context: { source: "email_campaign_q1", utm_medium: "email", note: "n".repeat(700) },
  timestamp: "2026-03-16T14:35:00.000Z",
  conversionValue: 149.99,
});
const BULK = JSON.stringify({
  outcomes: Array.from({ length: 1000 }, (_, at) => ({
    customerId: `cust_${at}`,
    offerId: "off_premium_card",
    outcome: at % 2 ? "click" : "custom_b_c",
    timestamp: "2026-04-30T10:15:00Z",
    idempotencyKey: `line-${at}`,
  })),
});
const ROWS = [
  { name: "a single call", path: "/api/v1/respond", body: CALL, warm: 3_000, singly: 400, batch: 1_500 },
  { name: "a bulk of 1000", path: "/api/v1/respond/bulk", body: BULK, warm: 100, singly: 60, batch: 60 },
];

const project = await Project.open("edge-bench", tarball(emptyFolder()));
const api = await serveWorker(project, API, { name: "bench-api", date: DATE });
const PEERS = { bare: BARE, reading: READING, guard: GUARD };
const start = (name) => serveWorker(project, PEERS[name], { name: `bench-${name}`, date: DATE, env: { API: `${api.url}/api/v1` } });
const servers = {};
for (const name of Object.keys(PEERS)) servers[name] = await start(name);
const names = Object.keys(PEERS);
const portOf = ({ url }) => Number(new URL(url).port);

const results = { rows: [] };
for (const row of ROWS) results.rows.push(await measured(row));
results.cold = await coldStarts();
results.tenants = tenants();
console.log(table({ ...results, memory: [] }));
results.memory = await soaked();
for (const server of [api, ...Object.values(servers)]) server.stop();
writeFileSync(new URL("EDGE.md", import.meta.url), table(results));
console.log(table(results));
process.exit(0);

/** CPU of single calls, one at a time, and throughput under load; both in turn. */
async function measured({ name, path, body, warm, singly, batch }) {
  const lines = {};
  for (const peer of names) {
    const port = portOf(servers[peer]);
    lines[peer] = { bytes: requestOf(port, path, body), connections: Array.from({ length: CONNECTIONS }, () => connect(port)), pid: servers[peer].pid };
    await asked(lines[peer].connections, lines[peer].bytes, warm);
  }
  // A worker's clock stands still while it runs, so what it costs is read from outside, when it sleeps again.
  const single = Object.fromEntries(names.map((peer) => [peer, { cpu: [], ms: [] }]));
  for (let times = 0; times < singly; times += 1) {
    for (const peer of shuffled(names, random)) {
      const { bytes, connections, pid } = lines[peer];
      const cpu = cpuOf(pid);
      const ms = await asked(connections.slice(0, 1), bytes, 1);
      await asleep(pid);
      single[peer].cpu.push(cpuOf(pid) - cpu);
      single[peer].ms.push(ms);
    }
  }
  const loaded = Object.fromEntries(names.map((peer) => [peer, { cpu: [], rate: [] }]));
  for (let round = 0; round < rounds; round += 1) {
    for (const peer of shuffled(names, random)) {
      const { bytes, connections, pid } = lines[peer];
      const cpu = cpuOf(pid);
      const ms = await asked(connections, bytes, batch);
      await asleep(pid);
      loaded[peer].cpu.push((cpuOf(pid) - cpu) / batch);
      loaded[peer].rate.push((batch / ms) * 1000);
    }
    console.log(
      `${name}, round ${round + 1}: ${names.map((peer) => `${peer} ${loaded[peer].rate.at(-1).toFixed(0)}/s, ${loaded[peer].cpu.at(-1).toFixed(1)} µs`).join("; ")}`,
    );
  }
  for (const { connections } of Object.values(lines)) for (const { close } of connections) close();
  return { name, bytes: Buffer.byteLength(body), single, loaded, count: singly };
}

/** Until it has done nothing for a moment. */
async function asleep(pid) {
  for (let before = -1, now = cpuOf(pid); before !== now; [before, now] = [now, cpuOf(pid)]) await new Promise((done) => setTimeout(done, 1));
}

/** From the start of the process to the first verdict. */
async function coldStarts() {
  const times = { bare: [], guard: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const peer of shuffled(Object.keys(times), random)) {
      const server = await start(peer);
      // It listens and has answered nothing but its probe, which is no call.
      const connection = connect(portOf(server));
      times[peer].push(await asked([connection], requestOf(portOf(server), "/api/v1/respond", CALL), 1));
      connection.close();
      server.stop();
    }
  }
  return times;
}

/** Memory, while call follows call. */
async function soaked() {
  const { pid, url } = servers.guard;
  const port = Number(new URL(url).port);
  const connections = Array.from({ length: CONNECTIONS }, () => connect(port));
  const bytes = requestOf(port, "/api/v1/respond", CALL);
  const seen = [[0, memoryOf(pid)]];
  for (let tenth = 1; tenth <= 10; tenth += 1) {
    await asked(connections, bytes, soak / 10);
    seen.push([(soak / 10) * tenth, memoryOf(pid)]);
    console.log(`${seen.at(-1)[0]} calls: ${seen.at(-1)[1].toFixed(1)} MB`);
  }
  for (const { close } of connections) close();
  return seen;
}

/** Bytes per tenant, each peer in a process of its own; the package as it is installed. */
function tenants() {
  const script = fileURLToPath(new URL("edge/tenants.mjs", import.meta.url));
  const entry = pathToFileURL(join(project.package, "dist/index.js")).href;
  const run = (peer) => JSON.parse(execFileSync(process.execPath, ["--expose-gc", script, peer, entry], { encoding: "utf8" }));
  return Object.fromEntries(["registries", "maps", "slim maps"].map((peer) => [peer, run(peer)]));
}

function at(numbers, part) {
  return numbers.toSorted((one, other) => one - other)[Math.min(numbers.length - 1, Math.floor(numbers.length * part))];
}

function table({ rows, cold, memory, tenants }) {
  const us = (number) => `${number.toFixed(1)} µs`;
  const paired = (peer, other, of) => median(peer.map((value, turn) => of(value, other[turn])));
  const lines = rows.map(({ name, bytes, single, loaded, count }) => {
    const row = (peer) => {
      const { cpu, ms } = single[peer];
      const rate = paired(loaded[peer].rate, loaded.bare.rate, (one, bare) => one / bare);
      const added = [0.5, 0.99].map((part) => us(at(cpu, part) - at(single.bare.cpu, part)));
      const busy = paired(loaded[peer].cpu, loaded.bare.cpu, (one, bare) => one - bare);
      return `| ${peer} | ${us(at(cpu, 0.5))}, ${us(at(cpu, 0.99))} | ${added.join(", ")} | ${us(median(loaded[peer].cpu))} | ${us(busy)} | ${rate.toFixed(2)} | ${at(ms, 0.5).toFixed(2)}, ${at(ms, 0.99).toFixed(2)} ms |`;
    };
    const heads =
      "| | CPU of a call alone, p50 and p99 | added to the bare one's | CPU under load | added | throughput beside the bare one's | answer of a call alone, p50 and p99 |";
    return `**${name}**, ${bytes} bytes; ${count} calls one at a time, ${rounds} rounds under load\n\n${heads}\n|---|---|---|---|---|---|---|\n${names.map(row).join("\n")}`;
  });
  const first = (peer) => `${median(cold[peer]).toFixed(1)} ms`;
  const kept = Object.entries(tenants).map(([peer, { used, rss }]) => `| ${peer} | ${used} | ${rss} |`);
  return `# What the edge's guard costs

Written by \`node edge.mjs\`, never edited. [README.md](README.md) says what each number is and how to read it.

- ${new Date().toISOString().slice(0, 10)}, ${cpus()[0].model}, ${cpus().length} cores, workerd ${project.version("workerd")}, compatibility date ${DATE}

${lines.join("\n\n")}

**Cold**: the first answer of a new process that listens already, median of ${rounds}: bare ${first("bare")}, guard ${first("guard")}

**Memory** of the guard's process over ${soak} calls, in MB: ${memory.map(([, mb]) => mb.toFixed(0)).join(", ")}

**1,000 tenants of 50 types**, bytes a tenant, in Node ${process.versions.node}

| | in use | of the machine |
|---|---|---|
${kept.join("\n")}
`;
}
