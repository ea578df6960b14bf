// What is at which address.

import { createCalls } from "./calls.mjs";
import { fileAt, front } from "./files.mjs";
import { createHistory } from "./history.mjs";
import { createOutcomeTypes } from "./outcome-types.mjs";

/**
 * The endpoints over a tenant's memory, as a function from a path to the methods there: `answer` takes
 * `{ key, query, bytes, accept, idempotencyKey, place }` and gives `{ status, headers, body, text, content, warnings,
 * note }` or a promise of it; `reads` is how much of a body it wants. Every decision is the package's. Without a tenant
 * there are the page and its files alone.
 */
export function createEndpoints(tenant) {
  const paths = new Map([["/", { GET: front }]]);
  let ofOneType;
  if (tenant !== undefined) {
    const { all, one } = createOutcomeTypes(tenant.types);
    const { respond, bulk } = createCalls(tenant);
    paths.set("/api/v1/outcome-types", all);
    paths.set("/api/v1/respond", { POST: respond });
    paths.set("/api/v1/capture", { POST: respond }); // an alias
    paths.set("/api/v1/respond/bulk", { POST: bulk });
    paths.set("/api/v1/interaction-history", { GET: createHistory(tenant.interactions) });
    ofOneType = one;
  }
  return (path) => {
    const methods = paths.get(path);
    if (methods !== undefined) return { methods };
    const key = keyIn(path);
    if (key !== undefined && ofOneType !== undefined) return { methods: ofOneType, key };
    const file = fileAt(path);
    return { methods: file === undefined ? {} : { GET: file } };
  };
}

/** The key in `/api/v1/outcome-types/:key`; none where the path is another or its escapes are broken. */
function keyIn(path) {
  const escaped = /^\/api\/v1\/outcome-types\/([^/]+)$/.exec(path)?.[1];
  try {
    return escaped && decodeURIComponent(escaped);
  } catch {
    return undefined;
  }
}
