//! `Plain`: past what nearly every document is made of, at full speed: names without escapes, text, numbers without an
//! exponent, whole values. It says *done* or *not plain*; what is not plain the [`Cursor`] reads again from where it
//! stood, and says what there is to say.
//!
//! It reads only documents that have room behind them ([`Document`](super::Document)): the byte that stands there ends
//! everything that is read here, so that no place needs to be held against the end, and chunks may reach beyond it.
//! What runs in a loop makes no calls: where a loop has one, engines keep its variables in memory instead of registers.

#![allow(unsafe_code, reason = "what is read is known to be there")]

use super::Cursor;
use super::simd::{CHUNK, Chunk};
use super::text::utf8_len;

/// How many levels are plain: a bit for each, and one in front.
const LEVELS: u32 = 30;

/// A place in a document with room behind it; never behind its end.
#[derive(Clone, Copy)]
pub struct Plain<'a> {
    /// The memory that the document is the beginning of,
    memory: &'a [u8],
    /// and how much of it that is.
    len: usize,
    at: *const u8,
}

impl<'a> Plain<'a> {
    /// The place where a cursor stands, if its document has room.
    #[inline(always)]
    pub fn of(cursor: &Cursor<'a>) -> Option<Self> {
        let (memory, len) = (cursor.room()?, cursor.document().len());
        if cursor.at > len {
            return None;
        }
        // SAFETY: the place is in the document, or its end.
        let at = unsafe { memory.as_ptr().add(cursor.at) };
        Some(Self { memory, len, at })
    }

    /// How many bytes lie before it.
    #[inline(always)]
    pub fn at(&self) -> usize {
        self.at as usize - self.memory.as_ptr() as usize
    }

    /// The byte so many places on, of which none is behind the end.
    #[inline(always)]
    fn peek(&self, on: usize) -> u8 {
        debug_assert!(self.at() + on <= self.len);
        // SAFETY: no place that this asks for lies behind the document's end, and there is room behind it.
        unsafe { *self.at.add(on) }
    }

    /// The sixteen bytes so many places on: at most one behind the end.
    #[inline(always)]
    fn chunk(&self, on: usize) -> Chunk {
        debug_assert!(self.at() + on <= self.len + 1);
        // SAFETY: as above, and the room is longer than what is loaded.
        unsafe { Chunk::load(self.at.add(on)) }
    }

    /// Eight bytes as a number, so many places on: at most 17 behind the end.
    #[inline(always)]
    fn eight(&self, on: usize) -> u64 {
        debug_assert!(self.at() + on <= self.len + 17);
        // SAFETY: as above.
        unsafe { u64::from_le_bytes(self.at.add(on).cast::<[u8; 8]>().read()) }
    }

    /// So many places on, where every byte on the way was seen to be none that ends the document.
    #[inline(always)]
    fn step(&mut self, count: usize) {
        debug_assert!(self.at() + count <= self.len);
        // SAFETY: the byte behind the end is none of those that are passed.
        self.at = unsafe { self.at.add(count) };
    }

    /// The byte there.
    #[inline(always)]
    pub fn byte(&self) -> u8 {
        self.peek(0)
    }

    /// The sixteen bytes behind the one there.
    #[inline(always)]
    pub fn behind(&self) -> Chunk {
        self.chunk(1)
    }

    /// The first 24 of the bytes behind the one there, as numbers.
    #[inline(always)]
    pub fn eights_behind(&self) -> [u64; 3] {
        [self.eight(1), self.eight(9), self.eight(17)]
    }

    /// Past white space, to the byte behind it.
    #[inline(always)]
    pub fn past_space(&mut self) -> u8 {
        let mut byte = self.byte();
        if byte <= b' ' {
            // What stands behind the end may be white space, too.
            while matches!(byte, b' ' | b'\n' | b'\r' | b'\t') && self.at() < self.len {
                self.step(1);
                byte = self.byte();
            }
        }
        byte
    }

