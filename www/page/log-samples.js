// Logs to begin with, each with the questions that fit it.

const row = (customerId, outcome, timestamp, variant) => ({ customerId, offerId: "OFFER1", outcome, timestamp, variant });
const lines = (rows) => rows.map((one) => JSON.stringify(one)).join("\n");

/** Those of the package's README. */
const FEW = [
  row("C1", "impression", "2026-03-01T09:00:00Z", "control"),
  row("C2", "impression", "2026-03-01T09:00:00Z", "control"),
  row("C3", "impression", "2026-03-01T09:00:00Z", "B"),
  row("C4", "impression", "2026-03-01T09:00:00Z", "B"),
  row("C1", "click", "2026-03-10T09:00:00Z"),
  row("C3", "click", "2026-03-15T09:00:00Z"),
  row("C1", "conversion", "2026-03-15T09:30:00Z"),
  row("C3", "conversion", "2026-03-15T10:00:00Z"),
  row("C4", "conversion", "2026-03-16T10:00:00Z"),
  row("C2", "complaint", "2026-03-16T12:00:00Z"),
  row("C2", "complaint", "yesterday"),
];

/** A hundred customers a variant: of the control every tenth converts, of B every fourth. */
const MANY = ["control", "B"].flatMap((variant) =>
  Array.from({ length: 100 }, (_, nth) => `${variant === "B" ? "B" : "A"}${nth + 1}`).flatMap((customerId, nth) => [
    row(customerId, "impression", "2026-03-14T09:00:00Z", variant),
    ...(nth % 4 === 0 ? [row(customerId, "click", "2026-03-14T09:05:00Z")] : []),
    ...(nth % (variant === "B" ? 4 : 10) === 0 ? [row(customerId, "conversion", "2026-03-15T18:00:00Z")] : []),
    ...(nth % 50 === 49 ? [row(customerId, "complaint", "2026-03-16T08:00:00Z")] : []),
  ]),
);

const now = "2026-03-16T14:35:00";

/** `{ title, text, asked }` of each; see `ASKED` for what is asked. */
export const LOGS = [
  { title: "Four customers", text: lines(FEW), asked: { now, customer: "C2" } },
  { title: "Two hundred customers", text: lines(MANY), asked: { now, customer: "A50" } },
];
