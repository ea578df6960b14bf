//! The module of the core out of its text. `xtask/src/inlined.rs` writes the text and says how; `xtask/src/columns.rs`
//! takes the module apart into the columns that are put together here. JavaScript that runs once and cold took four
//! milliseconds for it, this takes a fraction of one.
//!
//! There is no allocator and no library, and nothing that could fail: the build compares what comes out.

#![cfg_attr(target_arch = "wasm32", no_std)]
#![allow(unsafe_code, reason = "this is made of addresses")]
#![allow(missing_docs, reason = "a program and no library")]

/// What a column has: a word, where it goes on, and behind that the bytes of its characters.
const COLUMN: usize = 128;
const VARIABLES: usize = COLUMN;
const OFFSETS: usize = 2 * COLUMN;
const CONSTANTS: usize = 3 * COLUMN;
const OPERATIONS: usize = 4 * COLUMN;
const REST: usize = 5 * COLUMN;
/// How far the module is made.
const END: usize = 6 * COLUMN;
/// Where the text is, with a NUL behind it, and where the module comes to be.
const TEXT: usize = 8 << 10;
const MODULE: usize = 128 << 10;

/// The first character, and the one in front of two digits.
const FIRST: usize = 32;
const DIGITS: usize = 125;
/// How many characters stand for a byte.
const CHARACTERS: usize = 87;

#[cfg(target_arch = "wasm32")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}

#[inline(always)]
fn byte(at: usize) -> usize {
    // SAFETY: nothing here has references, and wasm checks every address.
    unsafe { *(at as *const u8) as usize }
}

#[inline(always)]
fn put(at: usize, byte: usize) {
    // SAFETY: as above.
    unsafe { *(at as *mut u8) = byte as u8 }
}

#[inline(always)]
fn word(at: usize) -> usize {
    // SAFETY: as above.
    unsafe { *(at as *const usize) }
}

#[inline(always)]
fn put_word(at: usize, word: usize) {
    // SAFETY: as above.
    unsafe { *(at as *mut usize) = word }
}

/// Makes the module of the text at 8 KiB, at 128 KiB; how many bytes it has.
#[unsafe(no_mangle)]
pub extern "C" fn unpack() -> usize {
    let mut at = TEXT + CHARACTERS;
    let mut column = VARIABLES;
    while column <= REST {
        at = list(column, at);
        column += COLUMN;
    }
    put_word(END, MODULE);
    copies(8, REST);
    while byte(word(REST)) != 0 {
        let section = copy(REST);
        let mut count = number(REST);
        if section == 10 {
            count = number(REST);
            while count > 0 {
                body();
                count -= 1;
            }
        } else {
            copies(count, REST);
        }
    }
    word(END) - MODULE
}

/// Reads the list of a column: its common bytes, the most common first. Behind a blank and four digits, how long the
/// column is, follows the column; the place behind that.
#[inline(always)]
fn list(column: usize, mut at: usize) -> usize {
    let mut rank = 0;
    let mut named = 0;
    while rank < CHARACTERS {
        if named != FIRST {
            named = byte(at);
            at += 1;
        }
        let mut value = named;
        if named == FIRST {
            // What the list does not name is its own rank.
            value = rank;
        } else if named < 64 {
            value = digits(at - 1);
            at += 1;
        }
        put(column + 4 - FIRST + byte(TEXT + rank), value);
        rank += 1;
    }
    put_word(column, at + 4);
    at + 4 + (digits(at) << 8) + digits(at + 2)
}

/// A byte in two digits of 4 bits.
#[inline(never)]
fn digits(at: usize) -> usize {
    (byte(at) << 4 | byte(at + 1) & 15) & 255
}

/// The next byte of a column.
#[inline(never)]
fn copy(column: usize) -> usize {
    let mut at = word(column);
    let character = byte(at);
    let mut value = byte(column + 4 - FIRST + character);
    if character == DIGITS {
        value = digits(at + 1);
        at += 2;
    }
    put_word(column, at + 1);
    push(value);
    value
}

#[inline(never)]
fn push(value: usize) {
    let end = word(END);
    put(end, value);
    put_word(END, end + 1);
}

#[inline(never)]
fn copies(mut count: usize, column: usize) {
    while count > 0 {
        copy(column);
        count -= 1;
    }
}

/// A number of as many bytes as it takes; only small ones are asked for their value.
#[inline(never)]
fn number(column: usize) -> usize {
    let value = copy(column);
    if value < 128 { value } else { value - 128 + (number(column) << 7) }
}

/// Where memory is meant: its alignment, which is always said to be 0, and the offset.
#[inline(never)]
fn memory() {
    push(0);
    number(OFFSETS);
}

#[inline(always)]
fn body() {
    let start = word(END);
    // The text leaves out how long it is: two bytes, one of them too many for a short one.
    put_word(END, start + 2);
    let mut count = number(OPERATIONS);
    while count > 0 {
        number(OPERATIONS);
        copy(OPERATIONS);
        count -= 1;
    }
    let mut depth = 1;
    while depth > 0 {
        depth += operation();
    }
    let length = word(END) - start - 2;
    put(start, length | 128);
    put(start + 1, length >> 7);
}

/// An operation and what belongs to it; how many blocks it opens.
#[inline(always)]
fn operation() -> isize {
    let operation = copy(OPERATIONS);
    let mut column = 0;
    let mut opened = 0;
    if operation > 0x44 {
        if operation >= 0xfc {
            special(operation);
        }
        if operation == 0xd0 {
            column = OPERATIONS;
        }
    } else if operation == 0x44 {
        copies(8, CONSTANTS);
    } else if operation > 0x40 {
        column = CONSTANTS;
    } else if operation > 0x27 && operation < 0x3f {
        memory();
    } else if operation > 0x1f {
        column = if operation < 0x23 { VARIABLES } else { OPERATIONS };
    } else if 1 << operation & 0x1_701c != 0 {
        // Blocks, jumps and calls.
        column = OPERATIONS;
        opened = (operation < 5) as isize;
    } else if operation == 0x0b {
        opened = -1;
    }
    if column > 0 {
        let mut count = number(column);
        // A table of targets, and the one for all else.
        while operation == 0x0e && count != usize::MAX {
            number(column);
            count = count.wrapping_sub(1);
        }
    }
    opened
}

/// An operation of two numbers: on whole memory, or a vector's.
#[inline(always)]
fn special(operation: usize) {
    let kind = number(OPERATIONS);
    if operation == 0xfc {
        // Copying memory; filling it, growing a table and asking for its size.
        if kind > 7 {
            copies(1 + usize::from(kind == 10), OPERATIONS);
        }
        return;
    }
    // Loading and storing: whole vectors, lanes, and what fills one.
    if kind < 12 || kind.wrapping_sub(84) < 10 {
        memory();
    }
    // A vector, or the lanes that are taken of two.
    if kind & !1 == 12 {
        copies(16, CONSTANTS);
    }
    if kind.wrapping_sub(21) < 14 || kind.wrapping_sub(84) < 8 {
        copy(OPERATIONS);
    }
}