    /// Past what stands behind a member, a comma or a closing brace: which; 0 where it is neither.
    #[inline(always)]
    pub fn past_member(&mut self) -> u8 {
        let byte = self.past_space();
        if byte != b',' && byte != b'}' {
            return 0;
        }
        self.step(1);
        byte
    }

    /// Past a comma, to the quote of a name behind it, where both stand there without white space; whether they do.
    #[inline(always)]
    pub fn next_name(&mut self) -> bool {
        let stands = self.eight(0) as u16 == u16::from_le_bytes(*b",\"");
        if stands {
            self.step(1);
        }
        stands
    }

    /// Past a name whose quote stands here, its colon and the white space behind it: the first sixteen of its bytes and how many it has, where
    /// these are no more and a quote and a colon follow. Whether its letters are letters is not looked at.
    #[inline(always)]
    pub fn name(&mut self) -> Option<(Chunk, u32)> {
        let chunk = self.behind();
        let len = chunk.quote();
        let end = 1 + len as usize;
        // The quote may stand behind the end of a document that ends in the name.
        if end >= self.len - self.at() || self.eight(end) as u16 != u16::from_le_bytes(*b"\":") {
            return None;
        }
        self.step(end + 2);
        self.past_space();
        Some((chunk, len))
    }

    /// Past the quote at the end of what goes on of a string here; where something stands before it that has to be
    /// looked at, to that. Whether it is passed.
    #[inline(always)]
    fn rest_of_string(&mut self) -> bool {
        let mut ends = self.chunk(0).ends();
        while ends == 0 {
            self.step(CHUNK);
            ends = self.chunk(0).ends();
        }
        self.step(ends.trailing_zeros() as usize);
        let is_quote = self.byte() == b'"';
        if is_quote {
            self.step(1);
        }
        is_quote
    }

    /// Past a UTF-8 character of two or three bytes; whether one stands here.
    #[inline(always)]
    fn character(&mut self) -> bool {
        let word = self.eight(0) as u32;
        if word & 0xc0e0 == 0x80c0 && word & 0x1e != 0 {
            self.step(2);
        } else if word & 0xc0_c0f0 == 0x80_80e0 && word & 0x200f != 0 && word & 0x200f != 0x200d {
            // None that takes fewer bytes, and no half of a surrogate pair.
            self.step(3);
        } else {
            return false;
        }
        true
    }

    /// Past a string, all its characters as they are and ASCII; whether one stands here.
    #[inline(always)]
    pub fn string(&mut self) -> bool {
        let is_string = self.byte() == b'"';
        if is_string {
            self.step(1);
        }
        is_string && self.rest_of_string()
    }

    /// Past digits; how many there are.
    #[inline(always)]
    fn digits(&mut self) -> usize {
        let start = self.at;
        let mut digits = self.chunk(0).digits();
        while digits == CHUNK {
            self.step(digits);
            digits = self.chunk(0).digits();
        }
        self.step(digits);
        self.at as usize - start as usize
    }

    /// Past a number without an exponent and too short to be beyond a double: what it is.
    #[inline(always)]
    pub fn number(&mut self) -> Amount {
        let mut kind = Amount::Whole;
        if self.byte() == b'-' {
            self.step(1);
            kind = Amount::Other;
        }
        let first = self.byte();
        let mut in_fraction = false;
        loop {
            let digits = self.digits();
            if in_fraction {
                kind = Amount::Other;
            } else if first == b'0' && kind == Amount::Whole {
                kind = Amount::Zero;
            }
            // Zeros in front stand only in front of a point; so many digits may be beyond a double.
            if digits == 0 || !in_fraction && (digits > 300 || first == b'0' && digits > 1) {
                return Amount::NotPlain;
            }
            let byte = self.byte();
            if byte | 0x20 == b'e' {
                return Amount::NotPlain;
            }
            if byte != b'.' || in_fraction {
                return kind;
            }
            self.step(1);
            in_fraction = true;
        }
    }

    /// Past `true`, `false` or `null`; whether one stands there.
    #[inline(always)]
    pub fn word(&mut self) -> bool {
        let word = self.eight(0);
        let len = match word as u32 {
            TRUE | NULL => 4,
            _ if word & 0xff_ffff_ffff == FALSE => 5,
            _ => 0,
        };
        self.step(len);
        len > 0
    }

