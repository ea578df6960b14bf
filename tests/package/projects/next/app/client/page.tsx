// A client component: it renders with the package on the server and in the browser, and runs the suite in the latter.
"use client";

import { useEffect } from "react";
import { toKey } from "kaireon-outcomes";
import { ask } from "../answer";
import { askInteractions } from "../../interactions.mjs";

export default function Page() {
  useEffect(() => {
    Object.assign(globalThis, { run: async () => ask(await (await fetch("/vectors.json")).json()), runInteractions: askInteractions });
  }, []);
  return <p>{toKey("Rendered here and there")}</p>;
}
