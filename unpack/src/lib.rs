//! The module of the core out of its text. `xtask/src/inlined.rs` writes the text and says how; `xtask/src/columns.rs`
//! takes the module apart into the columns that are put together here. JavaScript that runs once and cold took four
//! milliseconds for it, this takes a fraction of one.
//!
//! There is no allocator and no library, and nothing that could fail: the build compares what comes out.

#![cfg_attr(target_arch = "wasm32", no_std)]
#![allow(unsafe_code, reason = "this is made of addresses")]
#![allow(missing_docs, reason = "a program and no library")]

/// What a column has: a word, where it goes on, and at each character, a blank or above, its byte.
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

/// The character in front of two digits.
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

/// Reads the list of a column, which begins with its length: the common bytes, the most common first. Behind it four
/// digits say how long the column is, and the column follows; the place behind that.
#[inline(always)]
fn list(column: usize, mut at: usize) -> usize {
    let mut listed = digits(at);
    let mut rank = 0;
    while rank < CHARACTERS {
        let character = byte(TEXT + rank);
        // What is not listed is its own rank, and words stay themselves where there is text.
        let mut value = rank;
        if column == REST && (character >= 64 || character == 32) {
            value = character;
        } else if listed > 0 {
            listed -= 1;
            at += 2;
            value = digits(at);
        }
        put(column + character, value);
        rank += 1;
    }
    put_word(column, at + 6);
    at + 6 + (digits(at + 2) << 8) + digits(at + 4)
}

/// A byte in two digits of 4 bits, which are ranks: the first column has no list.
#[inline(never)]
fn digits(at: usize) -> usize {
    byte(VARIABLES + byte(at)) << 4 | byte(VARIABLES + byte(at + 1))
}

/// The next byte of a column, for the module.
#[inline(never)]
fn copy(column: usize) -> usize {
    let mut at = word(column);
    let character = byte(at);
    let mut value = byte(column + character);
    if character == DIGITS {
        value = digits(at + 1);
        at += 2;
    }
    put_word(column, at + 1);
    let end = word(END);
    put(end, value);
    put_word(END, end + 1);
    value
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
        let operation = copy(OPERATIONS);
        let mut column = 0;
        if operation == 0x0e || operation == 0x44 || operation > 0xc4 {
            // A table of targets, a fraction, what vectors and whole memory need: the text says of how many bytes.
            // That is none of the module's.
            let count = copy(OPERATIONS);
            put_word(END, word(END) - 1);
            copies(count, OPERATIONS);
        } else if operation > 0x40 {
            if operation < 0x43 {
                column = CONSTANTS;
            }
        } else if operation > 0x1f {
            column = OPERATIONS;
            if operation < 0x23 {
                column = VARIABLES;
            } else if operation > 0x27 && operation < 0x3f {
                // An alignment, which is always said to be 0, as memory is that was never written.
                put_word(END, word(END) + 1);
                column = OFFSETS;
            }
        } else if operation == 0x0b {
            depth -= 1;
        } else if 1 << operation & 0x1_301c != 0 {
            // Blocks, jumps and calls.
            column = OPERATIONS;
            depth += (operation < 5) as usize;
        }
        if column > 0 {
            number(column);
        }
    }
    let length = word(END) - start - 2;
    put(start, length | 128);
    put(start + 1, length >> 7);
}