    /// Past an object or an array of not too many levels, of which there may be `room`; whether one stands there.
    #[inline(always)]
    pub fn value(&mut self, room: u32) -> bool {
        if room < LEVELS {
            return false;
        }
        let mut state = OUTSIDE;
        let mut in_string = false;
        loop {
            state = nested(self, state, in_string);
            if state <= OUTSIDE {
                return state == OUTSIDE;
            }
            let len = odd_len(self.memory.get(..self.len).unwrap_or_default(), self.at());
            if len == 0 {
                return false;
            }
            self.step(len);
            in_string = true;
        }
    }
}

/// What a number is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// None, or none that is plain.
    NotPlain,
    /// Digits alone, more than 0.
    Whole,
    /// `0`.
    Zero,
    /// Any other.
    Other,
}

const TRUE: u32 = u32::from_le_bytes(*b"true");
const NULL: u32 = u32::from_le_bytes(*b"null");
const FALSE: u64 = u64::from_le_bytes(*b"false\0\0\0");

/// Where a value is read that nests: whether a name comes next, then a bit for each level from the innermost to the
/// outermost, whether it is an object, then a one. This is outside of all.
const OUTSIDE: u32 = 0b10;

/// Goes on in a value that nests, in a string of it or in front of a value or a name: up to its end, or to what in a
/// string has to be looked at. Where it is then; 0 where it is not plain.
#[inline(never)]
fn nested(place: &mut Plain, mut state: u32, mut in_string: bool) -> u32 {
    let mut plain = *place;
    'done: loop {
        let first = plain.byte();
        if first == b'"' || in_string {
            plain.step(usize::from(!in_string));
            in_string = false;
            while !plain.rest_of_string() {
                if !plain.character() {
                    break 'done;
                }
            }
            if state & 1 == 1 {
                state &= !1;
                if plain.byte() != b':' {
                    state = 0;
                    break;
                }
                plain.step(1);
                continue;
            }
        } else if first <= b' ' {
            if plain.past_space() <= b' ' {
                state = 0;
                break;
            }
            continue;
        } else if state & 1 == 1 {
            state = 0;
            break;
        } else if first | 0x20 == b'{' {
            // Or `[`, which is the same but for that bit.
            if state >> 31 != 0 {
                state = 0;
                break;
            }
            let is_object = first == b'{';
            state = state << 1 | u32::from(is_object) << 1;
            plain.step(1);
            if plain.byte() != close(is_object) {
                state |= u32::from(is_object);
                continue;
            }
            // What is empty is closed below, as every other.
        } else if !plain.word() && plain.number() == Amount::NotPlain {
            state = 0;
            break;
        }
        // Behind a value: up to the next one, or out.
        loop {
            let next = plain.byte();
            let in_object = state >> 1 & 1;
            if next == b',' {
                plain.step(1);
                state |= in_object;
                break;
            }
            if next <= b' ' && plain.past_space() > b' ' {
                continue;
            }
            if next != close(in_object == 1) {
                state = 0;
                break 'done;
            }
            plain.step(1);
            state = state >> 1 & !1;
            if state == OUTSIDE {
                break 'done;
            }
        }
    }
    *place = plain;
    state
}

/// How many bytes the character beyond ASCII or the escape has that stands at a place in a string; 0 where neither does.
/// Half a character is one as well: in a value that nests nobody looks for it.
#[cold]
#[inline(never)]
fn odd_len(document: &[u8], at: usize) -> usize {
    match document.get(at..) {
        Some([b'\\', b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..]) => 2,
        Some([b'\\', b'u', digits @ ..]) => match digits.first_chunk::<4>() {
            Some(digits) if digits.iter().all(u8::is_ascii_hexdigit) => 6,
            _ => 0,
        },
        _ => utf8_len(document, at),
    }
}

/// What closes an object or an array.
#[inline(always)]
const fn close(is_object: bool) -> u8 {
    if is_object { b'}' } else { b']' }
}
