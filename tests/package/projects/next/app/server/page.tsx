// A server component: rendered for each request, in base64 so that nothing of it is escaped.
import vectors from "../../public/vectors.json";
import { ask } from "../answer";

export const dynamic = "force-dynamic";

export default async function Page() {
  return <pre>{Buffer.from(await ask(vectors)).toString("base64")}</pre>;
}
