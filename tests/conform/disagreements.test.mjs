// Planted disagreements: a stand-in that answers otherwise is found out by the right rule, with the right verdict.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertFound, asked } from "./asked.mjs";
import { refusal } from "./standin.mjs";

const TYPES = "/outcome-types";
const creates = ({ method, path }) => method === "POST" && path === TYPES;
const responds = ({ path }) => path === "/respond" || path === "/capture";

test("nothing planted: nothing is found, and nothing is recorded", async (t) => {
  const found = await asked(t);
  await assertFound(found, {});
  assert.deepEqual([found.recorded, found.said, found.stopped], [0, [], undefined]);
  assert.ok(found.names("agree").length > 200);
});

test("with --record nothing planted is nothing found, either", async (t) => {
  const found = await asked(t, undefined, { record: true });
  await assertFound(found, {});
  assert.ok(found.recorded > 5 && found.recorded < 30);
  assert.equal(found.of("the direction of an impression without one").verdict, "agree");
  assert.deepEqual(found.said, []);
});

test("a digit in a key is refused", async (t) => {
  const planted = (request) => {
    if (creates(request) && /\d/.test(request.json?.key)) return refusal(400, "key: lowercase letters and underscores");
  };
  await assertFound(await asked(t, planted), { stricter: ["a key with a digit inside"] });
});

test("keys with hyphens are taken", async (t) => {
  // The stand-in is told of another key: what counts is that the row has the one that was sent.
  const planted = async ({ ask, ...request }) => {
    if (!creates(request) || !/-/.test(request.json?.key)) return undefined;
    const { key } = request.json;
    const answer = await ask({ json: { ...request.json, key: key.replaceAll("-", "_") } });
    return { ...answer, json: { ...answer.json, key } };
  };
  await assertFound(await asked(t, planted), { looser: ["a key with a hyphen"] });
});

test("keys are trimmed, and folded to small letters", async (t) => {
  const planted = ({ ask, ...request }) => {
    if (!creates(request) || typeof request.json?.key !== "string") return undefined;
    return ask({ json: { ...request.json, key: request.json.key.trim().toLowerCase() } });
  };
  const found = await asked(t, planted);
  await assertFound(found, {
    looser: [
      "a key with a capital letter",
      "a key with spaces around it",
      "a key with a line end behind it",
      "a repeated member",
    ],
  });
});

test("names are trimmed", async (t) => {
  const planted = ({ ask, ...request }) => {
    if (!creates(request) || !/^\s+\S/.test(request.json?.name)) return undefined;
    return ask({ json: { ...request.json, name: request.json.name.trim() } });
  };
  await assertFound(await asked(t, planted), { different: ["a name is kept with the spaces around it"] });
});

test("a new type is answered with 200", async (t) => {
  const planted = async ({ ask, ...request }) => {
    if (!creates(request)) return undefined;
    const answer = await ask();
    return answer.status === 201 ? { ...answer, status: 200 } : answer;
  };
  await assertFound(await asked(t, planted), { different: ["a new type is answered with 201"] });
});

test("other defaults, and another word among the statuses", async (t) => {
  const planted = async ({ ask, ...request }) => {
    if (!creates(request)) return undefined;
    if (request.json?.status === "draft") return refusal(422, "status: active, paused or archived");
    return ask(
      request.json?.classification === undefined ? { json: { ...request.json, classification: "positive" } } : {},
    );
  };
  const found = await asked(t, planted);
  await assertFound(found, { stricter: ["status `draft`"], different: ["without a classification it is the default"] });
  assert.match(found.of("status `draft`").server, /^refuses it: 422 BAD_REQUEST “status: active/);
});

test("the list is a bare array: read like the other, and said", async (t) => {
  const planted = async ({ ask, method, path }) => {
    if (method !== "GET" || path !== TYPES) return undefined;
    const answer = await ask();
    return { ...answer, json: answer.json.data };
  };
  const found = await asked(t, planted);
  await assertFound(found, {});
  assert.equal(found.of("the list can be read, whichever shape it has").server, "answers with a bare array");
});

