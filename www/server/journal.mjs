// What was acknowledged, as lines of JSON: each is on the disk before its request is answered.
//
// A request is one line, however much it holds. A last line without its end is what a killed process was writing:
// nobody was told of it, so it is cut off. Any other line that cannot be read stops the start, for what is behind it
// was acknowledged. Writing is synchronous: nothing comes between a decision, its line and its effect.

import { isUtf8 } from "node:buffer";
import fs from "node:fs";
import { dirname } from "node:path";
import { InUse, openLocked } from "./lock.mjs";

/** The first line, so that no file of somebody else's is taken for ours. */
const HEAD = Buffer.from('{"file":"kaireon-outcomes","version":1}\n');
const CHUNK = 1 << 20;
const END = 0x0a;

/** How much a journal without a file holds, in characters. */
const MEMORY = 256 << 20;

/** Why a file cannot be the journal, in one sentence. */
export class JournalError extends Error {}

/** Why a request was not kept, in one sentence; nothing of it is left. */
export class NotKept extends Error {}

/** A journal without a file: it ends with the process. */
export function memoryJournal() {
  const lines = [];
  let held = 0;
  return {
    replay: () => ({ cut: 0 }),
    append(record) {
      const line = JSON.stringify(record);
      if (held + line.length > MEMORY) throw new NotKept("The server's memory is full: nothing of this was kept");
      held += line.length;
      return { at: lines.push(line) - 1, size: line.length };
    },
    read: ({ at }) => JSON.parse(lines[at]),
    close() {},
  };
}

/** The journal in a file, which is made if it is missing. It is this process's alone until `close`. */
export async function openJournal(path) {
  const { fd, release } = await openLocked(path).catch((error) => {
    if (error instanceof InUse) throw new JournalError(`${path} is in use by another server; stop that one first.`);
    throw new JournalError(`${path} cannot be opened: ${error.message}.`);
  });
  try {
    begin(fd, path);
  } catch (error) {
    release();
    throw error instanceof JournalError ? error : new JournalError(`${path} cannot be used: ${error.message}.`);
  }

  /** Where the next line goes. */
  let length = HEAD.length;
  /** Whether there may be something behind that. */
  let torn = false;

  /** A file that somebody removed or wrote to while it was in use keeps nothing that could be relied on. */
  const inspect = () => {
    const { nlink, size } = fs.fstatSync(fd);
    if (nlink === 0) throw new NotKept("The data file was removed: nothing of this was kept");
    if (size !== length) throw new NotKept("The data file was changed from outside: nothing of this was kept");
  };

  const mend = () => {
    fs.ftruncateSync(fd, length);
    torn = false;
  };

  return {
    /** Hands over every record with its place; to be called once, before anything is appended. */
    replay(take) {
      let number = 1;
      length = eachLine(fd, length, (bytes, place) => {
        number += 1;
        try {
          if (!isUtf8(bytes)) throw new Error("it is no UTF-8");
          take(JSON.parse(bytes.toString()), place);
        } catch ({ message }) {
          const advice = "repair or remove the line, or begin another file";
          throw new JournalError(`${path} cannot be read in line ${number} (${message}); ${advice}.`);
        }
      });
      const cut = fs.fstatSync(fd).size - length;
      if (cut > 0) mend();
      return { cut };
    },

    /** Keeps a record, or throws `NotKept` and leaves nothing of it. */
    append(record) {
      const line = Buffer.from(`${JSON.stringify(record)}\n`);
      try {
        if (torn) mend();
        inspect();
        torn = true;
        write(fd, line, length);
        fs.fdatasyncSync(fd);
        torn = false;
      } catch (error) {
        if (error instanceof NotKept) throw error;
        try {
          mend();
        } catch {
          // It is tried again before the next line, and a start would cut off what is no whole line.
        }
        const full = ["ENOSPC", "EDQUOT", "EFBIG"].includes(error.code);
        throw new NotKept(`${full ? "The disk is full" : "The disk failed"}: nothing of this was kept`, {
          cause: error,
        });
      }
      const place = { at: length, size: line.length };
      length += line.length;
      return place;
    },

    /** The record of a place. */
    read({ at, size }) {
      const bytes = Buffer.allocUnsafe(size);
      let filled = 0;
      while (filled < size) {
        const count = fs.readSync(fd, bytes, filled, size - filled, at + filled);
        if (count === 0) throw new Error(`${path} has become shorter while it was in use`);
        filled += count;
      }
      return JSON.parse(bytes.toString());
    },

    close: release,
  };
}

/** Makes sure of the first line. A file that has another one is left as it is. */
function begin(fd, path) {
  const found = fs.fstatSync(fd);
  if (!found.isFile()) throw new JournalError(`${path} is no file.`);
  const start = Buffer.alloc(HEAD.length);
  const there = start.subarray(0, fs.readSync(fd, start, 0, start.length, 0));
  if (!HEAD.subarray(0, there.length).equals(there)) {
    throw new JournalError(`${path} is no file of this server, and is left as it is.`);
  }
  if (there.length === HEAD.length) return;
  write(fd, HEAD, 0);
  fs.fsyncSync(fd);
  keepName(path);
}

/** A new file's name is on the disk only when its folder is. Windows opens no folders, and needs none of this. */
function keepName(path) {
  if (process.platform === "win32") return;
  const folder = fs.openSync(dirname(path), "r");
  fs.fsyncSync(folder);
  fs.closeSync(folder);
}

/** Calls `take` with each whole line from `from` on and its place, and gives the end of the last one. */
function eachLine(fd, from, take) {
  let at = from;
  let held = Buffer.alloc(0);
  for (;;) {
    const chunk = Buffer.allocUnsafe(CHUNK);
    const count = fs.readSync(fd, chunk, 0, CHUNK, at + held.length);
    if (count === 0) return at;
    let looked = held.length;
    let start = 0;
    held = Buffer.concat([held, chunk.subarray(0, count)]);
    for (let end; (end = held.indexOf(END, looked)) >= 0; looked = start) {
      take(held.subarray(start, end), { at: at + start, size: end + 1 - start });
      start = end + 1;
    }
    at += start;
    held = held.subarray(start);
  }
}

function write(fd, bytes, at) {
  // A disk that is nearly full takes a part first and says so only when asked to take the rest.
  for (let done = 0; done < bytes.length;) done += fs.writeSync(fd, bytes, done, bytes.length - done, at + done);
}
