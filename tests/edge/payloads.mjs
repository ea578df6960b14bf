// Rows of the fault matrix: every payload that passes by the vectors, and those of the platform's pages as they stand there.

import { readFileSync } from "node:fs";
import { gets } from "./sent.mjs";

const cases = ["payloads", "respond", "bulk"].flatMap(
  (file) => JSON.parse(readFileSync(new URL(`../vectors/${file}.json`, import.meta.url), "utf8")).cases,
);
const passing = cases.filter(({ check, expect }) => ["respond", "bulk"].includes(check) && expect.ok);

const repeated = ({ before = "", part, between = "", times, after = "" }) =>
  before + Array.from({ length: times }, (_, at) => part.replaceAll("{i}", at)).join(between) + after;
const textOf = ({ text, input, repeat }) =>
  text ?? ((repeat ?? input?.repeat) ? repeated(repeat ?? input.repeat) : typeof input === "string" ? input : JSON.stringify(input));

/** What a header can say: the client's own HTTP says no more. */
const isHeader = (value) => value === undefined || /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value);

/** One row for the cases that share a registry and rules. */
const rows = new Map();
for (const vector of passing) {
  const { check, registry = { data: [] }, options: { idempotencyKey, rules, as } = {} } = vector;
  if (!isHeader(idempotencyKey)) continue;
  const shared = JSON.stringify({ registry, rules });
  const headers = { "Content-Type": "application/json", ...(idempotencyKey !== undefined && { "Idempotency-Key": idempotencyKey }) };
  const isItem = as === "bulk-item";
  const body = isItem ? `{"outcomes":[${textOf(vector)}]}` : textOf(vector);
  const about = { path: isItem || check === "bulk" ? "respond/bulk" : "respond", body, headers, vector: vector.name };
  if (!rows.has(shared))
    rows.set(shared, {
      name: `payloads that pass, ${rows.size + 1}`,
      registry: registry.repeat ? repeated(registry.repeat) : registry,
      guard: { rules },
      steps: [[]],
      letters: 0,
    });
  rows.get(shared).steps[0].push(gets(about, [200, 422]));
}

/** The pages' bodies, each with the header that all but the bulk may have; nothing is known but the ten. */
const IDEMPOTENT = { "Idempotency-Key": "page" };
const page = (path, body, headers = IDEMPOTENT) => gets({ path, body: JSON.stringify(body), headers }, 200);
const REC = "rec_7f3a2b1c-9d4e-5f6a-8b7c-0d1e2f3a4b5c";
const MORE = {
  context: { source: "email_campaign_q1", utm_medium: "email" },
  outcomeDetails: { product_sku: "SKU-12345" },
  timestamp: "2026-03-16T14:35:00.000Z",
  conversionValue: 149.99,
};
const KEY = "click-cust001-offer001-1710590400";

export const PASSING = { cases: passing.length, sent: [...rows.values()].reduce((sum, { steps }) => sum + steps[0].length, 0) };

export default [
  ...[...rows.values()].map((row) => ({ ...row, reached: row.steps[0].length })),
  {
    name: "the bodies of the platform's pages",
    client: {
      initial: {
        data: [
          { key: "convert", name: "Convert" },
          { key: "accepted", name: "Accepted" },
        ],
      },
    },
    steps: [
      // The oldest page's has no customer, without whom the pages of today take nothing.
      page("respond", { interactionId: "int_abc123", outcome: "accepted", offerId: "offer_1", customerId: "C" }),
      page("respond", { customerId: "cust_123", offerId: "act_abc", channelId: "ch_email", outcomeType: "impression" }),
      page(
        "respond",
        {
          customerId: "CUST001",
          creativeId: "creative_001",
          outcome: "click",
          idempotencyKey: KEY,
          interactionId: "550e8400-e29b-41d4-a716-446655440000",
          offerId: "offer_001",
          channelId: "channel_email",
          placementId: "placement_hero",
          rank: 1,
          ...MORE,
          attributes: { device: "mobile", browser: "safari" },
        },
        {},
      ),
      page("respond", { customerId: "CUST001", recommendationId: REC, rank: 1, outcome: "click" }),
      page(
        "respond",
        {
          customerId: "CUST001",
          recommendationId: REC,
          rank: 1,
          outcome: "click",
          idempotencyKey: KEY,
          creativeId: "creative_001",
          offerId: "offer_001",
          channelId: "channel_email",
          direction: "outbound",
          ...MORE,
        },
        {},
      ),
      page("capture", { customerId: "C-1234", creativeId: "creative_001", outcome: "impression", idempotencyKey: "imp-C1234-001" }, {}),
      page("capture", {
        customerId: "C-1234",
        eventType: "impression",
        offerId: "offer_premium_card",
        channelId: "ch_email",
        metadata: { placement: "hero-banner" },
      }),
      page(
        "respond/bulk",
        {
          outcomes: [
            {
              customerId: "cust_42",
              offerId: "off_premium_card",
              creativeId: "crv_email_a",
              outcome: "click",
              timestamp: "2026-04-30T10:15:00Z",
              context: { device: "mobile" },
            },
            {
              customerId: "cust_99",
              offerId: "off_savings_acct",
              outcome: "convert",
              conversionValue: 250.0,
              idempotencyKey: "import-batch-2026-04-30:line-7",
            },
          ],
        },
        {},
      ),
    ],
    reached: 8,
    letters: 0,
  },
];
