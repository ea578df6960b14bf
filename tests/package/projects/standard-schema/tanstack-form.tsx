// TanStack Form: a rendered form that our schema validates at each change.

import { fill, faults, render, submit } from "./page.js";
import { useForm } from "@tanstack/react-form";
import type { NewOutcomeType, OutcomeRegistry, OutcomeTypeDraft } from "kaireon-outcomes";
import { useEffect, useMemo } from "react";
import { CHOOSE, LETTERS, TAKEN, after, before, body, check, draft, message, same } from "./fixture.js";

interface Properties {
  registry: OutcomeRegistry;
  send: (body: NewOutcomeType | undefined) => void;
}

/** A form that nobody touched: no choice is made. */
const UNTOUCHED: OutcomeTypeDraft = { key: "", name: "", classification: "", category: "" };
const FIELDS = ["key", "name", "classification", "category"] as const;

function Form({ registry, send }: Properties) {
  const schema = useMemo(() => registry.schema("create", { message }), [registry]);
  const form = useForm({
    defaultValues: UNTOUCHED,
    validators: { onChange: schema },
    // This library hands on what the form holds, not what its schema made of it.
    onSubmit: ({ value }) => send(registry.checkCreate(value).value),
  });
  // A new list: what was said of the old one counts no longer.
  useEffect(() => void form.validate("change"), [schema]);
  return (
    <form onSubmit={(event) => (event.preventDefault(), void form.handleSubmit())} noValidate>
      {FIELDS.map((name) => (
        <form.Field name={name} key={name}>
          {({ state, handleChange }) => (
            <>
              <input name={name} value={state.value} onChange={(event) => handleChange(event.target.value)} />
              <p data-fault={name}>{state.meta.isTouched ? state.meta.errors[0]?.message : ""}</p>
            </>
          )}
        </form.Field>
      ))}
    </form>
  );
}

const sent: (NewOutcomeType | undefined)[] = [];
const properties = { registry: before, send: (value: NewOutcomeType | undefined) => void sent.push(value) };

await render(Form, properties);
await check("another language on the right field", async () => {
  await fill("key", "Call back");
  same(faults(), { key: LETTERS });
});
await check("an untouched choice refused", async () => {
  await fill("key", draft.key);
  await fill("name", draft.name);
  await fill("category", draft.category);
  await submit();
  same(faults(), { classification: CHOOSE });
  same(sent, []);
});
await check("checked again when the list is loaded again", async () => {
  await fill("classification", draft.classification);
  same(faults(), {});
  await render(Form, { ...properties, registry: after });
  same(faults(), { key: TAKEN });
  await submit();
  same(sent, []);
});
await check("the body is the schema's", async () => {
  await render(Form, properties);
  same(faults(), {});
  await submit();
  same(sent, [body]);
});
