//! The module of the core out of its text. `xtask/src/inlined.rs` writes the text and says how; `xtask/src/parted.rs`
//! takes the module apart into what is put together here, and `xtask/src/chances.rs` is the coder that is read here.
//! JavaScript that runs once and cold took several milliseconds for less.
//!
//! There is no allocator and no library, and nothing that could fail: the build compares what comes out.

#![cfg_attr(target_arch = "wasm32", no_std)]
#![cfg(target_arch = "wasm32")]
#![allow(unsafe_code, reason = "this is made of addresses")]
#![allow(missing_docs, reason = "a program and no library")]

mod coder;

use coder::{DIGIT, SHARES, SPREAD, TABLES};
use core::arch::wasm32::*;

/// How far the module is made, its rest is read, and its code.
const END: usize = 1024;
const REST: usize = 1028;
const CODE: usize = 1032;
/// What of the code has been read and not used: nothing, at first.
const STATE: usize = 1036;
/// The operations that came last, the last one lowest; the byte that came last.
const HISTORY: usize = 1040;
const BEFORE: usize = 1044;
/// Sixteen sums of shares, behind a 0.
const SUMS: usize = 1104;
/// The sums of even shares, and behind them for each number those that a table moves towards.
const EVEN: usize = 2048;
const TARGETS: usize = EVEN + 32;
/// At each character, a blank or above, its rank, and its byte in the rest.
const RANKS: usize = 1152;
const BYTES: usize = 1280;
/// By operation on a variable or on memory, the number it had last.
const LAST: usize = 1408;
/// The operations that are common.
const COMMON: usize = 1472;
/// Where the text is, with a NUL behind it, and where the module comes to be.
const TEXT: usize = 8 << 10;
const MODULE: usize = 128 << 10;
/// The tables of the coder.
const MOVED: usize = 256 << 10;

/// The character in front of two digits.
const DIGITS: usize = 125;
/// How many characters stand for a byte.
const CHARACTERS: usize = 87;
/// The rank that no common operation has.
const ESCAPE: usize = coder::ESCAPE as usize;
/// All shares of one way, and what a number keeps of them.
const ALL: usize = 1 << SHARES;
const LEAST: usize = coder::LEAST as usize;
const OFTEN: usize = coder::OFTEN as usize;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    unreachable()
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
fn half(at: usize) -> usize {
    // SAFETY: as above.
    unsafe { *(at as *const u16) as usize }
}

