// An answer on its way out: its content, its tag, and a cut where a test asked for one.

import { createHash, randomUUID } from "node:crypto";

/**
 * Sends `{ status, headers, body | text | content }`: JSON, plain text or bytes. What a GET found has a strong tag and
 * is not sent again to who has it. `truncate`: only so many bytes of the content, and then the connection is
 * cut.
 */
export function sendAnswer(request, response, answer, truncate) {
  if (response.headersSent || response.destroyed) return;
  const content = contentOf(answer);
  const headers = { "x-request-id": randomUUID(), ...answer.headers };
  let { status } = answer;
  let sent = content;
  if (content !== undefined && status === 200 && ["GET", "HEAD"].includes(request.method)) {
    // It may be kept, but not used without asking.
    headers["cache-control"] = "no-cache";
    headers.etag = `"${createHash("sha256").update(content).digest("base64url")}"`;
    if (isKnown(request.headers["if-none-match"], headers.etag)) {
      status = 304;
      sent = undefined;
      delete headers["content-type"];
    }
  }
  if (sent !== undefined) {
    headers["content-type"] ??= answer.body === undefined ? "text/plain; charset=utf-8" : "application/json";
    headers["content-length"] = sent.length;
  }
  response.writeHead(status, headers);
  const length = request.method === "HEAD" || sent === undefined ? 0 : sent.length;
  if (truncate === undefined || truncate >= length) return response.end(sent);
  response.flushHeaders();
  if (truncate > 0) response.write(sent.subarray(0, truncate));
  response.socket.destroySoon();
}

function contentOf({ body, text, content }) {
  if (body !== undefined) return Buffer.from(`${JSON.stringify(body)}\n`);
  return text === undefined ? content : Buffer.from(text);
}

/** Whether an If-None-Match names a tag; a weak form of it counts, and so does `*`. */
function isKnown(header = "", tag) {
  return header.split(",").some((known) => ["*", tag, `W/${tag}`].includes(known.trim()));
}
