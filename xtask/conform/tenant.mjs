// The tenant that is asked: one request at a time, bounded in time, with the headers that the platform wants.

import { setTimeout as wait } from "node:timers/promises";

/** How long one answer may take, in milliseconds. */
const PATIENCE = 15_000;

/** How often a request is sent again where the server says that there were too many, and the longest pause between. */
const REPEATS = 4;
const LONGEST_PAUSE = 60_000;

/** Why a rule cannot be told, in one sentence. */
export class Untold extends Error {}

/** There was no answer: the server is not there, or too slow. The request may have been carried out all the same. */
export class Unanswered extends Untold {}

/** The address below which the endpoints are, from what a person types: with or without `/api/v1`. */
export function baseOf(api) {
  let url;
  try {
    url = new URL(api);
  } catch {
    throw new Untold(`--api takes a web address, not \`${api}\`.`);
  }
  if (!/^https?:$/.test(url.protocol)) throw new Untold("--api takes an address that begins with http:// or https://.");
  if (url.username !== "" || url.password !== "") {
    throw new Untold("--api takes no user and password: set KAIREON_API_KEY and KAIREON_TENANT_ID.");
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "").replace(/\/api(\/v1)?$/, "")}/api/v1`;
}

/** The platform's headers, in every variant that its pages name: which of them a tenant reads is its own affair. */
export function headersFrom({ KAIREON_API_KEY: key = "", KAIREON_TENANT_ID: tenant = "" }) {
  const named = { "X-Requested-With": "XMLHttpRequest" };
  if (key !== "") Object.assign(named, { Authorization: `Bearer ${key}`, "X-API-Key": key });
  if (tenant !== "") named["X-Tenant-Id"] = tenant;
  for (const value of Object.values(named)) {
    // Said here, for fetch would say it with the key in its sentence.
    if (!/^[\x20-\x7e]+$/.test(value)) {
      throw new Untold("KAIREON_API_KEY or KAIREON_TENANT_ID holds a character that no header may hold.");
    }
  }
  return named;
}

/** A tenant at `base`. An answer is `{ status, type, text, json }`; `json` is undefined where the body is none. */
export function createTenant({ base, headers, patience = PATIENCE }) {
  async function once(method, path, body, more) {
    const sent = { ...headers, ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...more };
    try {
      // Never followed: the key would go to another address.
      const init = { method, body, headers: sent, redirect: "manual", signal: AbortSignal.timeout(patience) };
      const response = await fetch(`${base}${path}`, init);
      const text = await response.text();
      const type = response.headers.get("content-type") ?? "no content type";
      return { status: response.status, type, text, json: parsed(text), after: response.headers.get("retry-after") };
    } catch (error) {
      const reason =
        error.name === "TimeoutError"
          ? `nothing in ${patience / 1000} s`
          : (error.cause?.code ?? error.cause?.message ?? error.name);
      throw new Unanswered(`no answer (${reason})`);
    }
  }

  return {
    /** Sends one request; more of them only where the server says that it carried out none, being asked too often. */
    async ask(method, path, { body, headers: more } = {}) {
      let answer = await once(method, path, body, more);
      for (let repeat = 0; answer.status === 429 && repeat < REPEATS; repeat += 1) {
        await wait(pause(answer.after, repeat));
        answer = await once(method, path, body, more);
      }
      return answer;
    },
  };
}

/** What `Retry-After` asks for, in milliseconds, or a pause that doubles. */
function pause(after, repeat) {
  const asked = /^\d{1,4}$/.test(after ?? "") ? Number(after) * 1000 : 500 * 2 ** repeat;
  return Math.min(asked, LONGEST_PAUSE);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