test("the list comes page by page", async (t) => {
  const planted = async ({ ask, method, path, query }) => {
    if (method !== "GET" || path !== TYPES) return undefined;
    const { status, json } = await ask({
      path: query.includes("includeDeleted=true") ? `${TYPES}?includeDeleted=true` : TYPES,
    });
    const from = Number(new URLSearchParams(query).get("cursor") ?? 0);
    const hasMore = from + 4 < json.data.length;
    const pagination = { total: json.data.length, limit: 4, hasMore, nextCursor: hasMore ? String(from + 4) : null };
    return { status, json: { data: json.data.slice(from, from + 4), pagination } };
  };
  const found = await asked(t, planted);
  assert.equal(
    found.of("the list can be read, whichever shape it has").server,
    "answers with an object with `data` and `pagination`",
  );
  assert.deepEqual([found.left, (await found.keys()).length], [[], 10]);
});

test("another set of system types, in another order", async (t) => {
  const planted = async ({ ask, method, path }) => {
    if (method !== "GET" || path !== TYPES) return undefined;
    const { status, json } = await ask();
    const rows = json.data.map((row) => (row.key === "conversion" ? { ...row, key: "convert", name: "Convert" } : row));
    const numbered = rows.map((row, place) => ({
      ...row,
      ordinal: place,
      ...(row.key === "defer" ? { classification: "negative" } : {}),
    }));
    return { status, json: { data: numbered.reverse() } };
  };
  await assertFound(await asked(t, planted), {
    different: [
      "nothing in the list has to be repaired or passed over",
      "types come in the order of `ordinal`",
      "the system types are the ten and no others",
      "`conversion` is a system type, positive, response",
      "`defer` is a system type, neutral, response",
    ],
  });
});

test("a key that was deleted stays taken, and deletes are for good", async (t) => {
  const used = new Set();
  const planted = async ({ ask, ...request }) => {
    if (request.method === "GET" && request.query.includes("includeDeleted")) return ask({ path: TYPES });
    if (!creates(request) || typeof request.json?.key !== "string") return undefined;
    if (used.has(request.json.key)) return refusal(409, "key is taken", "CONFLICT");
    const answer = await ask();
    if (answer.status === 201) used.add(request.json.key);
    return answer;
  };
  await assertFound(await asked(t, planted), {
    stricter: ["the key of a deleted type, used again"],
    different: ["a deleted type is listed with `includeDeleted=true`"],
  });
});

test("deletes know no case and are never refused", async (t) => {
  const planted = async ({ ask, method, path }) => {
    if (method !== "DELETE") return undefined;
    await ask({ path: path.toLowerCase() });
    return { status: 204 };
  };
  await assertFound(await asked(t, planted), {
    looser: [
      "a delete of a type that was deleted",
      "a delete of a key that nobody has",
      "a delete of a key in capitals, where the one in small letters is there",
    ],
  });
});

test("an edit may change the key, goes to the id, and is refused with a version of the past", async (t) => {
  const ids = new Map();
  const withId = (row) => {
    ids.set(`id-${row.key}`, row.key);
    return { ...row, id: `id-${row.key}` };
  };
  const planted = async ({ ask, method, path, json }) => {
    const named = decodeURIComponent(path.slice(TYPES.length + 1));
    if (method === "GET") {
      const answer = await ask();
      return { ...answer, json: { data: answer.json.data.map(withId) } };
    }
    if (method === "DELETE" && ids.has(named)) return ask({ path: `${TYPES}/${ids.get(named)}` });
    if (method === "POST" && path === TYPES) {
      const answer = await ask();
      return answer.status === 201 ? { ...answer, json: withId(answer.json) } : answer;
    }
    if (method !== "PUT") return undefined;
    if (!ids.has(named)) return refusal(404, "no such id", "NOT_FOUND");
    if (json.version === 1) return refusal(409, "changed since", "CONFLICT");
    const { key, ...others } = json;
    return ask({ path: `${TYPES}/${ids.get(named)}`, json: others });
  };
  const found = await asked(t, planted);
  await assertFound(found, {
    stricter: ["an edit that names a version of the past"],
    looser: ["an edit with another key"],
    different: ["an edit is addressed by key, as a delete is"],
  });
  assert.match(found.of("an edit with another key").server, /the key stays$/);
});

