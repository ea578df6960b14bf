// Requests over raw sockets, so that who asks costs little beside who answers.

import { readFileSync, readdirSync } from "node:fs";
import net from "node:net";

/** A request, ready to be written. */
export function requestOf(port, path, body) {
  const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nX-Request-Id: 4f9c\r\nAuthorization: Bearer krn_test\r\nUser-Agent: bench\r\nAccept: */*\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
  return Buffer.from(head + body);
}

/** A connection: `ask(bytes)` gives the status of a whole answer, one question at a time. One that was idle too long is made anew. */
export function connect(port) {
  let socket;
  let text = "";
  let done;
  let fail;
  const open = () => {
    const mine = net.connect({ port, host: "127.0.0.1", noDelay: true }).setEncoding("latin1");
    mine.on("data", (part) => {
      text += part;
      const head = text.indexOf("\r\n\r\n");
      if (head < 0) return;
      const length = /\r\nContent-Length: (\d+)/i.exec(text);
      if (length ? text.length < head + 4 + Number(length[1]) : !text.endsWith("\r\n0\r\n\r\n")) return;
      const status = Number(text.slice(9, 12));
      text = "";
      done(status);
    });
    mine.on("error", (error) => fail(error));
    mine.on("close", () => {
      socket = undefined;
      fail(new Error("the connection was closed"));
    });
    return mine;
  };
  return {
    ask: (bytes) =>
      new Promise((resolve, reject) => {
        [done, fail] = [resolve, reject];
        (socket ??= open()).write(bytes);
      }),
    close: () => socket?.destroy(),
  };
}

/** Asks `count` times over several connections; how many milliseconds that took. Any status but 200 is an error. */
export async function asked(connections, bytes, count) {
  let left = count;
  const began = performance.now();
  await Promise.all(
    connections.map(async ({ ask }) => {
      while (left > 0) {
        left -= 1;
        const status = await ask(bytes);
        if (status !== 200) throw new Error(`status ${status}`);
      }
    }),
  );
  return performance.now() - began;
}

/** The CPU time of a process up to now, in microseconds: exact while its threads sleep. */
export function cpuOf(pid) {
  let sum = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) sum += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]);
  return sum / 1000;
}

/** What a process holds of the memory, in MB. */
export const memoryOf = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024;
