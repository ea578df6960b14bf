// zod: one group of a bigger form is checked by us, and handed on as we have it.

import type { NewOutcomeType, OutcomeTypeDraft } from "kaireon-outcomes";
import { z } from "zod";
import { CHOOSE, LETTERS, TAKEN, after, before, body, check, claim, draft, message, same } from "./fixture.js";
import type { Same } from "./fixture.js";

let registry = before;

const outcomeType = z
  .custom<OutcomeTypeDraft>()
  .superRefine((draft, context) => {
    const { issues = [] } = registry.schema("create", { message })["~standard"].validate(draft);
    for (const { code, path, message } of issues) context.addIssue({ code: "custom", path: [...path], message, params: { code } });
  })
  // Only what passed comes here.
  .transform((draft) => registry.checkCreate(draft).value!);

const form = z.object({ reason: z.string().min(3, "Zu kurz"), outcomeType });
claim<Same<z.input<typeof form>, { reason: string; outcomeType: OutcomeTypeDraft }>>();
claim<Same<z.output<typeof form>, { reason: string; outcomeType: NewOutcomeType }>>();

/** What is said of each field. */
const faults = (group: unknown, reason = "a campaign") =>
  form.safeParse({ reason, outcomeType: group }).error?.issues.map(({ path, message }) => [path.join("."), message]);

await check("another language on the right field", () => {
  same(faults({ ...draft, key: "Call back" }), [["outcomeType.key", LETTERS]]);
  same(faults({ ...draft, key: "Call back" }, ""), [["reason", "Zu kurz"], ["outcomeType.key", LETTERS]]);
});
await check("an untouched choice refused", () => {
  same(faults({ ...draft, classification: "" }), [["outcomeType.classification", CHOOSE]]);
  same(faults({ key: "call_back", name: "Call Back" }), [["outcomeType.classification", CHOOSE], ["outcomeType.category", CHOOSE]]);
});
await check("checked again when the list is loaded again", () => {
  same(faults(draft), undefined);
  registry = after;
  same(faults(draft), [["outcomeType.key", TAKEN]]);
  registry = before;
});
await check("the body is the schema's", () => {
  same(form.parse({ reason: "a campaign", outcomeType: draft }), { reason: "a campaign", outcomeType: body });
});
await check("whatever the group is, nothing is thrown", () => {
  for (const group of [undefined, null, 1, "text", [], () => 1]) same(form.safeParse({ reason: "a campaign", outcomeType: group }).success, false);
});