test("case is folded on lookup: it says so loudly, and that one interaction was recorded", async (t) => {
  const planted = ({ ask, ...request }) => {
    if (!responds(request) || typeof request.json?.outcome !== "string" || !/^[A-Z_]+$/.test(request.json.outcome))
      return undefined;
    return ask({ json: { ...request.json, outcome: request.json.outcome.toLowerCase() } });
  };
  const found = await asked(t, planted);
  await assertFound(found, { looser: ["an outcome in capitals, where the key is in small letters"] });
  assert.equal(found.recorded, 1);
  assert.match(
    found.said.join("\n"),
    /^LOOSER: a call that was meant to be refused was taken, and one interaction was recorded \(customer `conform_probe_[a-z]{8}`\)$/,
  );
});

test("unknown outcomes are taken: said at once, and not tried again without --record", async (t) => {
  const planted = ({ ask, ...request }) => {
    if (!responds(request) || !/_unknown/.test(request.json?.outcome)) return undefined;
    return ask({ json: { ...request.json, outcome: "click" } });
  };
  const found = await asked(t, planted);
  assert.deepEqual(found.names("looser"), ["an outcome that nobody has"]);
  assert.deepEqual(found.names("stricter"), []);
  // The measure, and the rule itself.
  assert.equal(found.recorded, 2);
  assert.equal(found.of("rank `1.0`").verdict, "unknown");
  assert.match(found.of("rank `1.0`").server, /takes unknown outcomes/);
  assert.equal(found.of("rank `0`").verdict, "agree");
  assert.deepEqual([found.left, (await found.keys()).length], [[], 10]);
});

test("calls are refused with 422", async (t) => {
  const planted = async ({ ask, ...request }) => {
    if (!responds(request)) return undefined;
    const answer = await ask();
    return answer.status === 400 ? { status: 422, json: { error: { ...answer.json.error, status: 422 } } } : answer;
  };
  // Without `issues` the refusal names its first fault alone: which that is, is the stand-in's affair.
  const found = await asked(t, planted);
  assert.deepEqual(found.names("different"), ["a call without an idempotency key is refused with 400"]);
  assert.equal(found.of("a call without an idempotency key is refused with 400").server, "`422`");
});

test('a call may not be dated ahead, "1" is a rank and 1e309 a number', async (t) => {
  const planted = ({ ask, ...request }) => {
    if (!responds(request)) return undefined;
    if (Date.parse(request.json?.timestamp) > Date.now() + 3600_000 * 48)
      return refusal(400, "timestamp is too far ahead");
    if (/1e309/.test(request.text)) return ask({ text: request.text.replace("1e309", "1e308") });
    if (request.json !== undefined && request.json.rank === "1")
      return ask({ text: request.text.replace('"rank":"1"', '"rank":1') });
    return undefined;
  };
  await assertFound(await asked(t, planted), {
    stricter: ["a timestamp of ten years ahead"],
    looser: ['rank `"1"`', "conversionValue `1e309`"],
  });
});

test("documents are looked at behind the outcome: said, and asked in another way", async (t) => {
  const planted = ({ ask, ...request }) => {
    if (!responds(request) || !/_unknown/.test(request.text)) return undefined;
    return refusal(404, "Outcome type not found", "NOT_FOUND");
  };
  const found = await asked(t, planted);
  assert.deepEqual([found.names("stricter"), found.recorded], [[], 0]);
  assert.equal(found.of("rank `0`").verdict, "agree");
  assert.equal(found.of("rank `1.0`").verdict, "unknown");
  const more = await asked(t, planted, { record: true });
  assert.deepEqual([more.names("stricter"), more.names("looser")], [[], []]);
  assert.equal(more.of("rank `1.0`").verdict, "agree");
});

test("refusals that never read the same twice are not told apart by their words", async (t) => {
  const planted = async ({ ask, ...request }) => {
    if (!responds(request)) return undefined;
    const { status, json } = await ask();
    if (status < 400) return { status, json };
    const incident = Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => "abcdefghij"[byte % 10]).join("");
    return { status, json: { error: { ...json.error, message: `${json.error.message} (incident ${incident})` } } };
  };
  const found = await asked(t, planted);
  assert.deepEqual([found.names("stricter"), found.names("looser"), found.recorded], [[], [], 0]);
  assert.match(found.of("rank `1.0`").server, /^this server words the same refusal otherwise each time/);
  assert.equal(found.of("rank `0`").verdict, "agree");
});

