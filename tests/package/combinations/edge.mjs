// The guard and the client in real workerd, in front of an API that does all that an API should not: tests/edge.

import { startApi } from "../../edge/api.mjs";
import callRows from "../../edge/calls.mjs";
import earlyRows from "../../edge/early.mjs";
import listRows from "../../edge/lists.mjs";
import payloadRows, { PASSING } from "../../edge/payloads.mjs";
import { runRows } from "../../edge/run.mjs";
import { workerOf } from "../../edge/worker.mjs";
import { serveWorker } from "../matrix/workerd.mjs";

const DATES = ["2024-09-01", "2025-06-01", "2026-10-01"];

/** Loads that are refused for their time, and no row's: what a client waits for. */
const PATIENT = { timeoutDuration: 4_000, revalidateTimeout: 3_000 };

/** Names go into headers and addresses: a row has a number, and its title is for people. */
const named = (rows) => rows.map((row, at) => ({ ...row, title: row.name, name: `r${at}`, client: { ...PATIENT, ...row.client } }));

const held = (date, listed, words) => async (_, project) => {
  const rows = named(listed);
  const api = await startApi(new Map(rows.map((row) => [row.name, row])));
  const settings = ({ client, guard, registry, store, api, tenants }) => ({ client, guard, registry, store, api, tenants });
  const source = workerOf(Object.fromEntries(rows.map((row) => [row.name, settings(row)])));
  try {
    const worker = await serveWorker(project, source, { name: `edge-${date}`, date, env: { API: api.url } });
    try {
      const { faults, sums } = await runRows(rows, api, worker);
      if (process.env.KAIREON_ROWS)
        for (const { title } of rows) console.log(`${faults.some((fault) => fault.startsWith(`${title}:`)) ? "FAILED" : "ok    "}  ${title}`);
      if (faults.length > 0) throw new Error(faults.slice(0, 30).join("\n"));
      const { calls, items, recorded, refused, toldOtherwise, unacknowledged, letters } = sums;
      const sum = `${calls} calls and ${items} items: ${recorded} recorded, ${refused} refused and ${letters} letters, ${toldOtherwise + unacknowledged} told otherwise`;
      return `${rows.length} rows${words}; ${sum}`;
    } finally {
      worker.stop();
    }
  } finally {
    api.close();
  }
};

export default {
  core: true,
  about: "The edge",
  claims: Object.fromEntries(
    DATES.flatMap((date) => [
      [
        `workerd {workerd}, compatibility date ${date}: whatever the API and its callers do, no call is lost and none comes twice`,
        held(date, [...listRows, ...earlyRows, ...callRows], ""),
      ],
      [
        `workerd {workerd}, compatibility date ${date}: no documented payload is refused`,
        held(date, payloadRows, ` of ${PASSING.sent} of the vectors' ${PASSING.cases} payloads that pass`),
      ],
    ]),
  ),
};
