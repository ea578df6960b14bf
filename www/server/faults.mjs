// Faults that a test asks for, a request at a time: `X-Fault: delay=500, status=503, truncate=100`.

/** What the header takes, for messages and the help. */
export const FAULTS = "X-Fault: delay=MILLISECONDS, status=400…599, truncate=BYTES (any of them, with commas)";

const LONGEST = 60_000;

const READERS = {
  delay: (number) => number <= LONGEST,
  status: (number) => number >= 400 && number <= 599,
  truncate: () => true,
};

/**
 * What a header asks for, `undefined` where it makes no sense. `status`: nothing is done and this is answered. `delay`:
 * all is done, but the answer waits. `truncate`: all is done, but so many bytes of the answer's body go out, and then
 * the connection is cut.
 */
export function faultsIn(header) {
  const faults = {};
  if (header === undefined) return faults;
  for (const part of header.split(",")) {
    const [, name, digits] = /^\s*([a-z]+)\s*=\s*(\d{1,9})\s*$/.exec(part) ?? [];
    if (!Object.hasOwn(READERS, name) || name in faults || !READERS[name](Number(digits))) return undefined;
    faults[name] = Number(digits);
  }
  return faults;
}
