// One server to a data file: a lock that the kernel drops with the process, so that nothing is stale after a kill -9.

import fs from "node:fs";
import { createServer } from "node:net";

/**
 * Names that only one process at a time can listen on and that leave no file behind. They are made from the file's
 * identity: another path to the same file is the same lock. On Linux the name fills its field, for Node versions
 * differ in what they pad a shorter one with.
 */
const NAMES = {
  linux: (identity) => `\0kaireon-outcomes ${identity}`.padEnd(108, "."),
  win32: (identity) => `\\\\.\\pipe\\kaireon-outcomes ${identity}`,
};

/** Elsewhere (macOS, the BSDs) opening a file can lock it: O_EXLOCK, which Node has no name for. */
const EXCLUSIVE = process.platform in NAMES ? 0 : 0x20 | fs.constants.O_NONBLOCK;

/** The file is another server's. */
export class InUse extends Error {}

/** Opens a file to read and write, makes it if it is missing, and locks it until `release` or the process's end. */
export async function openLocked(path) {
  // What customers did is nobody else's business: the owner alone may read it.
  const fd = open(path, fs.constants.O_RDWR | fs.constants.O_CREAT | EXCLUSIVE, 0o600);
  try {
    const release = await hold(fd);
    return {
      fd,
      release() {
        release();
        fs.closeSync(fd);
      },
    };
  } catch (error) {
    fs.closeSync(fd);
    throw error;
  }
}

function open(path, flags, mode) {
  try {
    return fs.openSync(path, flags, mode);
  } catch (error) {
    throw error.code === "EAGAIN" ? new InUse() : error;
  }
}

/** Takes the name of an open file. Nobody is ever answered there. */
async function hold(fd) {
  const name = NAMES[process.platform];
  if (name === undefined) return () => {};
  const { dev, ino } = fs.fstatSync(fd, { bigint: true });
  const holder = createServer((caller) => caller.destroy());
  await new Promise((resolve, reject) => {
    holder.once("error", (error) => reject(error.code === "EADDRINUSE" ? new InUse() : error));
    holder.listen(name(`${dev}-${ino}`), resolve);
  });
  holder.unref();
  return () => holder.close();
}
