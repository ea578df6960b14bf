// A page in jsdom, and a person who types into the form on it. To be imported before React, which looks for a page.

// @ts-expect-error jsdom brings no types.
import { JSDOM } from "jsdom";

const { window } = new JSDOM('<!doctype html><div id="root"></div>', { url: "https://app.example/", pretendToBeVisual: true });
Object.assign(globalThis, { window, document: window.document, IS_REACT_ACT_ENVIRONMENT: true });

const { act, createElement } = await import("react");
const { createRoot } = await import("react-dom/client");
const root = createRoot(document.getElementById("root")!);

/** Shows a form, or the same form with other properties. */
export async function render<P extends object>(form: (properties: P) => React.ReactNode, properties: P): Promise<void> {
  await act(async () => root.render(createElement(form, properties)));
}

/** Fills in a field as a person does: React hears of it by the event. */
export async function fill(name: string, value: string): Promise<void> {
  const field = document.querySelector<HTMLInputElement>(`[name="${name}"]`)!;
  const isChoice = field.tagName === "SELECT";
  await act(async () => {
    const { set } = Object.getOwnPropertyDescriptor(isChoice ? window.HTMLSelectElement.prototype : window.HTMLInputElement.prototype, "value")!;
    set!.call(field, value);
    field.dispatchEvent(new window.Event(isChoice ? "change" : "input", { bubbles: true }));
  });
}

export async function submit(): Promise<void> {
  await act(async () => document.querySelector("form")!.requestSubmit());
}

/** What stands beside each field: its fault, where it has one. */
export function faults(): Record<string, string> {
  const said = [...document.querySelectorAll<HTMLElement>("[data-fault]")].map((place) => [place.dataset.fault!, place.textContent!] as const);
  return Object.fromEntries(said.filter(([, text]) => text !== ""));
}
