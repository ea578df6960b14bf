// The fields of an outcome type in the order of the steps, which of them were touched, and the key that follows the name.

import { cards } from "./choice.js";
import { element } from "./element.js";
import { field } from "./field.js";
import { categories, classifications } from "./words.js";

const FREE_KEY =
  "How calls name it, for good: it cannot be changed later. It follows the name until you write your own.";
const LOCKED_KEY = "A key cannot be changed: calls name it, and what was recorded stands under it.";

/**
 * The fields, filled from `type` where there is one. `propose` makes a key of a name; `changed` is told the name of
 * each field that changes.
 */
export function typeFields({ type, propose, changed }) {
  const chosen = { classification: type?.classification ?? "", category: type?.category ?? "" };
  const touched = new Set();
  let ownKey = type !== undefined;

  const plain = { autocomplete: "off", autocapitalize: "none", spellcheck: "false" };
  const key = element("input", {
    id: "key",
    name: "key",
    class: "code",
    ...plain,
    value: type?.key ?? "",
    readonly: type !== undefined,
  });
  const name = element("input", {
    id: "name",
    name: "name",
    autocomplete: "off",
    value: type?.name ?? "",
    "aria-required": "true",
  });
  const description = element(
    "textarea",
    { id: "description", name: "description", rows: "2" },
    type?.description ?? "",
  );

  key.addEventListener("input", () => {
    // An emptied key is given back to the name.
    ownKey = key.value !== "";
    touch("key");
  });
  name.addEventListener("input", () => {
    if (!ownKey) {
      key.value = propose(name.value);
      // Nothing can be made of this name: the key has to be written by hand, which should be said.
      if (key.value === "" && name.value.trim() !== "") touched.add("key");
      changed("key");
    }
    touch("name");
  });
  description.addEventListener("input", () => touch("description"));

  function touch(which) {
    touched.add(which);
    changed(which);
  }

  function choice(which, options) {
    const body = cards({
      name: which,
      options,
      value: chosen[which],
      changed: (value) => {
        chosen[which] = value;
        touch(which);
      },
    });
    return { body, controls: [...body.querySelectorAll("input")], group: true };
  }

  const fields = {
    key: field({
      name: "key",
      label: "Key",
      hint: type === undefined ? FREE_KEY : LOCKED_KEY,
      body: key,
      controls: [key],
    }),
    name: field({
      name: "name",
      label: "Name",
      hint: "What people read in lists and reports.",
      body: name,
      controls: [name],
    }),
    description: field({
      name: "description",
      label: "Description",
      hint: "When it is recorded.",
      body: description,
      controls: [description],
      optional: true,
    }),
    classification: field({
      name: "classification",
      label: "Classification",
      hint: "What it says of the customer's interest.",
      ...choice("classification", classifications),
    }),
    category: field({
      name: "category",
      label: "Category",
      hint: "Whether the customer was shown something or acted.",
      ...choice("category", categories),
    }),
  };
  const wrong = new Set();

  return {
    elements: Object.values(fields).map((one) => one.element),
    has: (which) => Object.hasOwn(fields, which),
    values: () => ({ key: key.value, name: name.value, description: description.value, ...chosen }),
    /** Shows at each field what concerns it, if it was touched or saving was tried. */
    show({ errors, warnings, tried }) {
      wrong.clear();
      for (const [which, one] of Object.entries(fields)) {
        const seen = tried || touched.has(which) || (which === "key" && key.value !== "");
        const here = (issues) => (seen ? issues.filter(({ path }) => path[0] === which) : []);
        const use = which === "key" && type === undefined ? useKey : undefined;
        if (here(errors).length > 0) wrong.add(which);
        one.show({ errors: here(errors), warnings: here(warnings), use });
      }
    },
    /** Puts the focus on the first field with an error; says whether there is one. */
    focusFirst() {
      const first = Object.keys(fields).find((which) => wrong.has(which));
      if (first !== undefined) fields[first].focus();
      return first !== undefined;
    },
  };

  function useKey(word) {
    key.value = word;
    ownKey = true;
    touch("key");
    key.focus();
  }
}