test("of two names the older counts, and of two keys the header's", async (t) => {
  const planted = async ({ ask, ...request }) => {
    if (!responds(request) || request.json === undefined) return undefined;
    const { interactionType, ...others } = request.json;
    if (interactionType !== undefined && others.outcome !== undefined)
      return ask({ json: { ...others, outcome: interactionType } });
    const key = request.headers["idempotency-key"];
    if (key?.trim() && others.idempotencyKey) return ask({ json: { ...request.json, idempotencyKey: key } });
    return undefined;
  };
  await assertFound(await asked(t, planted, { record: true }), {
    looser: ["`outcome` and `interactionType` that differ"],
    different: ["of two idempotency keys the body's counts"],
  });
});

test("paused types are refused, repeated calls are conflicts, directions are outbound", async (t) => {
  const seen = new Set();
  const planted = async ({ ask, ...request }) => {
    if (!responds(request)) return undefined;
    if (/_paused/.test(request.json?.outcome)) return refusal(400, "the outcome type is not active");
    const answer = await ask();
    if (answer.status !== 200) return answer;
    if (seen.has(answer.json.interactionId)) return refusal(409, "recorded already", "CONFLICT");
    seen.add(answer.json.interactionId);
    return { ...answer, json: { ...answer.json, direction: "outbound" } };
  };
  const found = await asked(t, planted, { record: true });
  await assertFound(found, {
    stricter: ["a type of the status `paused`"],
    different: [
      "the same call again is answered as before and not recorded twice",
      "the direction of a response without one",
    ],
  });
});

test("a creative that is not there: with --record it says which option helps", async (t) => {
  const planted = async ({ ask, ...request }) => {
    if (!responds(request)) return undefined;
    const answer = await ask();
    const known = request.json?.creativeId === "creative_001" || answer.status !== 200;
    return known ? answer : refusal(404, "Creative not found", "NOT_FOUND");
  };
  const without = await asked(t, planted, { record: true });
  await assertFound(without, {});
  assert.match(without.of("a type of the status `paused`").server, /name one that the tenant has with --creative ID$/);
  const withOne = await asked(t, planted, { record: true, creativeId: "creative_001" });
  await assertFound(withOne, {});
  assert.equal(withOne.of("a type of the status `paused`").verdict, "agree");
});

test("bulk counts from 1, fails with 200, and takes the older name", async (t) => {
  const planted = async ({ ask, path, json }) => {
    if (path !== "/respond/bulk" || !Array.isArray(json?.outcomes)) return undefined;
    const outcomes = json.outcomes.map(({ interactionType, ...item }) => ({ outcome: interactionType, ...item }));
    const { status, json: answer } = await ask({ json: { ...json, outcomes } });
    if (answer.errors === undefined) return { status, json: answer };
    return {
      status: 200,
      json: { ...answer, errors: answer.errors.map(({ index, error }) => ({ index: index + 1, error })) },
    };
  };
  await assertFound(await asked(t, planted), {
    looser: ["an item with `interactionType` for `outcome`"],
    different: ["where every item fails the answer is 422", "the index of an item counts from 0"],
  });
});

test("a malformed item fails by itself, and 1,000 items are too many", async (t) => {
  const planted = async ({ ask, path, json }) => {
    if (path !== "/respond/bulk" || !Array.isArray(json?.outcomes)) return undefined;
    if (json.outcomes.length > 500) return refusal(400, "at most 500 items");
    const answer = await ask();
    if (answer.status !== 400 || json.outcomes.length !== 2) return answer;
    const errors = json.outcomes.map((_, index) => ({ index, error: "refused" }));
    return { status: 422, json: { processed: 2, succeeded: 0, failed: 2, errors } };
  };
  await assertFound(await asked(t, planted), {
    stricter: ["1000 items"],
    different: ["one malformed item costs the whole request, with 400"],
  });
});

test("a system type may go, with --record: it is put back, and said", async (t) => {
  let gone = false;
  const planted = async ({ ask, ...request }) => {
    if (request.method === "DELETE" && /\/(save|share)$/.test(request.path)) {
      gone = true;
      return { status: 204 };
    }
    if (gone && creates(request) && /^(save|share)$/.test(request.json?.key)) {
      gone = false;
      return { status: 201, json: { ...request.json, isSystem: false } };
    }
  };
  const found = await asked(t, planted, { record: true });
  await assertFound(found, { looser: ["a system type cannot be deleted"] });
  assert.match(
    found.said.join("\n"),
    /^LOOSER: the system type `sh?a[vr]e` was deleted, and was made again as a custom one$/,
  );
  assert.equal(gone, false);
});