#[inline(always)]
fn put_half(at: usize, half: usize) {
    // SAFETY: as above.
    unsafe { *(at as *mut u16) = half as u16 }
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

#[inline(always)]
fn vector(at: usize) -> v128 {
    // SAFETY: as above.
    unsafe { *(at as *const v128) }
}

#[inline(always)]
fn put_vector(at: usize, vector: v128) {
    // SAFETY: as above.
    unsafe { *(at as *mut v128) = vector }
}

/// Makes the module of the text at 8 KiB, at 128 KiB; how many bytes it has.
#[unsafe(no_mangle)]
pub extern "C" fn unpack() -> usize {
    let mut rank = 0;
    while rank < CHARACTERS {
        put(RANKS + byte(TEXT + rank), rank);
        rank += 1;
    }
    let mut at = TEXT + CHARACTERS;
    rank = 0;
    while rank < ESCAPE {
        put(COMMON + rank, digits(at));
        at += 2;
        rank += 1;
    }
    let mut listed = digits(at);
    rank = 0;
    while rank < CHARACTERS {
        let character = byte(TEXT + rank);
        // Words stay themselves, and what is not listed is its own rank.
        let mut value = rank;
        if character >= 64 || character == 32 {
            value = character;
        } else if listed > 0 {
            listed -= 1;
            at += 2;
            value = digits(at);
        }
        put(BYTES + character, value);
        rank += 1;
    }
    put_word(CODE, at + 6);
    put_word(REST, at + 6 + (digits(at + 2) << 8) + digits(at + 4));
    let mut place = 0;
    while place < 256 {
        let (sum, number) = (place % 16 + 1, place / 16);
        put_half(EVEN + 2 * (sum - 1), sum << (SHARES - 3));
        let above = if sum > number { ALL - 16 * LEAST } else { 0 };
        // The last counts how often the table was moved.
        put_half(TARGETS + 2 * place, if sum == 16 { OFTEN } else { above + sum * LEAST - sum * ALL / 16 });
        place += 1;
    }
    put_word(END, MODULE);
    copies(8);
    while byte(word(REST)) != 0 {
        let section = copy();
        let mut count = copied_number();
        if section == 10 {
            count = copied_number();
            while count > 0 {
                body();
                count -= 1;
            }
        } else {
            copies(count);
        }
    }
    word(END) - MODULE
}

/// A byte in two digits of 4 bits, which are ranks.
#[inline(never)]
fn digits(at: usize) -> usize {
    byte(RANKS + byte(at)) << 4 | byte(RANKS + byte(at + 1))
}

/// Appends a byte to the module.
#[inline(always)]
fn append(value: usize) {
    let end = word(END);
    put(end, value);
    put_word(END, end + 1);
}

/// The next byte of the rest, for the module.
#[inline(never)]
fn copy() -> usize {
    let mut at = word(REST);
    let character = byte(at);
    let mut value = byte(BYTES + character);
    if character == DIGITS {
        value = digits(at + 1);
        at += 2;
    }
    put_word(REST, at + 1);
    append(value);
    value
}

#[inline(never)]
fn copies(mut count: usize) {
    while count > 0 {
        copy();
        count -= 1;
    }
}

/// A number of as many bytes as it takes.
#[inline(never)]
fn copied_number() -> usize {
    let value = copy();
    if value < 128 { value } else { value - 128 + (copied_number() << 7) }
}

/// A number of 4 bits, by what stands around it in two ways.
#[inline(never)]
fn number(one: usize, other: usize) -> usize {
    let (one, other) = (table(one), table(other));
    let mut state = word(STATE);
    while state < 1 << coder::STATE {
        let at = word(CODE);
        state = state << DIGIT | byte(RANKS + byte(at));
        put_word(CODE, at + 1);
    }
    let place = state % (2 * ALL);
    let at = i16x8_splat(place as i16);
    // In place of a way that has seen nothing yet, the other.
    let (first, second) = (seen(one, other), seen(other, one));
    let low = sums(first, second, 0);
    let high = sums(first, second, 16);
    let below = i8x16_narrow_i16x8(i16x8_le(low, at), i16x8_le(high, at));
    // The last sum is all, and has something else in its place.
    let number = (i8x16_bitmask(below) & 0x7fff).count_ones() as usize;
    put_half(SUMS + 30, 2 * ALL);
    let start = half(SUMS - 2 + 2 * number);
    put_word(STATE, (half(SUMS + 2 * number) - start) * (state >> (SHARES + 1)) + place - start);
    let target = TARGETS + 32 * number;
    count(one, target);
    count(other, target);
    number
}

/// The place of the table for what stands around.
#[inline(always)]
fn table(way: usize) -> usize {
    MOVED + (way.wrapping_mul(SPREAD as usize) >> (32 - TABLES) << 5)
}

/// A table, or another one where it was never moved.
#[inline(always)]
fn seen(table: usize, other: usize) -> usize {
    if half(table + 30) == 0 { other } else { table }
}

/// Half of the sums of two tables, which begin with even shares.
#[inline(always)]
fn sums(one: usize, other: usize, half: usize) -> v128 {
    let sums = i16x8_add(i16x8_add(vector(one + half), vector(other + half)), vector(EVEN + half));
    put_vector(SUMS + half, sums);
    sums
}

/// Moves a table towards a number: the further, the less often it was moved.
#[inline(always)]
fn count(table: usize, target: usize) {
    let shift = ((OFTEN - half(table + 30)) as u32).leading_zeros() - 22;
    moved(table, target, shift);
    moved(table + 16, target + 16, shift);
}

#[inline(always)]
fn moved(table: usize, target: usize, shift: u32) {
    let now = vector(table);
    put_vector(table, i16x8_add(now, i16x8_shr(i16x8_sub(vector(target), now), shift)));
}

/// The next byte of the code, for the module: one below 15 is a number, any other stands behind a 15.
#[inline(never)]
fn code(one: usize, other: usize) -> usize {
    let mut value = number(one, other);
    if value == ESCAPE {
        let high = number(one + (1 << 24), other + (1 << 24));
        let around = (high + 2) << 24;
        value = high << 4 | number((one >> 16) + around, other + around);
    } else if one >> 16 == 1 {
        // Operations have a list.
        value = byte(COMMON + value);
    }
    put_word(BEFORE, value);
    append(value);
    value
}

/// A number of as many bytes as it takes; only small ones are asked for their value.
#[inline(never)]
fn operand(one: usize, other: usize) -> usize {
    let value = code(one, other);
    if value < 128 { value } else { value - 128 + (operand(one + (value << 8) + (1 << 19), other + (1 << 19)) << 7) }
}

/// The number that belongs to any other operation.
#[inline(never)]
fn belonging() -> usize {
    operand(5 << 16 | word(HISTORY) & 255, 6 << 16 | word(HISTORY) & 65535)
}

/// The number that belongs to an operation on a variable or on memory: often near the one that it had before.
#[inline(never)]
fn near(operation: usize, around: usize) {
    operand((3 << 16) + byte(LAST + operation) + around, (4 << 16) + around);
    put(LAST + operation, word(BEFORE));
}

#[inline(always)]
fn past(operation: usize) {
    put_word(HISTORY, word(HISTORY) << 8 | operation);
}

#[inline(always)]
fn body() {
    let start = word(END);
    // The text leaves out how long it is: two bytes, one of them too many for a short one.
    put_word(END, start + 2);
    past(0);
    let mut count = belonging();
    while count > 0 {
        past(1);
        belonging();
        past(0);
        belonging();
        count -= 1;
    }
    let mut depth = 1;
    while depth > 0 {
        let history = word(HISTORY) & 65535;
        let operation = code(1 << 16 | (history << 8 | word(BEFORE)) & 65535, 2 << 16 | history);
        past(operation);
        if operation == 0x0e || operation == 0x44 || operation > 0xc4 {
            // A table of targets, a fraction, what vectors and whole memory need: the text says of how many bytes.
            // That is none of the module's.
            let mut one = 5 << 16 | operation;
            let mut other = 6 << 16 | word(HISTORY) & 65535;
            let mut value = code(one, other);
            count = value;
            put_word(END, word(END) - 1);
            while count > 0 {
                one += (value << 8) + (1 << 19);
                other += 1 << 19;
                value = code(one, other);
                count -= 1;
            }
        } else if operation > 0x1f && operation < 0x23 {
            near(operation, 0);
        } else if operation > 0x27 && operation < 0x3f {
            // An alignment, which is always said to be 0, as memory is that was never written.
            put_word(END, word(END) + 1);
            near(operation, 4 << 16);
        } else {
            if operation == 0x0b {
                depth -= 1;
            }
            // Blocks, jumps and calls, and what has a number among the others.
            let belongs = operation < 0x1f && 1 << operation & 0x1_301c != 0;
            depth += (belongs && operation < 5) as usize;
            if belongs || operation > 0x1f && operation < 0x43 {
                belonging();
            }
        }
    }
    let length = word(END) - start - 2;
    put(start, length | 128);
    put(start + 1, length >> 7);
}
