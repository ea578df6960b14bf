// The module out of its columns: like things lie together in the bundle, where they pack tighter. xtask/src/columns.rs
// takes it apart.

const VARIABLES = 0;
const OFFSETS = 1;
const CONSTANTS = 2;
const OPERATIONS = 3;
const REST = 4;

/** Puts everything in its turn again. `places` is where each column goes on. */
export function inTurn(columns: Uint8Array, places: number[]): Uint8Array<ArrayBuffer> {
  const { length } = columns;
  const bytes = new Uint8Array(length);
  let end = 0;

  copy(REST, 8);
  while (end < length) {
    const isCode = copy(REST) === 10;
    let count = number(REST);
    if (isCode) for (count = number(REST); count > 0; count -= 1) body();
    else copy(REST, count);
  }
  return bytes;

  /** The last of some bytes. */
  function copy(column: number, count = 1): number {
    for (; count > 0; count -= 1) bytes[end++] = columns[places[column]!++]!;
    return bytes[end - 1]!;
  }
  /** A number of as many bytes as it takes. */
  function number(column: number): number {
    const byte = copy(column);
    return byte < 128 ? byte : byte - 128 + number(column) * 128;
  }

  function body(): void {
    const stop = number(OPERATIONS) + end;
    for (let count = number(OPERATIONS); count > 0; count -= 1) {
      number(OPERATIONS);
      copy(OPERATIONS);
    }
    while (end < stop) {
      const operation = copy(OPERATIONS);
      if (operation > 0x44) {
        if (operation === 0xd0) copy(OPERATIONS);
        else if (operation === 0xfc) {
          const kind = number(OPERATIONS);
          if (kind > 7) copy(OPERATIONS, kind === 10 ? 2 : 1);
        } else if (operation === 0xfd) {
          const kind = number(OPERATIONS);
          if (kind < 12) {
            number(OPERATIONS);
            number(OFFSETS);
          } else if (kind < 13) copy(CONSTANTS, 16);
          else if (kind > 20 && kind < 35) copy(OPERATIONS);
        }
      } else if (operation === 0x44) copy(CONSTANTS, 8);
      else if (operation > 0x40) number(CONSTANTS);
      else if (operation > 0x3e || (operation > 0x22 && operation < 0x28)) number(OPERATIONS);
      else if (operation > 0x27) {
        number(OPERATIONS);
        number(OFFSETS);
      } else if (operation > 0x1f) number(VARIABLES);
      // A table of targets, and the one for all else.
      else if (operation === 0x0e) for (let count = number(OPERATIONS); count >= 0; count -= 1) number(OPERATIONS);
      else if ((operation > 1 && operation < 5) || operation === 0x0c || operation === 0x0d || operation === 0x10) number(OPERATIONS);
    }
  }
}
