// The one question before a custom type is deleted, and what the package and the server say to it.

import { element, prose } from "./element.js";
import { deleteType } from "./platform.js";

/**
 * Asks, deletes, and gives what is worth knowing afterwards as nodes; `undefined` where nothing was deleted.
 * A server that refuses is shown in the dialog, which stays.
 */
export function confirmDeletion(type, { registry }) {
  const { ok, issues, warnings } = registry.checkDelete(type.key);
  const said = (ok ? warnings : issues).map(({ message }) => message);
  const trouble = element("p", { class: "issue error", role: "alert" });
  const cancel = element("button", { type: "button", onclick: () => dialog.close() }, ok ? "Cancel" : "Close");
  const confirm = element("button", { type: "submit", class: "primary risky" }, "Delete");
  const dialog = element(
    "dialog",
    { "aria-labelledby": "deletion-title", "aria-describedby": "deletion-text" },
    element(
      "form",
      { method: "dialog" },
      element("h2", { id: "deletion-title" }, `Delete ${type.name}?`),
      element(
        "div",
        { id: "deletion-text" },
        ...said.map((message) => element("p", {}, ...prose(message), ".")),
        ok && element("p", { class: "faint" }, "Calls that name it are refused from then on."),
      ),
      trouble,
      element("div", { class: "buttons" }, cancel, ok && confirm),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  cancel.focus();
  return new Promise((resolve) => {
    let done;
    let asked;
    dialog.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (confirm.disabled) return;
      confirm.disabled = true;
      asked = deleteType(type.key);
      const answer = await asked;
      confirm.disabled = false;
      if (answer.ok) {
        done = warnings.flatMap(({ message }) => [...prose(message), ". "]);
        dialog.close();
      } else {
        trouble.replaceChildren(element("span", {}, ...prose(answer.issues[0].message)));
        confirm.focus();
      }
    });
    // The question belongs to the view below it.
    const leave = () => dialog.close();
    window.addEventListener("hashchange", leave);
    dialog.addEventListener("close", async () => {
      window.removeEventListener("hashchange", leave);
      dialog.remove();
      // Who closes it while the server is asked calls nothing back: what comes of it counts.
      await asked;
      resolve(done);
    });
  });
}
