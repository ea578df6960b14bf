// The form of an outcome type, for a new one and for a change: every keystroke is put to the package.

import { element, heading, prose } from "./element.js";
import { typeFields } from "./type-fields.js";
import { say } from "./notice.js";
import { changeType, createType } from "./platform.js";
import { hashOf } from "./route.js";

const BACK = hashOf("types");

/** The view: a form, or what the package says against changing the type of the address's key. */
export function formView({ catalogue, route, go }) {
  const key = route.view === "edit" ? route.key : undefined;
  const refused = key === undefined ? undefined : catalogue.registry.checkEdit(key, {}).issues;
  if (refused !== undefined) return unchangeable(catalogue.registry, key, refused[0]);

  const type = key === undefined ? undefined : catalogue.registry.get(key);
  const fields = typeFields({ type, propose: catalogue.registry.proposeKey.bind(catalogue.registry), changed });
  const trouble = element("div", { class: "banner error", role: "alert", hidden: true });
  const save = element(
    "button",
    { type: "submit", class: "primary" },
    type === undefined ? "Create outcome type" : "Save changes",
  );
  const form = element(
    "form",
    { novalidate: true, class: "steps", autocomplete: "off" },
    ...fields.elements,
    element(
      "div",
      { class: "field last" },
      element("div", { class: "about" }),
      element(
        "div",
        { class: "control" },
        element("div", { class: "buttons" }, save, element("a", { class: "button", href: BACK }, "Cancel")),
        trouble,
      ),
    ),
  );
  /** What the server said to the values as they were; gone for a field as soon as it changes. */
  let answered = [];
  let tried = false;

  function check() {
    const { registry } = catalogue;
    const draft = fields.values();
    if (type === undefined) return registry.schema("create")["~standard"].validate(draft);
    // What the form does not show stays as it is, also on a server that takes the body for the whole.
    const { ordinal, status } = type;
    const { key: _, ...rest } = draft;
    return registry.checkEdit(type.key, {
      ...rest,
      ...(ordinal !== undefined && { ordinal }),
      ...(status !== undefined && { status }),
    });
  }

  function show() {
    const { issues = [], warnings } = check();
    const errors = [...answered, ...issues];
    fields.show({ errors, warnings, tried });
    const general = errors.filter(({ path }) => !fields.has(path[0]));
    trouble.hidden = general.length === 0;
    trouble.replaceChildren(...general.map(({ message }) => element("p", {}, ...prose(message))));
    return errors;
  }

  function changed(name) {
    answered = answered.filter(({ path }) => path[0] !== name && fields.has(path[0]));
    show();
  }

  async function submit(event) {
    event.preventDefault();
    if (save.getAttribute("aria-busy") === "true") return;
    tried = true;
    answered = [];
    const { ok, value } = check();
    show();
    if (!ok) return fields.focusFirst();
    save.setAttribute("aria-busy", "true");
    const answer = type === undefined ? await createType(value) : await changeType(type.key, value);
    if (answer.ok) {
      await catalogue.load();
      const saved = type?.key ?? value.key;
      if (form.isConnected) go(BACK, () => arrived(saved, type === undefined));
      return;
    }
    save.removeAttribute("aria-busy");
    answered = answer.issues;
    show();
    // Somebody else may have been there first: the checks from here on should know.
    if (answer.status !== 0) await catalogue.load();
    if (form.isConnected) show();
    if (!fields.focusFirst()) save.focus();
  }

  form.addEventListener("submit", submit);
  return element(
    "section",
    { class: "narrow" },
    element("p", { class: "trail" }, element("a", { href: BACK }, "Outcome types")),
    heading(type === undefined ? "New outcome type" : `Edit ${type.name}`),
    form,
  );
}

/** The list again, with the type that was saved in sight. */
function arrived(key, isNew) {
  const row = [...document.querySelectorAll("tr[data-key]")].find(({ dataset }) => dataset.key === key);
  row?.classList.add("fresh");
  row?.scrollIntoView({ block: "nearest" });
  const code = element("code", {}, key);
  if (!isNew) return say("Saved ", code, ".");
  const attempt = element("a", { href: hashOf("respond", { query: { outcome: key } }) }, "Try it in a call");
  say("Created ", code, ": Respond calls may name it from now on. ", attempt);
}

function unchangeable(registry, key, { message, suggestion }) {
  const type = registry.get(key);
  return element(
    "section",
    { class: "narrow trouble" },
    element("p", { class: "trail" }, element("a", { href: BACK }, "Outcome types")),
    heading(type?.name ?? "No such outcome type"),
    element("p", {}, ...prose(message), "."),
    element(
      "p",
      { class: "buttons" },
      suggestion !== undefined &&
        element(
          "a",
          { class: "button primary", href: hashOf("edit", { key: suggestion }) },
          "Edit ",
          element("code", {}, suggestion),
        ),
      element("a", { class: "button", href: BACK }, "Back to the list"),
    ),
  );
}
