// Texts to begin with in the Respond tester.

const pretty = (value) => JSON.stringify(value, null, 2);
const target = { recommendationId: "rec_7f3a", rank: 1 };

/** A call that is good for the outcome type of a key. */
export const callNaming = (outcome) => ({
  text: pretty({ customerId: "CUST001", ...target, outcome, context: { source: "mobile_app" } }),
  idempotencyKey: `${outcome}-cust001-1`,
});

/** `{ title, text, idempotencyKey }` of each. */
export const EXAMPLES = [
  { title: "A good call", ...callNaming("click") },
  {
    title: "A call with mistakes",
    text: pretty({
      customerID: "CUST001",
      recommendationId: "rec_7f3a",
      rank: 0,
      outcome: "clik",
      conversionValue: "49.90",
      direction: "inbond",
      timestamp: "2026-02-30T10:00:00Z",
    }),
    idempotencyKey: "",
  },
  {
    title: "A bulk body",
    text: pretty({
      outcomes: [
        { customerId: "CUST001", offerId: "offer_gold", outcome: "impression", idempotencyKey: "imp-001" },
        { customerId: "CUST002", offerId: "offer_gold", outcome: "convert", idempotencyKey: "conv-002" },
        { customerId: "CUST003", offerId: "offer_blue", outcome: "dismiss", idempotencyKey: "dis-003" },
      ],
    }),
    idempotencyKey: "",
  },
  {
    title: "Lines",
    text: [
      '{"customerId":"CUST001","offerId":"offer_gold","outcome":"impression","timestamp":"2026-03-10T14:30:00Z"}',
      '{"customerId":"Renée","offerId":"offer_gold","outcome":"clik","timestamp":"2026-03-10T14:31:00Z"}',
      '{"customerId":"CUST003","outcome":"save"}',
      '{"customerId":"CUST004","offerId":"offer_blue","outcome":"share"',
      '{"customerId":"CUST005","offerId":"offer_blue","outcome":"opt_out"}',
    ].join("\n"),
    idempotencyKey: "",
  },
];
