// react-hook-form: a rendered form whose resolver is ours, handed on by the resolver for Standard Schemas.

import { fill, faults, render, submit } from "./page.js";
import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import type { NewOutcomeType, OutcomeRegistry, OutcomeTypeDraft } from "kaireon-outcomes";
import { useEffect, useMemo } from "react";
import { useForm } from "react-hook-form";
import { CHOOSE, LETTERS, TAKEN, after, before, body, check, claim, draft, message, same } from "./fixture.js";
import type { Same } from "./fixture.js";

interface Properties {
  registry: OutcomeRegistry;
  send: (body: NewOutcomeType) => void;
}

function Form({ registry, send }: Properties) {
  const resolver = useMemo(() => standardSchemaResolver(registry.schema("create", { message })), [registry]);
  const { register, handleSubmit, trigger, getValues, formState } = useForm({ resolver, mode: "onChange" });
  const { errors, isSubmitted } = formState;
  // A new list: what was said of the old one counts no longer.
  useEffect(() => void (isSubmitted && trigger()), [registry]);
  const submit = handleSubmit((value) => {
    const held = getValues();
    claim<Same<typeof held, OutcomeTypeDraft>>();
    claim<Same<typeof value, NewOutcomeType>>();
    send(value);
  });
  return (
    <form onSubmit={submit} noValidate>
      <input {...register("key")} />
      <p data-fault="key">{errors.key?.message}</p>
      <input {...register("name")} />
      <p data-fault="name">{errors.name?.message}</p>
      <select {...register("classification")}>
        <option value="">…</option>
        <option>positive</option>
        <option>neutral</option>
      </select>
      <p data-fault="classification">{errors.classification?.message}</p>
      <select {...register("category")}>
        <option value="">…</option>
        <option>response</option>
      </select>
      <p data-fault="category">{errors.category?.message}</p>
    </form>
  );
}

const sent: NewOutcomeType[] = [];
const properties = { registry: before, send: (value: NewOutcomeType) => void sent.push(value) };

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
